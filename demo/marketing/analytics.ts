import { ZONE } from '../company/world.ts'
import { createSales, type Sales } from '../service/sales.ts'
import {
  startService,
  type RunningService,
  type ServiceFaults,
  type ServiceReply,
} from '../service/server.ts'
import type { ServiceAccount } from '../service/service-account.ts'
import { createTable, type FakeRecord, type FakeTable } from '../service/table.ts'
import { createGoogleTokens, GOOGLE_CLIENT, NOT_SIGNED_IN, TOO_MANY } from './google.ts'
import { createVisits } from './visits.ts'

export type FakeAnalytics = RunningService & {
  readonly faults: ServiceFaults
  readonly client: typeof GOOGLE_CLIENT
  readonly account: ServiceAccount
  readonly property: string
  readonly limits: { page: number }
  /** Lines of the report, by day (as milliseconds) and the other dimensions. */
  readonly lines: FakeTable
}

const PROPERTY = '123456789'
const DIMENSIONS = [
  ...['date', 'sessionSource', 'sessionMedium', 'sessionCampaignName', 'sessionManualTerm', 'hostName'],
  'landingPage',
]
const METRICS = ['sessions', 'engagedSessions', 'keyEvents']

function* lineRows(sales: Sales, firstDay?: string): Generator<readonly [string, FakeRecord]> {
  const { clock } = sales.world
  const dimensionsOf = ({ at, utm, campaign, term, page }: ReturnType<typeof createVisits>[number]) => [
    ...[clock.day(at).replaceAll('-', ''), utm?.[0] ?? '(direct)', utm?.[1] ?? '(none)'],
    ...[campaign ?? '(not set)', term ?? '(not set)', new URL(page).host, new URL(page).pathname],
  ]
  const visits = createVisits(sales, firstDay)
  for (const [key, each] of Map.groupBy(visits, (visit) => JSON.stringify(dimensionsOf(visit)))) {
    const values: string[] = JSON.parse(key)
    const row = Object.fromEntries(DIMENSIONS.map((name, index) => [name, values[index]]))
    const events = each.filter(({ deal }) => deal !== null).length
    yield [
      lineKey(values),
      { ...row, sessions: each.length, engagedSessions: each.length, keyEvents: events },
    ]
  }
}

function lineKey([date = '', ...rest]: readonly string[]): string {
  return [Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`), ...rest].join('|')
}

type State = {
  readonly lines: FakeTable
  readonly faults: ServiceFaults
  readonly limits: { page: number }
  readonly pages: { count: number }
}

export type FakeAnalyticsOptions = {
  readonly now: () => number
  readonly sales?: Sales
  readonly firstDay?: string
}

/** Serves the generated company's sessions as the Data API does. */
export async function startFakeAnalytics(options: FakeAnalyticsOptions): Promise<FakeAnalytics> {
  const { now, sales = createSales(), firstDay } = options
  const tokens = createGoogleTokens(now)
  const faults: ServiceFaults = {}
  const lines = createTable(lineRows(sales, firstDay), () => ({}))
  const state = { lines, faults, limits: { page: 100_000 }, pages: { count: 0 } }
  const service = await startService({
    faults,
    behaviour: {
      isFree: ({ path }) => path === '/token',
      tooManyCalls: () => TOO_MANY,
      expireTokens: () => tokens.expire(),
      answer: (request) => {
        if (request.path === '/token') return tokens.answer(request)
        if (!tokens.isGood(request)) return NOT_SIGNED_IN
        const isReport = request.path === `/v1beta/properties/${PROPERTY}:runReport`
        return isReport ? report(Object(request.body), state) : { status: 404, body: null }
      },
    },
  })
  return {
    ...{ ...service, faults, client: GOOGLE_CLIENT, account: tokens.account },
    ...{ property: PROPERTY, limits: state.limits, lines },
  }
}

type Asked = {
  readonly dateRanges: readonly { readonly startDate: string; readonly endDate: string }[]
  readonly dimensions?: readonly unknown[]
  readonly limit?: string
  readonly offset?: string
}

function report({ dateRanges, dimensions, limit, offset }: Asked, state: State): ServiceReply {
  const { lines, faults, limits, pages } = state
  const metadata = { currencyCode: 'EUR', timeZone: ZONE }
  if (dimensions === undefined) return { status: 200, body: { rows: [], rowCount: 0, metadata } }
  pages.count += 1
  faults.onPage?.({ list: 'sessions', number: pages.count })
  const [{ startDate, endDate } = { startDate: '', endDate: '' }] = dateRanges
  const compact = (day: string) => day.replaceAll('-', '')
  const found = lines
    .rows()
    .filter(({ date }) => String(date) >= compact(startDate) && String(date) <= compact(endDate))
    .toSorted((a, b) => (String(a['date']) < String(b['date']) ? -1 : 1))
  const start = Number(offset ?? 0)
  const first = faults.repeatsBorder && start > 0 ? start - 1 : start
  const rows = found.slice(first, start + Math.min(Number(limit), limits.page)).map(lineOf)
  return {
    status: 200,
    body: {
      ...(rows.length === 0 ? {} : { rows }),
      rowCount: found.length,
      metadata,
      kind: 'analyticsData#runReport',
    },
  }
}

function lineOf(row: FakeRecord): FakeRecord {
  const values = (names: readonly string[]) =>
    names.map((name) => ({ value: row[name] === undefined || row[name] === null ? null : String(row[name]) }))
  const known = [...DIMENSIONS, ...METRICS]
  const more = Object.fromEntries(Object.entries(row).filter(([name]) => !known.includes(name)))
  return { dimensionValues: values(DIMENSIONS), metricValues: values(METRICS), ...more }
}

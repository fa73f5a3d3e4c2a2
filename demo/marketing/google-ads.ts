import { ZONE } from '../company/world.ts'
import { createSales, type Sales } from '../service/sales.ts'
import {
  startService,
  type RunningService,
  type ServiceFaults,
  type ServiceReply,
} from '../service/server.ts'
import { createTable, type FakeRecord, type FakeTable } from '../service/table.ts'
import { createAdDays, type AdDay } from './ads.ts'
import {
  createGoogleTokens,
  DEVELOPER_TOKEN,
  GOOGLE_CLIENT,
  googleError,
  NOT_SIGNED_IN,
  TOO_MANY,
} from './google.ts'

export type FakeGoogleAds = RunningService & {
  readonly faults: ServiceFaults
  readonly client: typeof GOOGLE_CLIENT
  readonly developerToken: string
  readonly customer: string
  readonly limits: { page: number }
  table(name: 'campaign_days' | 'keyword_days'): FakeTable
}

const CUSTOMER = '1234567890'
const LARGEST_PAGE = 10_000
// A campaign without keywords brings as much again as a tenth of the others.
const DISPLAY = { id: 7703, name: 'Display' }

const metricsOf = (days: readonly AdDay[], share = 1) => {
  const sum = (number: (day: AdDay) => number) =>
    Math.round(days.reduce((all, day) => all + number(day), 0) * share)
  return {
    impressions: String(sum(({ impressions }) => impressions)),
    clicks: String(sum(({ clicks }) => clicks)),
    costMicros: String(sum(({ cents }) => cents) * 10_000),
  }
}

function* campaignRows(days: readonly AdDay[]): Generator<readonly [string, FakeRecord]> {
  for (const [day, each] of Map.groupBy(days, (ad) => ad.day)) {
    const own = [...Map.groupBy(each, ({ campaign }) => campaign.id).values()].map((of) => ({
      campaign: { id: of[0]?.campaign.id ?? 0, name: of[0]?.campaign.name ?? '' },
      metrics: metricsOf(of),
    }))
    for (const { campaign, metrics } of [...own, { campaign: DISPLAY, metrics: metricsOf(each, 0.1) }]) {
      const row = {
        ...{ customer: { id: CUSTOMER, currencyCode: 'EUR' }, segments: { date: day } },
        ...{
          campaign: { ...campaign, id: String(campaign.id), status: 'ENABLED' },
          metrics: { ...metrics, conversions: 0 },
        },
      }
      yield [[Date.parse(day), CUSTOMER, campaign.id].join('|'), row]
    }
  }
}

function* keywordRows(days: readonly AdDay[]): Generator<readonly [string, FakeRecord]> {
  for (const ad of days) {
    const row = {
      ...{ customer: { currencyCode: 'EUR' }, segments: { date: ad.day }, metrics: metricsOf([ad]) },
      ...{ campaign: { id: String(ad.campaign.id), name: ad.campaign.name } },
      ...{ adGroup: { id: String(ad.group.id), name: ad.group.name } },
      adGroupCriterion: { criterionId: String(ad.keyword.id), keyword: { text: ad.keyword.text } },
    }
    yield [[Date.parse(ad.day), ad.campaign.id, ad.group.id, ad.keyword.id].join('|'), row]
  }
}

export type FakeGoogleAdsOptions = {
  readonly now: () => number
  readonly sales?: Sales
  readonly firstDay?: string
}

/** Serves the generated company's advertising as the API does: GAQL, snake case asked and camel case answered. */
export async function startFakeGoogleAds(options: FakeGoogleAdsOptions): Promise<FakeGoogleAds> {
  const { now, sales = createSales(), firstDay } = options
  const days = [...createAdDays(sales, firstDay)]
  const tables = {
    campaign_days: createTable(campaignRows(days), () => ({})),
    keyword_days: createTable(keywordRows(days), () => ({})),
  }
  const tokens = createGoogleTokens(now)
  const faults: ServiceFaults = {}
  const state = {
    tables,
    faults,
    limits: { page: LARGEST_PAGE },
    pages: { count: 0 },
    answers: new Map<string, readonly FakeRecord[]>(),
  }
  const service = await startService({
    faults,
    behaviour: {
      isFree: ({ path }) => path === '/token',
      tooManyCalls: () => TOO_MANY,
      expireTokens: () => tokens.expire(),
      answer: (request) => {
        if (request.path === '/token') return tokens.answer(request)
        if (!tokens.isGood(request)) return NOT_SIGNED_IN
        if (request.headers['developer-token'] !== DEVELOPER_TOKEN)
          return googleError(403, 'PERMISSION_DENIED', 'The developer token is missing')
        return search(Object(request.body), state)
      },
    },
  })
  const more = { client: GOOGLE_CLIENT, developerToken: DEVELOPER_TOKEN, customer: CUSTOMER }
  return { ...service, faults, ...more, limits: state.limits, table: (name) => tables[name] }
}

type State = {
  readonly tables: Readonly<Record<'campaign_days' | 'keyword_days', FakeTable>>
  readonly faults: ServiceFaults
  readonly limits: { page: number }
  readonly pages: { count: number }
  readonly answers: Map<string, readonly FakeRecord[]>
}

function search(
  { query = '', pageToken }: { query?: string; pageToken?: string },
  { tables, faults, limits, pages, answers }: State,
): ServiceReply {
  const [, resource = ''] = / FROM (\w+)/.exec(query) ?? []
  if (resource === 'customer')
    return { status: 200, body: { results: [{ customer: { timeZone: ZONE, currencyCode: 'EUR' } }] } }
  const table = resource === 'campaign' ? tables.campaign_days : tables.keyword_days
  const [, from = '', to = ''] = /BETWEEN '([\d-]+)' AND '([\d-]+)'/.exec(query) ?? []
  if (from === '') return googleError(400, 'INVALID_ARGUMENT', 'The days are missing')
  pages.count += 1
  faults.onPage?.({ list: resource, number: pages.count })
  const dayOf = (row: FakeRecord) => String(Object(row['segments']).date)
  const fresh = () => table.rows().filter((row) => dayOf(row) >= from && dayOf(row) <= to)
  // A token stands for the answer of which it gives more, whatever has changed since.
  const found = (pageToken === undefined ? undefined : answers.get(query)) ?? fresh()
  answers.set(query, found)
  const start = Number(pageToken ?? 0)
  const end = start + limits.page
  const results = found.slice(faults.repeatsBorder && start > 0 ? start - 1 : start, end)
  const next = end < found.length ? { nextPageToken: String(end) } : {}
  return {
    status: 200,
    body: { ...(results.length === 0 ? {} : { results }), ...next, fieldMask: '', requestId: 'x' },
  }
}

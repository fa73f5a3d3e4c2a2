import { ZONE } from '../company/world.ts'
import { createSales, type Sales } from '../service/sales.ts'
import {
  startService,
  type RunningService,
  type ServiceFaults,
  type ServiceReply,
} from '../service/server.ts'
import { createTable, type FakeRecord, type FakeTable } from '../service/table.ts'
import { STATIC_TOKEN } from '../service/token.ts'
import { createVisits } from './visits.ts'

export type FakeMetrica = RunningService & {
  readonly faults: ServiceFaults
  readonly token: string
  readonly counter: string
  readonly visits: FakeTable
  /** Orders that nobody has cleaned up yet, which fill the quota. */
  readonly orders: ReadonlyMap<string, unknown>
}

const PREFIX = 'ym:s:'
const PART_ROWS = 20
const COUNTER = '44147844'

function* visitRows(sales: Sales, firstDay?: string): Generator<readonly [string, FakeRecord]> {
  const { clock } = sales.world
  for (const { id, at, visitor, utm, campaign, term, page } of createVisits(sales, firstDay)) {
    const row = {
      ...{
        visitID: id,
        clientID: visitor,
        date: clock.day(at),
        startURL: page,
        pageViews: 3,
        visitDuration: 94,
      },
      ...{ dateTime: `${clock.day(at)} ${clock.iso(at).slice(11, 19)}`, bounce: 0, goalsID: '[]' },
      ...{ lastsignTrafficSource: utm === null ? 'direct' : utm[1] === 'cpc' ? 'ad' : utm[1] },
      ...{ lastsignUTMSource: utm?.[0] ?? '', lastsignUTMMedium: utm?.[1] ?? '', lastsignUTMContent: '' },
      ...{ lastsignUTMCampaign: campaign ?? '', lastsignUTMTerm: term ?? '' },
    }
    yield [id, row]
  }
}

type Order = { readonly rows: readonly FakeRecord[]; readonly fields: readonly string[]; polls: number }
type State = {
  readonly visits: FakeTable
  readonly faults: ServiceFaults
  readonly orders: Map<string, Order>
  readonly counts: { orders: number; pages: number }
}

export type FakeMetricaOptions = { readonly sales?: Sales; readonly firstDay?: string }

/** Serves the generated company's visits as the Logs API does: ordered, gathered, in parts, until cleaned up. */
export async function startFakeMetrica(options: FakeMetricaOptions = {}): Promise<FakeMetrica> {
  const { sales = createSales(), firstDay } = options
  const visits = createTable(visitRows(sales, firstDay), () => ({}))
  const faults: ServiceFaults = {}
  const state: State = { visits, faults, orders: new Map(), counts: { orders: 0, pages: 0 } }
  const service = await startService({
    faults,
    behaviour: {
      isFree: () => false,
      tooManyCalls: () => failure(420, 'quota_requests_by_uid'),
      expireTokens: () => undefined,
      answer: ({ path, query, headers }) => {
        if (headers['authorization'] !== `OAuth ${STATIC_TOKEN}`) return failure(403, 'invalid_token')
        return answer(path.replace(`/management/v1/counter/${COUNTER}`, ''), query, state)
      },
    },
  })
  return { ...service, faults, token: STATIC_TOKEN, counter: COUNTER, visits, orders: state.orders }
}

function failure(status: number, type: string): ServiceReply {
  return { status, body: { errors: [{ error_type: type, message: type }], code: status, message: type } }
}

function answer(path: string, query: URLSearchParams, state: State): ServiceReply {
  if (path === '') return { status: 200, body: { counter: { id: Number(COUNTER), time_zone_name: ZONE } } }
  if (path === '/logrequests') return order(query, state)
  const [, id = '', rest = ''] = /^\/logrequest\/(\d+)(.*)$/.exec(path) ?? []
  const found = state.orders.get(id)
  if (found === undefined) return failure(404, 'not_found')
  if (rest === '') return status(id, found)
  if (rest === '/clean') {
    state.orders.delete(id)
    return { status: 200, body: { log_request: { request_id: Number(id), status: 'cleaned_by_user' } } }
  }
  return download(Number(/part\/(\d+)\/download/.exec(rest)?.[1]), found, state)
}

function order(query: URLSearchParams, { orders, counts, visits }: State): ServiceReply {
  const fields = (query.get('fields') ?? '').split(',').map((field) => field.replace(PREFIX, ''))
  const [from, to] = [query.get('date1') ?? '', query.get('date2') ?? '']
  if (to < from) return failure(400, 'invalid_parameter')
  const id = String(++counts.orders)
  const rows = visits.rows().filter(({ date }) => String(date) >= from && String(date) <= to)
  orders.set(id, { rows, fields, polls: 0 })
  return { status: 200, body: { log_request: { request_id: Number(id), status: 'created' } } }
}

function status(id: string, found: Order): ServiceReply {
  found.polls += 1
  const isReady = found.polls > 1
  const count = Math.max(1, Math.ceil(found.rows.length / PART_ROWS))
  const parts = Array.from({ length: count }, (_, index) => ({ part_number: index, size: 1 }))
  const more = isReady ? { status: 'processed', parts } : { status: 'created' }
  return { status: 200, body: { log_request: { request_id: Number(id), ...more } } }
}

function download(part: number, found: Order, state: State): ServiceReply {
  const { faults, counts } = state
  counts.pages += 1
  faults.onPage?.({ list: 'visits', number: counts.pages })
  const start = part * PART_ROWS - (faults.repeatsBorder && part > 0 ? 1 : 0)
  const rows = found.rows.slice(start, (part + 1) * PART_ROWS)
  const added = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
    (name) => !found.fields.includes(name),
  )
  const names = [...found.fields, ...added]
  const cell = (value: unknown) =>
    String(value ?? '')
      .replaceAll('\\', '\\\\')
      .replaceAll('\t', '\\t')
  const lines = rows.map((row) => names.map((name) => cell(row[name])).join('\t'))
  const header = names.map((name) => (found.fields.includes(name) ? PREFIX + name : name)).join('\t')
  return {
    status: 200,
    body: [header, ...lines, ''].join('\n'),
    headers: { 'content-type': 'text/tab-separated-values' },
  }
}

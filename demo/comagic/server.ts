import { ZONE } from '../company/world.ts'
import { createSales, type Sales } from '../service/sales.ts'
import {
  startService,
  type RunningService,
  type ServiceFaults,
  type ServiceReply,
} from '../service/server.ts'
import { createTable, tableNamed, type FakeRecord, type FakeTable } from '../service/table.ts'
import { STATIC_TOKEN } from '../service/token.ts'
import { createWindow } from '../service/window.ts'
import * as records from './records.ts'

export type ComagicTable = 'employees' | 'sites' | 'campaigns' | 'calls' | 'offline_messages'

/** Methods with their table, and the time by which a report is asked. */
const METHODS: Readonly<Record<string, { readonly table: ComagicTable; readonly time?: string }>> = {
  'get.employees': { table: 'employees' },
  'get.sites': { table: 'sites' },
  'get.campaigns': { table: 'campaigns' },
  'get.calls_report': { table: 'calls', time: 'start_time' },
  'get.offline_messages_report': { table: 'offline_messages', time: 'date_time' },
}

const LARGEST_PAGE = 10_000
const LARGEST_OFFSET = 100_000
const LONGEST_DAYS = 93
const DAY = 86_400_000

export type FakeComagic = RunningService & {
  readonly faults: ServiceFaults
  readonly token: string
  /** Largest page it gives; the documented 10,000 unless a test makes it smaller. */
  readonly limits: { page: number; offset: number }
  table(name: ComagicTable): FakeTable
}

export type FakeComagicOptions = {
  readonly now: () => number
  readonly sales?: Sales
  /** Points in a minute; the documentation shows 60. */
  readonly perMinute?: number
  /** Milliseconds that each answer takes; default none. */
  readonly latencyMs?: number
}

/** Serves the generated company's calls as the Data API does: JSON-RPC, errors with status 200, wall times. */
export async function startFakeComagic(options: FakeComagicOptions): Promise<FakeComagic> {
  const { now, sales = createSales(), perMinute = 60, latencyMs } = options
  const changed = () => ({})
  const tables = new Map<string, FakeTable>([
    ['employees', createTable(records.employeeRows(), changed)],
    ['sites', createTable(records.siteRows(), changed)],
    ['campaigns', createTable(records.campaignRows(), changed)],
    ['calls', createTable(records.callRows(sales), (id) => ({ id: Number(id) }))],
    ['offline_messages', createTable(records.messageRows(sales), changed)],
  ])
  const faults: ServiceFaults = {}
  const limits = { page: LARGEST_PAGE, offset: LARGEST_OFFSET }
  const state = { tables, faults, limits, pages: { count: 0 }, points: createWindow(perMinute, 60_000, now) }
  const service = await startService({
    faults,
    ...(latencyMs === undefined ? {} : { latencyMs }),
    behaviour: {
      isFree: () => false,
      tooManyCalls: () => failure(-32029, 'limit_exceeded', 'Limit exceeded'),
      expireTokens: () => undefined,
      answer: ({ body }) => answer(Object(body), state),
    },
  })
  return { ...service, faults, token: STATIC_TOKEN, limits, table: (name) => tableNamed(tables, name) }
}

function failure(code: number, mnemonic: string, message: string): ServiceReply {
  return { status: 200, body: { jsonrpc: '2.0', id: 1, error: { code, message, data: { mnemonic } } } }
}

type State = {
  readonly tables: ReadonlyMap<string, FakeTable>
  readonly faults: ServiceFaults
  readonly limits: { readonly page: number; readonly offset: number }
  readonly pages: { count: number }
  readonly points: ReturnType<typeof createWindow>
}

type Call = { readonly method?: string; readonly params?: Readonly<Record<string, unknown>> }

function answer({ method = '', params = {} }: Call, state: State): ServiceReply {
  if (params['access_token'] !== STATIC_TOKEN)
    return failure(-32001, 'access_token_invalid', 'Invalid access token')
  if (method === 'get.account') return result([{ app_id: 1, name: 'Nordwind Energy', timezone: ZONE }], 1)
  const known = METHODS[method]
  if (known === undefined) return failure(-32601, 'method_not_found', `No method ${method}`)
  const [from, till] = [String(params['date_from'] ?? ''), String(params['date_till'] ?? '')]
  if (known.time !== undefined && isTooLong(from, till))
    return failure(-32602, 'date_interval_limit_reached', 'The interval is too long')
  if (!state.points.take()) return failure(-32029, 'limit_exceeded', 'Limit exceeded')
  return page(known, params, state)
}

function isTooLong(from: string, till: string): boolean {
  const days = (Date.parse(`${till}Z`) - Date.parse(`${from}Z`)) / DAY
  return !(days <= LONGEST_DAYS)
}

function page(
  { table, time }: { readonly table: ComagicTable; readonly time?: string },
  params: Readonly<Record<string, unknown>>,
  { tables, faults, limits, pages }: State,
): ServiceReply {
  pages.count += 1
  faults.onPage?.({ list: table, number: pages.count })
  const [from, till] = [String(params['date_from'] ?? ''), String(params['date_till'] ?? '')]
  const inTime = (row: FakeRecord) =>
    time === undefined || (String(row[time]) >= from && String(row[time]) <= till)
  const rows = tableNamed(tables, table).rows().filter(inTime)
  const ordered =
    time === undefined ? rows : rows.toSorted((a, b) => (String(a[time]) < String(b[time]) ? -1 : 1))
  const offset = Number(params['offset'] ?? 0)
  if (offset > limits.offset) return failure(-32602, 'offset_limit_reached', 'The offset is too large')
  const limit = Math.min(Number(params['limit'] ?? 1000), limits.page)
  const start = faults.repeatsBorder && offset > 0 ? offset - 1 : offset
  return result(ordered.slice(start, offset + limit), ordered.length)
}

function result(data: readonly FakeRecord[], total: number): ServiceReply {
  const limits = {
    day_limit: 3000,
    day_remaining: 2999,
    day_reset: 50_000,
    minute_limit: 60,
    minute_remaining: 59,
    minute_reset: 42,
  }
  return {
    status: 200,
    body: { jsonrpc: '2.0', id: 1, result: { data, metadata: { total_items: total, limits } } },
  }
}

import { createSales, type Sales } from '../service/sales.ts'
import {
  startService,
  type RunningService,
  type ServiceFaults,
  type ServiceReply,
  type ServiceRequest,
} from '../service/server.ts'
import { createTable, tableNamed, type FakeRecord, type FakeTable } from '../service/table.ts'
import {
  bearer,
  createServiceTokens,
  DEMO_CLIENT,
  STATIC_TOKEN,
  type ServiceTokens,
} from '../service/token.ts'
import { createWindow } from '../service/window.ts'
import * as records from './records.ts'

const CALLS_PER_SECOND = 7
const LARGEST_PAGE = 250
const LARGEST_EVENTS = 100

/** Lists by their path, each with its table and the name under which its rows come. */
const LISTS: Readonly<Record<string, { readonly table: AmoTable; readonly name: string }>> = {
  users: { table: 'users', name: 'users' },
  'leads/pipelines': { table: 'pipelines', name: 'pipelines' },
  'leads/loss_reasons': { table: 'loss_reasons', name: 'loss_reasons' },
  leads: { table: 'deals', name: 'leads' },
  contacts: { table: 'contacts', name: 'contacts' },
  companies: { table: 'companies', name: 'companies' },
  events: { table: 'stage_history', name: 'events' },
  tasks: { table: 'tasks', name: 'tasks' },
  'contacts/notes': { table: 'contact_calls', name: 'notes' },
  'companies/notes': { table: 'company_calls', name: 'notes' },
  'leads/notes': { table: 'deal_calls', name: 'notes' },
  catalogs: { table: 'catalogs', name: 'catalogs' },
  elements: { table: 'catalog_elements', name: 'elements' },
}

export type AmoTable =
  | 'users'
  | 'pipelines'
  | 'loss_reasons'
  | 'deals'
  | 'contacts'
  | 'companies'
  | 'stage_history'
  | 'tasks'
  | 'contact_calls'
  | 'company_calls'
  | 'deal_calls'
  | 'catalogs'
  | 'catalog_elements'

export type FakeAmo = RunningService & {
  readonly faults: ServiceFaults
  readonly tokens: ServiceTokens
  readonly token: string
  readonly oauth: typeof DEMO_CLIENT & { readonly redirectUri: string }
  /** Largest page that lists give. */
  readonly limits: { page: number }
  table(name: AmoTable): FakeTable
}

export type FakeAmoOptions = {
  readonly now: () => number
  readonly sales?: Sales
  readonly latencyMs?: number
}

/** Serves the generated company as amoCRM's API v4 does: pages of 250, seven calls a second, 204 for none. */
export async function startFakeAmo({
  now,
  sales = createSales(),
  latencyMs,
}: FakeAmoOptions): Promise<FakeAmo> {
  const tables = createTables(sales, now)
  const tokens = createServiceTokens(now)
  const faults: ServiceFaults = {}
  const window = createWindow(CALLS_PER_SECOND, 1000, now)
  const pages = { count: 0 }
  const limits = { page: LARGEST_PAGE }
  const service = await startService({
    faults,
    ...(latencyMs === undefined ? {} : { latencyMs }),
    behaviour: {
      isFree: ({ path }) => path === '/oauth2/access_token',
      tooManyCalls,
      expireTokens: () => tokens.expire(),
      answer: (request) => {
        if (request.path === '/oauth2/access_token') return grant(request, tokens)
        if (!tokens.isGood(bearer(request.headers)))
          return problem(401, 'Unauthorized', 'The token has expired')
        if (!window.take()) return tooManyCalls()
        return answer(request, { tables, faults, pages, limits })
      },
    },
  })
  const oauth = { ...DEMO_CLIENT, redirectUri: 'https://nordwind.example/oauth' }
  return {
    ...service,
    faults,
    tokens,
    limits,
    token: STATIC_TOKEN,
    oauth,
    table: (name) => tableNamed(tables, name),
  }
}

function createTables(sales: Sales, now: () => number): ReadonlyMap<string, FakeTable> {
  const touch = () => ({ updated_at: Math.floor(now() / 1000) })
  const plain = () => ({})
  return new Map([
    ['users', createTable(records.userRows(), plain)],
    ['pipelines', createTable(records.pipelineRows(), plain)],
    ['loss_reasons', createTable(records.lossReasonRows(), plain)],
    ['deals', createTable(records.dealRows(sales), (id) => ({ id: Number(id), ...touch() }))],
    ['contacts', createTable(records.contactRows(sales), touch)],
    ['companies', createTable(records.companyRows(sales), touch)],
    ['stage_history', createTable(records.eventRows(sales), plain)],
    ['tasks', createTable(records.taskRows(sales), touch)],
    ['contact_calls', createTable(records.callRows(sales, 'contacts'), touch)],
    ['company_calls', createTable(records.callRows(sales, 'companies'), touch)],
    ['deal_calls', createTable(records.callRows(sales, 'leads'), touch)],
    ['catalogs', createTable(records.catalogRows(), plain)],
    ['catalog_elements', createTable(records.elementRows(sales), touch)],
  ])
}

function grant({ body }: ServiceRequest, tokens: ServiceTokens): ServiceReply {
  const given = Object(body)
  const isClient =
    given.client_id === DEMO_CLIENT.clientId && given.client_secret === DEMO_CLIENT.clientSecret
  const pair = isClient ? tokens.refresh(String(given.refresh_token)) : null
  if (pair === null) return problem(400, 'Bad Request', 'The refresh token is invalid')
  const { access, refresh, seconds } = pair
  return {
    status: 200,
    body: { token_type: 'Bearer', expires_in: seconds, access_token: access, refresh_token: refresh },
  }
}

function problem(status: number, title: string, detail: string): ServiceReply {
  return { status, body: { title, status, detail }, headers: { 'content-type': 'application/problem+json' } }
}

function tooManyCalls(): ServiceReply {
  const reply = problem(429, 'Too Many Requests', 'Too many requests')
  return { ...reply, headers: { ...reply.headers, 'retry-after': '1' } }
}

type Account = {
  readonly tables: ReadonlyMap<string, FakeTable>
  readonly faults: ServiceFaults
  readonly pages: { count: number }
  readonly limits: { readonly page: number }
}

function answer(request: ServiceRequest, { tables, faults, pages, limits }: Account): ServiceReply {
  const path = request.path.replace('/api/v4/', '')
  if (path === 'account') return { status: 200, body: records.accountRecord() }
  const person = /^users\/(\d+)$/.exec(path)?.[1]
  if (person !== undefined) return { status: 200, body: tableNamed(tables, 'users').get(person) ?? {} }
  const catalog = /^catalogs\/(\d+)\/elements$/.exec(path)?.[1]
  const list = LISTS[catalog === undefined ? path : 'elements']
  if (list === undefined) return problem(404, 'Not Found', `No ${path}`)
  pages.count += 1
  faults.onPage?.({ list: list.table, number: pages.count })
  const all = tableNamed(tables, list.table).rows().filter(matches(request.query))
  const own = catalog === undefined ? all : all.filter((row) => String(row['catalog_id']) === catalog)
  const rows = ordered(own, request.query)
  const size = Math.min(
    Number(request.query.get('limit') ?? 50),
    list.table === 'stage_history' ? LARGEST_EVENTS : limits.page,
  )
  const number = Number(request.query.get('page') ?? 1)
  const start = (number - 1) * size
  const shown = rows.slice(faults.repeatsBorder && start > 0 ? start - 1 : start, start + size)
  if (shown.length === 0) return { status: 204, body: null }
  const next =
    start + size < rows.length
      ? { next: { href: `${request.origin}${request.path}?page=${number + 1}` } }
      : {}
  return {
    status: 200,
    body: {
      _page: number,
      _links: { self: { href: request.path }, ...next },
      _embedded: { [list.name]: shown },
    },
  }
}

/** `filter[updated_at][from]`, `filter[type]` and `filter[note_type][]`, as far as the lists are asked by them. */
function matches(query: URLSearchParams): (row: FakeRecord) => boolean {
  const bounds = [...query].flatMap(([name, value]) => {
    const [, field, end] = /^filter\[(\w+)\]\[(from|to)\]$/.exec(name) ?? []
    return field === undefined ? [] : [{ field, isFrom: end === 'from', value: Number(value) }]
  })
  const type = query.get('filter[type]')
  return (row) =>
    (type === null || row['type'] === type) &&
    bounds.every(({ field, isFrom, value }) =>
      isFrom ? Number(row[field]) >= value : Number(row[field]) <= value,
    )
}

function ordered(rows: readonly FakeRecord[], query: URLSearchParams): readonly FakeRecord[] {
  const field = ['updated_at', 'created_at', 'id'].find((name) => query.has(`order[${name}]`))
  if (field === undefined) return rows
  return rows.toSorted((a, b) => Number(a[field]) - Number(b[field]) || Number(a['id']) - Number(b['id']))
}

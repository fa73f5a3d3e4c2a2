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

const LARGEST_SEARCH = 200
const LONGEST_SEARCH = 3000
const LARGEST_BATCH = 100
const LARGEST_BATCH_WITH_HISTORY = 50

export type HubspotTable =
  | 'owners'
  | 'archived_owners'
  | 'pipelines'
  | 'companies'
  | 'contacts'
  | 'deals'
  | 'calls'
  | 'tasks'
  | 'meetings'
  | 'emails'
  | 'notes'
  | 'products'
  | 'line_items'
  | 'invoices'
  | 'fields'

/** The account as its details tell of it. */
export const HUBSPOT_ACCOUNT = {
  ...{ portalId: 123456, accountType: 'STANDARD', timeZone: 'Europe/Berlin', companyCurrency: 'EUR' },
  ...{ additionalCurrencies: [], utcOffset: '+01:00', utcOffsetMilliseconds: 3_600_000 },
  ...{ uiDomain: 'app.hubspot.com', dataHostingLocation: 'EU' },
}

export type FakeHubspot = RunningService & {
  readonly faults: ServiceFaults
  readonly tokens: ServiceTokens
  readonly token: string
  readonly oauth: typeof DEMO_CLIENT
  /** Hits of one search that can be paged through; documented are 10,000. */
  readonly limits: { hits: number }
  table(name: HubspotTable): FakeTable
}

export type FakeHubspotOptions = { readonly now: () => number; readonly sales?: Sales }

type State = {
  readonly tables: ReadonlyMap<string, FakeTable>
  readonly faults: ServiceFaults
  readonly limits: { readonly hits: number }
  readonly pages: { count: number }
}

/** Serves the generated company as the CRM API v3 does: searches of 200 that show 10,000, all properties text. */
export async function startFakeHubspot({
  now,
  sales = createSales(),
}: FakeHubspotOptions): Promise<FakeHubspot> {
  const tables = createTables(sales, now)
  const tokens = createServiceTokens(now)
  const faults: ServiceFaults = {}
  const limits = { hits: 10_000 }
  const state = { tables, faults, limits, pages: { count: 0 } }
  const burst = createWindow(100, 10_000, now)
  const searches = createWindow(4, 1000, now)
  const service = await startService({
    faults,
    behaviour: {
      isFree: ({ path }) => path === '/oauth/v1/token',
      tooManyCalls,
      expireTokens: () => tokens.expire(),
      answer: (request) => {
        if (request.path === '/oauth/v1/token') return grant(request, tokens)
        if (!tokens.isGood(bearer(request.headers)))
          return problem(401, 'EXPIRED_AUTHENTICATION', 'The token expired')
        if (!burst.take() || (request.path.endsWith('/search') && !searches.take())) return tooManyCalls()
        return answer(request, state)
      },
    },
  })
  return {
    ...service,
    faults,
    tokens,
    limits,
    token: STATIC_TOKEN,
    oauth: DEMO_CLIENT,
    table: (name) => tableNamed(tables, name),
  }
}

function createTables(sales: Sales, now: () => number): ReadonlyMap<string, FakeTable> {
  const touched = (field: string) => (id: string) => ({ id, [field]: new Date(now()).toISOString() })
  const plain = (id: string) => ({ id })
  const changed = touched('hs_lastmodifieddate')
  return new Map([
    ['owners', createTable(records.ownerRows(false), plain)],
    ['archived_owners', createTable(records.ownerRows(true), plain)],
    ['pipelines', createTable(records.pipelineRows(), plain)],
    ['companies', createTable(records.companyRows(sales), changed)],
    ['contacts', createTable(records.contactRows(sales), touched('lastmodifieddate'))],
    ['deals', createTable(records.dealRows(sales), changed)],
    ['calls', createTable(records.callRows(sales), changed)],
    ['tasks', createTable(records.taskRows(sales), changed)],
    ['meetings', createTable(records.meetingRows(sales), changed)],
    ['emails', createTable(records.emailRows(sales), changed)],
    ['notes', createTable(records.noteRows(sales), changed)],
    ['products', createTable(records.productRows(sales), changed)],
    ['line_items', createTable(records.lineRows(sales), changed)],
    ['invoices', createTable(records.invoiceRows(sales), changed)],
    ['fields', createTable(records.propertyRows(), plain)],
  ])
}

function problem(status: number, category: string, message: string): ServiceReply {
  return { status, body: { status: 'error', category, message } }
}

function tooManyCalls(): ServiceReply {
  const body = { status: 'error', message: 'You have reached your limit.', errorType: 'RATE_LIMIT' }
  return { status: 429, body: { ...body, category: 'RATE_LIMITS', policyName: 'TEN_SECONDLY_ROLLING' } }
}

function grant({ body }: ServiceRequest, tokens: ServiceTokens): ServiceReply {
  const given = Object(body)
  const isClient =
    given.client_id === DEMO_CLIENT.clientId && given.client_secret === DEMO_CLIENT.clientSecret
  const pair = isClient ? tokens.refresh(String(given.refresh_token)) : null
  if (pair === null) return problem(400, 'BAD_REFRESH_TOKEN', 'missing or invalid refresh token')
  const { access, refresh, seconds } = pair
  return {
    status: 200,
    body: { token_type: 'bearer', access_token: access, refresh_token: refresh, expires_in: seconds },
  }
}

function answer(request: ServiceRequest, state: State): ServiceReply {
  const path = request.path.replace(/^\/crm\//, '')
  const [, objects, action] = /^v3\/objects\/(\w+)\/(search|batch\/read)$/.exec(path) ?? []
  const [, from, to] = /^v4\/associations\/(\w+)\/(\w+)\/batch\/read$/.exec(path) ?? []
  if (path === '/oauth/v2/private-apps/get/access-token-info')
    return { status: 200, body: { userId: 1, hubId: 77, appId: 4711, scopes: SCOPES } }
  if (path === '/account-info/v3/details') return { status: 200, body: HUBSPOT_ACCOUNT }
  const [, described] = /^v3\/properties\/(\w+)$/.exec(path) ?? []
  if (described !== undefined) return properties(described, state)
  if (path === 'v3/owners') return owners(request, state)
  if (path === 'v3/pipelines/deals')
    return { status: 200, body: { results: tableNamed(state.tables, 'pipelines').rows() } }
  if (objects !== undefined && action === 'search') return search(objects, Object(request.body), state)
  if (objects !== undefined) return batchRead(objects, Object(request.body), state)
  if (from !== undefined && to !== undefined) return associations({ from, to }, Object(request.body), state)
  return problem(404, 'OBJECT_NOT_FOUND', `No ${request.path}`)
}

function properties(objects: string, { tables }: State): ServiceReply {
  const rows = tableNamed(tables, 'fields')
    .rows()
    .filter(({ object }) => object === objects)
  return { status: 200, body: { results: rows } }
}

const SCOPES = ['companies', 'contacts', 'deals', 'owners'].map((name) => `crm.objects.${name}.read`)

function owners({ query }: ServiceRequest, { tables }: State): ServiceReply {
  const name = query.get('archived') === 'true' ? 'archived_owners' : 'owners'
  return { status: 200, body: { results: tableNamed(tables, name).rows() } }
}

type Search = {
  readonly filterGroups: readonly { readonly filters: readonly Filter[] }[]
  readonly properties: readonly string[]
  readonly limit: number
  readonly after?: string
}
type Filter = { readonly propertyName: string; readonly operator: string; readonly value: string }

function search(name: string, asked: Search, { tables, faults, limits, pages }: State): ServiceReply {
  if (JSON.stringify(asked).length > LONGEST_SEARCH)
    return problem(400, 'VALIDATION_ERROR', 'A query may have 3,000 characters')
  if (asked.limit > LARGEST_SEARCH) return problem(400, 'VALIDATION_ERROR', 'limit may not be above 200')
  pages.count += 1
  faults.onPage?.({ list: name, number: pages.count })
  const filters = asked.filterGroups[0]?.filters ?? []
  const hits = tableNamed(tables, name)
    .rows()
    .filter((row) => filters.every((filter) => matches(row, filter)))
    .toSorted((a, b) => Number(a['id']) - Number(b['id']))
  const start = Number(asked.after ?? 0)
  if (start + asked.limit > limits.hits && hits.length > limits.hits)
    return problem(400, 'VALIDATION_ERROR', 'Paging through more than 10,000 hits is not possible')
  const next =
    start + asked.limit < hits.length ? { paging: { next: { after: String(start + asked.limit) } } } : {}
  const shown = hits.slice(start, start + asked.limit)
  const before = faults.repeatsBorder ? borderBefore(name, filters, tables) : []
  return {
    status: 200,
    body: {
      total: hits.length,
      results: [...before, ...shown].map((row) => shaped(row, asked.properties)),
      ...next,
    },
  }
}

/** The record that the page before ended with. */
function borderBefore(
  name: string,
  filters: readonly Filter[],
  tables: State['tables'],
): readonly FakeRecord[] {
  const last = filters.find(({ operator }) => operator === 'GT')?.value
  const row = last === undefined ? undefined : tableNamed(tables, name).get(last)
  return row === undefined ? [] : [row]
}

function matches(row: FakeRecord, { propertyName, operator, value }: Filter): boolean {
  const isId = propertyName === 'hs_object_id'
  // One that lost its id comes first.
  if (isId && row['id'] === null) return Number(value) === 0
  const stored = isId ? Number(row['id']) : Date.parse(String(row[propertyName]))
  if (operator === 'LT') return stored < Number(value)
  return operator === 'GT' ? stored > Number(value) : stored >= Number(value)
}

const LINKS = ['contacts', 'companies', 'deals', 'history', 'id']

/** Asked properties in `properties`; what is no property of the service stands beside them. */
function shaped(row: FakeRecord, asked: readonly string[]): FakeRecord {
  const properties = Object.fromEntries(asked.filter((name) => name in row).map((name) => [name, row[name]]))
  const others = Object.entries(row).filter(([name]) => /[A-Z]/.test(name) && !LINKS.includes(name))
  return { id: row['id'], properties, archived: false, ...Object.fromEntries(others) }
}

type BatchRead = {
  readonly inputs: readonly { readonly id: string }[]
  readonly properties?: readonly string[]
  readonly propertiesWithHistory?: readonly string[]
}

function batchRead(name: string, asked: BatchRead, { tables }: State): ServiceReply {
  const most = asked.propertiesWithHistory ? LARGEST_BATCH_WITH_HISTORY : LARGEST_BATCH
  if (asked.inputs.length > most) return problem(400, 'VALIDATION_ERROR', `No more than ${most} inputs`)
  const rows = asked.inputs.flatMap(({ id }): readonly FakeRecord[] => {
    const row = tableNamed(tables, name).get(id)
    return row === undefined ? [] : [row]
  })
  const results = rows.map((row) => ({
    ...shaped(row, asked.properties ?? []),
    propertiesWithHistory: { dealstage: row['history'] ?? [] },
  }))
  return { status: 200, body: { status: 'COMPLETE', results } }
}

function associations(
  { from, to }: { readonly from: string; readonly to: string },
  asked: BatchRead,
  { tables }: State,
): ServiceReply {
  if (asked.inputs.length > LARGEST_BATCH) return problem(400, 'VALIDATION_ERROR', 'Too many inputs')
  const results = asked.inputs.flatMap(({ id }) => {
    const linked = tableNamed(tables, from).get(id)?.[to]
    if (!Array.isArray(linked) || linked.length === 0) return []
    return [{ from: { id }, to: linked.map((each: number) => ({ toObjectId: each, associationTypes: [] })) }]
  })
  return { status: 200, body: { status: 'COMPLETE', results } }
}

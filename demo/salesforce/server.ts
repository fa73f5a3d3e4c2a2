import { createSales, type Sales } from '../service/sales.ts'
import {
  startService,
  type RunningService,
  type ServiceFaults,
  type ServiceReply,
  type ServiceRequest,
} from '../service/server.ts'
import { createServiceAccount, JWT_GRANT, type ServiceAccount } from '../service/service-account.ts'
import { createTable, tableNamed, type FakeRecord, type FakeTable } from '../service/table.ts'
import { bearer, createServiceTokens, DEMO_CLIENT, type ServiceTokens } from '../service/token.ts'
import { createBulkOrders, type BulkOrders } from './bulk.ts'
import * as records from './records.ts'

const OBJECTS: Readonly<Record<string, SalesforceTable>> = {
  User: 'users',
  OpportunityStage: 'stages',
  Account: 'companies',
  Contact: 'contacts',
  Lead: 'leads',
  Opportunity: 'deals',
  OpportunityHistory: 'stage_history',
  Task: 'tasks',
  Product2: 'products',
  OpportunityLineItem: 'lines',
}
// Up to 2,000 are documented; wide rows come in fewer.
const BATCH = 200
const LARGEST_COLLECTION = 2000
const USER = 'ada@nordwind.test'
// Many thousands are documented; here a result has several pages.
const BULK_ROWS = 150

export type SalesforceTable =
  | 'users'
  | 'stages'
  | 'companies'
  | 'contacts'
  | 'leads'
  | 'deals'
  | 'stage_history'
  | 'tasks'
  | 'products'
  | 'lines'
  | 'fields'

export type FakeSalesforce = RunningService & {
  readonly faults: ServiceFaults
  readonly tokens: ServiceTokens
  readonly oauth: typeof DEMO_CLIENT
  /** A connected app that signs for its user, whose login is `user`. */
  readonly account: ServiceAccount & { readonly user: string }
  /** Orders of Bulk API 2.0 that nobody took away yet. */
  readonly orders: BulkOrders['orders']
  /** Forgets where every query stands. */
  expireLocators(): void
  /** Forgets what was deleted, as the service does after 15 days. */
  emptyBin(): void
  table(name: SalesforceTable): FakeTable
}

export type FakeSalesforceOptions = { readonly now: () => number; readonly sales?: Sales }

type State = {
  readonly tables: ReadonlyMap<string, FakeTable>
  /** What was deleted lately. */
  readonly bin: readonly Deleted[]
  readonly faults: ServiceFaults
  /** Tells that a page of records is asked for. */
  turn(): void
  /** Results of queries by their locator: what changes meanwhile does not move them. */
  readonly locators: Map<string, readonly FakeRecord[]>
  readonly bulk: BulkOrders
}

/** Serves the generated company as the REST API does: SOQL, batches that name the next, offsets without a colon. */
export async function startFakeSalesforce(options: FakeSalesforceOptions): Promise<FakeSalesforce> {
  const { now, sales = createSales() } = options
  const bin: Deleted[] = []
  const tables = createTables(sales, now, bin)
  const faults: ServiceFaults = {}
  const pages = { count: 0 }
  const turn = () => faults.onPage?.({ list: 'query', number: ++pages.count })
  const run = (text: string, isAll: boolean) => (isAll ? runBin(text, bin) : runQuery(text, tables))
  const bulk = createBulkOrders({ faults, turn, page: BULK_ROWS, run })
  const state: State = { tables, bin, faults, turn, bulk, locators: new Map() }
  const tokens = createServiceTokens(now)
  const account = createServiceAccount(now, DEMO_CLIENT.clientId)
  const service = await startService({
    faults: state.faults,
    behaviour: {
      isFree: ({ path }) => path === '/services/oauth2/token',
      tooManyCalls: () => ({
        ...problem(503, 'SERVER_UNAVAILABLE', 'Too busy'),
        headers: { 'retry-after': '2' },
      }),
      expireTokens: () => tokens.expire(),
      answer: (request) => {
        if (request.path === '/services/oauth2/token') return grant(request, { tokens, account })
        if (!tokens.isGood(bearer(request.headers)))
          return problem(401, 'INVALID_SESSION_ID', 'Session expired or invalid')
        return answer(request, state)
      },
    },
  })
  return {
    ...{
      ...service,
      faults: state.faults,
      tokens,
      oauth: DEMO_CLIENT,
      account: Object.assign(account, { user: USER }),
      orders: bulk.orders,
    },
    expireLocators: () => state.locators.clear(),
    emptyBin: () => void bin.splice(0),
    table: (name) => tableNamed(state.tables, name),
  }
}

type Deleted = { readonly table: string; readonly id: string; readonly at: number }

function createTables(sales: Sales, now: () => number, bin: Deleted[]): ReadonlyMap<string, FakeTable> {
  const changed = (id: string) => ({ Id: id, SystemModstamp: records.timeText(now()) })
  const thrownAway = (table: string) => (id: string) => void bin.push({ table, id, at: now() })
  return new Map([
    ['users', createTable(records.userRows(sales), changed)],
    ['stages', createTable(records.stageRows(), (id) => ({ Id: id }))],
    ['companies', createTable(records.companyRows(sales), changed, thrownAway('companies'))],
    ['contacts', createTable(records.contactRows(sales), changed, thrownAway('contacts'))],
    ['leads', createTable(records.leadRows(sales), changed, thrownAway('leads'))],
    ['deals', createTable(records.dealRows(sales), changed, thrownAway('deals'))],
    ['stage_history', createTable(records.historyRows(sales), (id) => ({ Id: id }))],
    ['tasks', createTable(records.taskRows(sales), changed, thrownAway('tasks'))],
    ['products', createTable(records.productRows(sales), changed)],
    ['lines', createTable(records.lineRows(sales), changed, thrownAway('lines'))],
    ['fields', createTable(records.fieldRows(), (id) => ({ name: id }))],
  ])
}

function problem(status: number, errorCode: string, message: string): ServiceReply {
  return { status, body: [{ errorCode, message }] }
}

type Doors = { readonly tokens: ServiceTokens; readonly account: ServiceAccount }

function grant({ body, origin }: ServiceRequest, { tokens, account }: Doors): ServiceReply {
  const given = Object(body)
  const expected = { aud: 'https://login.salesforce.com', sub: USER, seconds: 180 }
  if (given.grant_type === JWT_GRANT && account.admits(given.assertion, expected))
    return {
      status: 200,
      body: { access_token: tokens.issue().access, instance_url: origin, token_type: 'Bearer' },
    }
  const isClient =
    given.client_id === DEMO_CLIENT.clientId && given.client_secret === DEMO_CLIENT.clientSecret
  const pair =
    isClient && given.grant_type === 'refresh_token' ? tokens.refresh(String(given.refresh_token)) : null
  if (pair === null)
    return { status: 400, body: { error: 'invalid_grant', error_description: 'expired authorization' } }
  return {
    status: 200,
    body: {
      access_token: pair.access,
      refresh_token: pair.refresh,
      instance_url: origin,
      token_type: 'Bearer',
    },
  }
}

function answer(request: ServiceRequest, state: State): ServiceReply {
  const { path, query } = request
  const [, ordered] = /^\/services\/data\/v[\d.]+\/jobs\/query(.*)$/.exec(path) ?? []
  if (ordered !== undefined) return state.bulk.answer(request, ordered)
  if (path === '/services/oauth2/userinfo')
    return {
      status: 200,
      body: { user_id: '005', name: 'Ada Vogel', preferred_username: USER },
    }
  if (query.get('q') === 'select PermissionsViewAllData from UserPermissionAccess')
    return { status: 200, body: { totalSize: 1, done: true, records: [{ PermissionsViewAllData: true }] } }
  const [, collection, kind = '', isDescribe] =
    /^\/services\/data\/v[\d.]+\/(composite\/)?sobjects\/(\w+)(\/describe)?$/.exec(path) ?? []
  if (isDescribe !== undefined) return describe(kind, state)
  if (collection !== undefined) return retrieve(kind, Object(request.body), state)
  const [, version = '', locator] =
    /^\/services\/data\/(v[\d.]+)\/query(?:All)?(?:\/(\w+-\d+))?$/.exec(path) ?? []
  if (version === '') return problem(404, 'NOT_FOUND', 'The requested resource does not exist')
  state.turn()
  if (locator !== undefined) return batch(locator, version, state)
  const asked = String(query.get('q'))
  const result = path.endsWith('queryAll') ? runBin(asked, state.bin) : runQuery(asked, state.tables)
  if (result === null) return problem(400, 'MALFORMED_QUERY', 'unexpected token')
  const id = `01g${String(state.locators.size + 1).padStart(15, '0')}`
  state.locators.set(id, result)
  return batch(`${id}-0`, version, state)
}

function describe(object: string, { tables }: State): ServiceReply {
  const fields = tableNamed(tables, 'fields')
    .rows()
    .filter((row) => row['object'] === object)
  return { status: 200, body: { name: object, fields } }
}

type Collection = { readonly ids: readonly string[]; readonly fields: readonly string[] }

/** Records by their ids, in that order; null where there is none. */
function retrieve(object: string, { ids, fields }: Collection, { tables }: State): ServiceReply {
  const known = tableNamed(tables, 'fields')
  const stranger = fields.find((name) => known.get(name) === undefined)
  if (stranger !== undefined) return problem(400, 'INVALID_FIELD', `No such column '${stranger}'`)
  if (ids.length > LARGEST_COLLECTION) return problem(400, 'LIMIT_EXCEEDED', 'Too many ids')
  const rows = ids.map((id) => {
    const row = tableNamed(tables, OBJECTS[object] ?? '').get(id)
    return row === undefined ? null : shaped(row, ['Id', ...fields], object)
  })
  return { status: 200, body: rows }
}

function batch(locator: string, version: string, { locators, faults }: State): ServiceReply {
  const [id = '', at = '0'] = locator.split('-')
  const all = locators.get(id)
  if (all === undefined) return problem(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator')
  const start = Number(at)
  const isDone = start + BATCH >= all.length
  const next = isDone ? {} : { nextRecordsUrl: `/services/data/${version}/query/${id}-${start + BATCH}` }
  const shown = all.slice(faults.repeatsBorder && start > 0 ? start - 1 : start, start + BATCH)
  return { status: 200, body: { totalSize: all.length, done: isDone, ...next, records: shown } }
}

const QUERY =
  /^select ([\w, ]+) from (\w+)(?: where (\w+) >= (\S+)(?: and \w+ < (\S+))?)?(?: order by (\w+))?$/

/** The few forms of SOQL that the connector uses; null for any other. */
function runQuery(text: string, tables: State['tables']): readonly FakeRecord[] | null {
  const [, list = '', object = '', field, since = '', before = FAR, order = ''] =
    QUERY.exec(text.replaceAll(/\s+/g, ' ').trim()) ?? []
  const name = OBJECTS[object]
  if (name === undefined) return null
  const fields = list.split(',').map((each) => each.trim())
  return tableNamed(tables, name)
    .rows()
    .filter((row) => field === undefined || isWithin(Date.parse(isoOf(row[field])), since, before))
    .toSorted((a, b) => (String(a[order]) < String(b[order]) ? -1 : 1))
    .map((row) => shaped(row, fields, object))
}

const FAR = '3000-01-01T00:00:00Z'

const BIN_QUERY =
  /^select Id from (\w+) where IsDeleted = true and SystemModstamp >= (\S+)(?: order by SystemModstamp)?$/

/** Ids of what was deleted since a moment, as the recycle bin has them. */
function runBin(text: string, bin: readonly Deleted[]): readonly FakeRecord[] | null {
  const [, object = '', since = ''] = BIN_QUERY.exec(text) ?? []
  const name = OBJECTS[object]
  if (name === undefined) return null
  return bin
    .filter((each) => each.table === name && each.at >= Date.parse(since))
    .map(({ id }) => ({ attributes: { type: object }, Id: id }))
}

function isWithin(instant: number, since: string, before: string): boolean {
  return instant >= Date.parse(since) && instant < Date.parse(before)
}

function isoOf(value: unknown): string {
  return String(value).replace('+0000', 'Z')
}

/** Asked fields, and what is no field of the service. */
function shaped(row: FakeRecord, fields: readonly string[], type: string): FakeRecord {
  const own = Object.entries(row).filter(([name]) => fields.includes(name) || /^[a-z]/.test(name))
  return { attributes: { type, url: `/sobjects/${type}/${String(row['Id'])}` }, ...Object.fromEntries(own) }
}

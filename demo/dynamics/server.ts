import { withLog, type LoggedTable } from '../service/change-log.ts'
import { filterOf, orderOf, selectOf } from '../service/odata.ts'
import { createSales, type Sales } from '../service/sales.ts'
import {
  startService,
  type RunningService,
  type ServiceFaults,
  type ServiceReply,
  type ServiceRequest,
} from '../service/server.ts'
import { createTable, tableNamed, type FakeRecord } from '../service/table.ts'
import { bearer, createServiceTokens, type ServiceTokens } from '../service/token.ts'
import * as records from './records.ts'

const CLIENT = { tenant: 'nordwind', clientId: 'demo-app', clientSecret: 'demo-secret' } as const
const ROOT = '/api/data/v9.2/'
const TOKEN_PATH = '/nordwind/oauth2/v2.0/token'
const LARGEST_PAGE = 5000
const DAYS_OF_CHANGES = 7
const DAY = 86_400_000

/** Sets with their key, by the name under which the connector has them. */
const SETS = {
  users: ['systemusers', 'systemuserid'],
  departments: ['businessunits', 'businessunitid'],
  currencies: ['transactioncurrencies', 'transactioncurrencyid'],
  pipelines: ['workflows', 'workflowid'],
  stages: ['processstages', 'processstageid'],
  sales_processes: ['opportunitysalesprocesses', 'businessprocessflowinstanceid'],
  companies: ['accounts', 'accountid'],
  contacts: ['contacts', 'contactid'],
  leads: ['leads', 'leadid'],
  deals: ['opportunities', 'opportunityid'],
  activities: ['activitypointers', 'activityid'],
  calls: ['phonecalls', 'activityid'],
  products: ['products', 'productid'],
  lines: ['opportunityproducts', 'opportunityproductid'],
  invoices: ['invoices', 'invoiceid'],
} as const
export type DynamicsTable = keyof typeof SETS

export type FakeDynamics = RunningService & {
  readonly faults: ServiceFaults
  readonly tokens: ServiceTokens
  readonly auth: typeof CLIENT & { readonly tokenUrl: string }
  /** Largest page; the documented 5,000 unless a test makes it smaller. */
  readonly limits: { page: number }
  table(name: DynamicsTable): LoggedTable
}

export type FakeDynamicsOptions = {
  readonly now: () => number
  readonly sales?: Sales
  readonly latencyMs?: number
}

/** Serves the generated company as the Web API of Dataverse does: pages by link, changes since a mark for seven days. */
export async function startFakeDynamics(options: FakeDynamicsOptions): Promise<FakeDynamics> {
  const { now, sales = createSales(), latencyMs } = options
  const tables = createTables(sales, now)
  const tokens = createServiceTokens(now)
  const faults: ServiceFaults = {}
  const limits = { page: LARGEST_PAGE }
  const organisation = { tables, faults, limits, now, pages: { count: 0 } }
  const service = await startService({
    faults,
    ...(latencyMs === undefined ? {} : { latencyMs }),
    behaviour: {
      isFree: ({ path }) => path === TOKEN_PATH,
      tooManyCalls: () => ({
        ...problem(429, '0x80072322', 'Number of requests exceeded the limit of 6000 over 300 seconds.'),
        headers: { 'retry-after': '12' },
      }),
      expireTokens: () => tokens.expire(),
      answer: (request) => {
        if (request.path === TOKEN_PATH) return grant(request, tokens)
        if (!tokens.isGood(bearer(request.headers))) return { status: 401, body: null }
        return answer(request, organisation)
      },
    },
  })
  const auth = { ...CLIENT, tokenUrl: `${service.url}${TOKEN_PATH}` }
  return { ...service, faults, tokens, auth, limits, table: (name) => tableNamed(tables, name) }
}

function createTables(sales: Sales, now: () => number): ReadonlyMap<string, LoggedTable> {
  const rows: Readonly<Record<DynamicsTable, Iterable<records.Row>>> = {
    users: records.userRows(sales),
    departments: records.unitRows(),
    currencies: records.currencyRows(),
    pipelines: records.flowRows(),
    stages: records.stageRows(),
    sales_processes: records.processRows(sales),
    companies: records.accountRows(sales),
    contacts: records.contactRows(sales),
    leads: records.leadRows(sales),
    deals: records.dealRows(sales),
    activities: records.activityRows(sales),
    calls: records.callRows(sales),
    products: records.productRows(sales),
    lines: records.lineRows(sales),
    invoices: records.invoiceRows(sales),
  }
  return new Map(
    Object.entries(SETS).map(([name, [, key]]) => {
      const modifiedon = () => `${new Date(now()).toISOString().slice(0, 19)}Z`
      const touch = (id: string) => ({ [key]: id, modifiedon: modifiedon() })
      return [name, withLog(createTable(rows[name as DynamicsTable], touch))]
    }),
  )
}

function grant({ body }: ServiceRequest, tokens: ServiceTokens): ServiceReply {
  const given = Object(body)
  const isRight = given.client_id === CLIENT.clientId && given.client_secret === CLIENT.clientSecret
  if (!isRight || given.grant_type !== 'client_credentials')
    return { status: 401, body: { error: 'invalid_client', error_description: 'The secret is wrong' } }
  const { access, seconds } = tokens.issue()
  return { status: 200, body: { token_type: 'Bearer', expires_in: seconds, access_token: access } }
}

function problem(status: number, code: string, message: string): ServiceReply {
  return { status, body: { error: { code, message } } }
}

type Organisation = {
  readonly tables: ReadonlyMap<string, LoggedTable>
  readonly faults: ServiceFaults
  readonly limits: { readonly page: number }
  readonly now: () => number
  readonly pages: { count: number }
}

function answer(request: ServiceRequest, organisation: Organisation): ServiceReply {
  const set = request.path.slice(ROOT.length)
  const told = rightsAt(set, request)
  if (told !== null) return { status: 200, body: told }
  const entry = Object.entries(SETS).find(([, [name]]) => name === set)
  if (entry === undefined) return problem(404, '0x8006088a', `Resource not found for the segment '${set}'.`)
  const [name, [, key]] = entry
  const { query } = request
  const isTracked = String(request.headers['prefer'] ?? '').includes('odata.track-changes')
  if (isTracked && ['$filter', '$orderby', '$top', '$expand'].some((option) => query.has(option)))
    return problem(400, '0x80060888', 'Change tracking does not go with this option.')
  organisation.pages.count += 1
  organisation.faults.onPage?.({ list: name, number: organisation.pages.count })
  const place: Place = { request, key, table: tableNamed(organisation.tables, name), isTracked }
  const mark = query.get('$deltatoken')
  return mark === null ? page(place, organisation) : changes(place, mark, organisation)
}

const APPLICATION_USER = '00000000-0000-0000-0001-000000000001'

/** Whose rights the application has: of the whole organisation, but for contacts, of its business unit's. */
function rightsAt(place: string, { query }: ServiceRequest): object | null {
  if (place === 'WhoAmI') return { UserId: APPLICATION_USER }
  if (place === `systemusers(${APPLICATION_USER})`) return { fullname: '# Embut' }
  if (!place.endsWith('RetrieveUserSetOfPrivilegesByNames(PrivilegeNames=@p1)')) return null
  const asked: readonly string[] = JSON.parse(query.get('@p1') ?? '[]')
  const depthOf = (name: string) => (name === 'prvReadContact' ? 'Local' : 'Global')
  return { RolePrivileges: asked.map((name) => ({ PrivilegeName: name, Depth: depthOf(name) })) }
}

type Place = {
  readonly request: ServiceRequest
  readonly key: string
  readonly table: LoggedTable
  readonly isTracked: boolean
}

/** The paging cookie: after which record a page begins, and the mark of the first page. */
function cookieOf(text: string | null): { readonly after?: string; readonly mark?: number } {
  return text === null ? {} : JSON.parse(Buffer.from(text, 'base64url').toString())
}

function page(place: Place, { faults, limits, now }: Organisation): ServiceReply {
  const { request, key, table, isTracked } = place
  const { query } = request
  const matches = filterOf(query.get('$filter'))
  if (matches === null) return problem(400, '0x80060888', 'The query is not understood.')
  const cookie = cookieOf(query.get('$skiptoken'))
  const order = orderOf(query.get('$orderby') ?? key)
  const rows = table.rows().filter(matches).toSorted(order)
  const before = rows.filter((row) => placeOf(row, query, key) <= (cookie.after ?? '')).length
  const size = Math.min(limits.page, sizeOf(request))
  const start = faults.repeatsBorder && before > 0 ? before - 1 : before
  const shown = rows.slice(start, before + size)
  const mark = cookie.mark ?? table.mark()
  const last = shown.at(-1)
  if (before + size < rows.length && last !== undefined) {
    const next = { after: placeOf(last, query, key), mark }
    return reply(place, shown, { '@odata.nextLink': linkOf(request, '$skiptoken', next) })
  }
  return reply(place, shown, isTracked ? { '@odata.deltaLink': deltaOf(request, mark, now()) } : {})
}

const placeOf = (row: FakeRecord, query: URLSearchParams, key: string) =>
  `${query.has('$orderby') ? String(row['modifiedon']) : ''} ${String(row[key])}`

function sizeOf({ headers }: ServiceRequest): number {
  const [, size] = /odata\.maxpagesize=(\d+)/.exec(String(headers['prefer'] ?? '')) ?? []
  return size === undefined ? LARGEST_PAGE : Number(size)
}

function linkOf({ origin, path, query }: ServiceRequest, name: string, value: object): string {
  const others = [...query]
    .filter(([each]) => each !== name)
    .map(([each, text]) => `${each}=${encodeURIComponent(text)}`)
  const token = `${name}=${Buffer.from(JSON.stringify(value)).toString('base64url')}`
  return `${origin}${path}?${[...others, token].join('&')}`
}

const deltaOf = ({ origin, path }: ServiceRequest, mark: number, now: number) =>
  `${origin}${path}?$deltatoken=${mark}%21${now}`

function changes(place: Place, text: string, { now }: Organisation): ServiceReply {
  const [mark = 0, at = 0] = text.split('!').map(Number)
  if (now() - at > DAYS_OF_CHANGES * DAY)
    return problem(
      400,
      '0x80044352',
      'Version stamp associated with the client has expired. Please perform a full sync.',
    )
  const rows = place.table.since(mark).map(([id, row]) => row ?? tombstone(place.request, id))
  return reply(place, rows, { '@odata.deltaLink': deltaOf(place.request, place.table.mark(), now()) })
}

function tombstone({ origin, path }: ServiceRequest, id: string): FakeRecord {
  return { '@odata.context': `${origin}${path}/$deletedEntity`, id, reason: 'deleted' }
}

function reply({ request }: Place, rows: readonly FakeRecord[], links: FakeRecord): ServiceReply {
  const value = rows.map(selectOf(request.query.get('$select')))
  return { status: 200, body: { '@odata.context': `${request.origin}/$metadata`, value, ...links } }
}

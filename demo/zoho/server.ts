import { createSales, type Sales } from '../service/sales.ts'
import type { ServiceReply, ServiceRequest } from '../service/server.ts'
import type { FakeRecord } from '../service/table.ts'
import { startTenant, type FakeTenant, type Tenant } from '../service/tenant.ts'
import { createServiceTokens, DEMO_CLIENT, FIRST_REFRESH, type ServiceTokens } from '../service/token.ts'
import { LAYOUT, PIPELINE_SETTINGS, zohoRows } from './records.ts'

const MODULES: Readonly<Record<string, ZohoTable>> = {
  Accounts: 'companies',
  Contacts: 'contacts',
  Leads: 'leads',
  Deals: 'deals',
  Tasks: 'tasks',
  Events: 'meetings',
  Calls: 'calls',
  Products: 'products',
  Invoices: 'invoices',
}
const LARGEST_QUERY = 2000
const MOST_IDS = 100
const MOST_FIELDS = 50

export type ZohoTable = keyof ReturnType<typeof zohoRows>
export type FakeZoho = FakeTenant<ZohoTable> & { readonly oauth: typeof DEMO_CLIENT }
export type FakeZohoOptions = {
  readonly now: () => number
  readonly sales?: Sales
  readonly latencyMs?: number
}

/** Serves the generated company as version 8 does: COQL, ids of 19 digits, 204 where there is nothing. */
export async function startFakeZoho({
  now,
  sales = createSales(),
  latencyMs,
}: FakeZohoOptions): Promise<FakeZoho> {
  const tokens = createServiceTokens(now)
  const tenant = await startTenant<ZohoTable>({
    ...{ tables: zohoRows(sales), page: LARGEST_QUERY, latencyMs },
    touch: (id) => ({ id, Modified_Time: sales.world.clock.iso(now()) }),
    behaviour: (state) => ({
      isFree: ({ path }) => path === '/oauth/v2/token',
      tooManyCalls: () => problem(429, 'TOO_MANY_REQUESTS', 'Too many requests fired'),
      expireTokens: () => tokens.expire(),
      answer: (request) => {
        if (request.path === '/oauth/v2/token') return grant(request, tokens)
        const token = String(request.headers['authorization']).replace(/^Zoho-oauthtoken /, '')
        if (!tokens.isGood(token)) return problem(401, 'INVALID_TOKEN', 'invalid oauth token')
        return answer(request, state)
      },
    }),
  })
  return { ...tenant, oauth: DEMO_CLIENT }
}

function problem(status: number, code: string, message: string): ServiceReply {
  return { status, body: { code, message, status: 'error', details: {} } }
}

function grant({ body, origin }: ServiceRequest, tokens: ServiceTokens): ServiceReply {
  const given = Object(body)
  const isGood = given.client_secret === DEMO_CLIENT.clientSecret && given.refresh_token === FIRST_REFRESH
  // A refusal has status 200.
  if (!isGood) return { status: 200, body: { error: 'invalid_code' } }
  const { access, seconds } = tokens.issue()
  return { status: 200, body: { access_token: access, api_domain: origin, expires_in: seconds } }
}

const CURRENT_USER = { id: '1', full_name: 'Ada Vogel', profile: { id: '2', name: 'Standard' } }

function answer({ path, query, body }: ServiceRequest, tenant: Tenant<ZohoTable>): ServiceReply {
  const place = path.replace(/^\/crm\/v8\//, '')
  const [, deal] = /^Deals\/(\d+)\/Stage_History$/.exec(place) ?? []
  if (place === 'coql') return runQuery(String(Object(body).select_query), tenant)
  if (query.get('type') === 'CurrentUser') return good('users', [CURRENT_USER])
  if (place === 'users') return good('users', pageOf('users', tenant, query))
  if (place === 'settings/layouts') return good('layouts', [LAYOUT])
  if (place === 'settings/pipeline') return good('pipeline', PIPELINE_SETTINGS)
  if (place === 'settings/fields') return fieldsOf(String(query.get('module')), tenant)
  if (query.has('ids')) return byIds(place, query, tenant)
  const [, invoice] = /^Invoices\/(\d+)$/.exec(place) ?? []
  if (invoice !== undefined) return invoiceWithLines(invoice, tenant)
  if (deal === undefined) return problem(404, 'INVALID_URL_PATTERN', 'Please check the URL')
  const moves = tenant.table('stage_history').rows()
  const own = moves.filter(({ dealId }) => dealId === deal).map(({ dealId: _, ...move }) => move)
  return good('data', own.toReversed())
}

function fieldsOf(module: string, tenant: Tenant<ZohoTable>): ServiceReply {
  const rows = tenant.table('fields').rows()
  return good(
    'fields',
    rows.filter((row) => row['module'] === module),
  )
}

function byIds(module: string, query: URLSearchParams, tenant: Tenant<ZohoTable>): ServiceReply {
  const listed = (name: string) => String(query.get(name)).split(',')
  const name = MODULES[module]
  if (name === undefined) return problem(404, 'INVALID_MODULE', 'the module name given seems to be invalid')
  if (listed('ids').length > MOST_IDS || listed('fields').length > MOST_FIELDS)
    return problem(400, 'LIMIT_EXCEEDED', 'more than 100 ids or 50 fields')
  const rows = listed('ids').map((id) => tenant.table(name).get(id))
  const found = rows.filter((row) => row !== undefined)
  return good(
    'data',
    found.map((row) => shaped(row, listed('fields'))),
  )
}

function invoiceWithLines(id: string, tenant: Tenant<ZohoTable>): ServiceReply {
  const invoice = tenant.table('invoices').get(id)
  const lines = tenant.table('lines').rows()
  const own = lines.filter(({ Parent_Id }) => Object(Parent_Id).id === id)
  return good('data', invoice === undefined ? [] : [{ ...invoice, Invoiced_Items: own }])
}

/** An empty list has no body at all. */
function good(name: string, rows: readonly FakeRecord[], hasMore = false): ServiceReply {
  if (rows.length === 0) return { status: 204, body: null }
  return { status: 200, body: { [name]: rows, info: { count: rows.length, more_records: hasMore } } }
}

function pageOf(name: ZohoTable, tenant: Tenant<ZohoTable>, query: URLSearchParams): readonly FakeRecord[] {
  const size = Number(query.get('per_page'))
  return tenant.page(tenant.table(name).rows(), (Number(query.get('page')) - 1) * size, size)
}

const FAR = '3000-01-01T00:00:00Z'

const QUERY =
  /^select ([\w, ]+) from (\w+) where Modified_Time >= '([^']+)'(?: and Modified_Time < '([^']+)')? order by Modified_Time asc, id asc limit (\d+), (\d+)$/

const CONVERTED = /\(?Converted__s = true and (Modified_Time >= '[^']+')\)?/

/** The one form of COQL that the connector uses; leads that were converted are asked for as such, or not at all. */
function runQuery(asked: string, tenant: Tenant<ZohoTable>): ServiceReply {
  const text = asked.replaceAll(/\s+/g, ' ').trim()
  const [, list = '', module = '', since = '', before = FAR, offset, limit] =
    QUERY.exec(text.replace(CONVERTED, '$1')) ?? []
  const name = CONVERTED.test(text) ? 'converted_leads' : MODULES[module]
  if (name === undefined || Number(limit) > LARGEST_QUERY)
    return problem(400, 'SYNTAX_ERROR', 'error in query')
  tenant.turn(name)
  const fields = list.split(',').map((field) => field.trim())
  const rows = tenant
    .table(name)
    .rows()
    .filter((row) => changedAt(row) >= Date.parse(since) && changedAt(row) < Date.parse(before))
    .toSorted((a, b) => changedAt(a) - changedAt(b) || (String(a['id']) < String(b['id']) ? -1 : 1))
  const start = Number(offset)
  const shown = tenant.page(rows, start, Number(limit)).map((row) => shaped(row, fields))
  return good('data', shown, start + Math.min(Number(limit), tenant.limits.page) < rows.length)
}

const changedAt = (row: FakeRecord) => Date.parse(String(row['Modified_Time']))

/** Asked fields, and what is no field of the service. */
function shaped(row: FakeRecord, fields: readonly string[]): FakeRecord {
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => fields.includes(name) || /^[a-z]/.test(name)),
  )
}

import { createSales, type Sales } from '../service/sales.ts'
import type { ServiceReply, ServiceRequest } from '../service/server.ts'
import type { FakeRecord } from '../service/table.ts'
import { startTenant, type FakeTenant, type Tenant } from '../service/tenant.ts'
import { bearer, createServiceTokens, DEMO_CLIENT, type ServiceTokens } from '../service/token.ts'
import { beanRows, timeOf } from './records.ts'
import { quoteLineRows, quoteRows } from './quotes.ts'

const ROOT = '/legacy/Api/'
const TOKENS = `${ROOT}access_token`
const LARGEST_PAGE = 100

export const MODULES: Readonly<Record<string, BeanTable>> = {
  Users: 'users',
  Currencies: 'currencies',
  Accounts: 'companies',
  Contacts: 'contacts',
  Leads: 'leads',
  Opportunities: 'deals',
  Tasks: 'tasks',
  Meetings: 'meetings',
  Calls: 'calls',
}

const SUITE_MODULES: Readonly<Record<string, SuiteTable>> = {
  ...MODULES,
  AOS_Quotes: 'quotes',
  AOS_Products_Quotes: 'lines',
}

export type BeanTable = keyof ReturnType<typeof beanRows>
export type SuiteTable = BeanTable | 'quotes' | 'lines'
export type FakeSuite = FakeTenant<SuiteTable> & { readonly client: typeof DEMO_CLIENT }
export type FakeSuiteOptions = { readonly now: () => number; readonly sales?: Sales }

/** Serves the generated company as SuiteCRM 8 does: JSON:API below `legacy/Api`, one field to sort by. */
export async function startFakeSuite({ now, sales = createSales() }: FakeSuiteOptions): Promise<FakeSuite> {
  const tokens = createServiceTokens(now)
  const tenant = await startTenant<SuiteTable>({
    tables: { ...beanRows(sales), quotes: quoteRows(sales), lines: quoteLineRows(sales) },
    page: LARGEST_PAGE,
    touch: (id) => ({ id, date_modified: timeOf(sales)(now()) }),
    behaviour: (state) => ({
      isFree: ({ path }) => path === TOKENS,
      tooManyCalls: () => ({ status: 429, body: null, headers: { 'retry-after': '5' } }),
      expireTokens: () => tokens.expire(),
      answer: (request) => {
        if (request.path === TOKENS) return grant(request, tokens)
        if (!tokens.isGood(bearer(request.headers)))
          return problem(401, 'The resource owner denied the request.')
        return answer(request, state)
      },
    }),
  })
  return { ...tenant, client: DEMO_CLIENT }
}

function problem(status: number, detail: string): ServiceReply {
  return { status, body: { errors: { status, title: null, detail } } }
}

function grant({ body }: ServiceRequest, tokens: ServiceTokens): ServiceReply {
  const { grant_type: kind, client_id: id, client_secret: secret } = Object(body)
  if (kind !== 'client_credentials' || id !== DEMO_CLIENT.clientId || secret !== DEMO_CLIENT.clientSecret)
    return problem(401, 'Client authentication failed')
  const { access, seconds } = tokens.issue()
  return { status: 200, body: { token_type: 'Bearer', expires_in: seconds, access_token: access } }
}

const CURRENT_USER = {
  data: { type: 'User', id: '1', attributes: { user_name: 'embut', full_name: 'Ada Vogel', is_admin: '0' } },
}

function answer({ path, query }: ServiceRequest, tenant: Tenant<SuiteTable>): ServiceReply {
  if (path === `${ROOT}V8/current-user`) return { status: 200, body: CURRENT_USER }
  const type = path.replace(`${ROOT}V8/module/`, '')
  const list = SUITE_MODULES[type]
  if (list === undefined) return problem(404, 'Module does not exist')
  const since = query.get('filter[date_modified][gte]') ?? ''
  const before = query.get('filter[date_modified][lt]')
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(since) || query.get('sort') !== 'date_modified')
    return problem(400, 'Filter is not valid')
  tenant.turn(list)
  const at = (row: FakeRecord) => Date.parse(String(row['date_modified']))
  const rows = tenant
    .table(list)
    .rows()
    .filter(
      (row) => at(row) >= Date.parse(`${since}Z`) && (before === null || at(row) < Date.parse(`${before}Z`)),
    )
    .toSorted((a, b) => at(a) - at(b))
  const size = Number(query.get('page[size]'))
  const shown = tenant.page(rows, (Number(query.get('page[number]')) - 1) * size, size)
  const data = shown.map(({ id, ...attributes }) => ({ type, id, attributes, relationships: {} }))
  const meta = { 'total-pages': Math.ceil(rows.length / size), 'records-on-this-page': data.length }
  return { status: 200, body: { meta, data } }
}

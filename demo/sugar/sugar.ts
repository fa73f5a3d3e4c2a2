import { createSales, type Sales } from '../service/sales.ts'
import type { ServiceReply, ServiceRequest } from '../service/server.ts'
import type { FakeRecord } from '../service/table.ts'
import { startTenant, type FakeTenant, type Tenant } from '../service/tenant.ts'
import { bearer, createServiceTokens, type ServiceTokens } from '../service/token.ts'
import { auditRows, BASE_CURRENCY, beanRows, lineRows, timeOf } from './records.ts'
import { MODULES, type BeanTable } from './suite.ts'

const LOGIN = { user: 'embut', password: 'demo-password' } as const
const ROOT = '/rest/v11_20/'
const TOKENS = `${ROOT}oauth2/token`
const LARGEST_PAGE = 200
const FAR = '3000-01-01T00:00:00Z'

export type SugarTable = BeanTable | 'stage_history' | 'lines'
export type FakeSugar = FakeTenant<SugarTable> & { readonly auth: typeof LOGIN }
export type FakeSugarOptions = { readonly now: () => number; readonly sales?: Sales }

/** Serves the generated company as REST v11 does: filters in JSON, an offset of -1 after the end, audits deal by deal. */
export async function startFakeSugar({ now, sales = createSales() }: FakeSugarOptions): Promise<FakeSugar> {
  const tokens = createServiceTokens(now)
  const tenant = await startTenant<SugarTable>({
    tables: { ...beanRows(sales), stage_history: auditRows(sales), lines: lineRows(sales) },
    page: LARGEST_PAGE,
    touch: (id) => ({ id, date_modified: timeOf(sales)(now()) }),
    behaviour: (state) => ({
      isFree: ({ path }) => path === TOKENS,
      tooManyCalls: () => problem(429, 'too_many_requests', 'Rate limit exceeded'),
      expireTokens: () => tokens.expire(),
      answer: (request) => {
        if (request.path === TOKENS) return grant(request, tokens)
        if (!tokens.isGood(bearer(request.headers)))
          return problem(401, 'invalid_grant', 'The access token provided is invalid.')
        return answer(request, state)
      },
    }),
  })
  return { ...tenant, auth: LOGIN }
}

function problem(status: number, error: string, message: string): ServiceReply {
  return { status, body: { error, error_message: message } }
}

function grant({ body }: ServiceRequest, tokens: ServiceTokens): ServiceReply {
  const { grant_type: kind, username, password, platform } = Object(body)
  if (kind !== 'password' || username !== LOGIN.user || password !== LOGIN.password || platform === 'base')
    return problem(401, 'need_login', 'You must specify a valid username and password.')
  const { access, seconds } = tokens.issue()
  return {
    status: 200,
    body: { access_token: access, expires_in: seconds, refresh_token: 'none', scope: null },
  }
}

const CURRENT_USER = { id: '1', user_name: LOGIN.user, full_name: 'Ada Vogel', type: 'admin' }

type Asked = {
  readonly filter: readonly { readonly date_modified: { readonly $gte: string; readonly $lt?: string } }[]
  readonly offset: number
  readonly max_num: number
  readonly order_by: string
}

function answer({ path, body }: ServiceRequest, tenant: Tenant<SugarTable>): ServiceReply {
  const place = path.slice(ROOT.length)
  const [, module = ''] = /^(\w+)\/filter$/.exec(place) ?? []
  const [, deal] = /^Opportunities\/([\w-]+)\/audit$/.exec(place) ?? []
  if (deal !== undefined) {
    const audits = tenant.table('stage_history').rows()
    const own = audits.filter(({ parent_id: parent }) => parent === deal).toReversed()
    return { status: 200, body: { next_offset: -1, records: own } }
  }
  if (place === 'me') return { status: 200, body: { current_user: CURRENT_USER } }
  if (place === 'metadata') return { status: 200, body: currenciesOf(tenant) }
  const list: SugarTable | undefined = module === 'RevenueLineItems' ? 'lines' : MODULES[module]
  if (list === undefined) return problem(404, 'no_method', 'Could not find a route')
  const asked: Asked = Object(body)
  if (asked.order_by !== 'date_modified:ASC,id:ASC') return problem(422, 'invalid_parameter', 'order_by')
  tenant.turn(list)
  const at = (row: FakeRecord) => Date.parse(String(row['date_modified']))
  const { $gte = '', $lt = FAR } = asked.filter[0]?.date_modified ?? {}
  const [since, before] = [Date.parse($gte), Date.parse($lt)]
  const rows = tenant
    .table(list)
    .rows()
    .filter((row) => at(row) >= since && at(row) < before)
    .toSorted((a, b) => at(a) - at(b) || (String(a['id']) < String(b['id']) ? -1 : 1))
  const records = tenant
    .page(rows, asked.offset, asked.max_num)
    .map((row) => ({ ...row, _module: module, _acl: { fields: {} } }))
  const next = asked.offset + records.length
  return { status: 200, body: { next_offset: next < rows.length ? next : -1, records } }
}

/** All currencies by their ids, the site's own among them. */
function currenciesOf(tenant: Tenant<SugarTable>): FakeRecord {
  const base = { name: 'Euro', symbol: '€', iso4217: 'EUR', conversion_rate: '1.000000', status: 'Active' }
  const others = tenant
    .table('currencies')
    .rows()
    .map((row) => [row['id'], row])
  return { currencies: { [BASE_CURRENCY]: base, ...Object.fromEntries(others) }, _hash: 'demo' }
}

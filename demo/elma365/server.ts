import { createSales, type Sales } from '../service/sales.ts'
import type { ServiceReply, ServiceRequest } from '../service/server.ts'
import type { FakeRecord } from '../service/table.ts'
import { startTenant, type FakeTenant, type Tenant } from '../service/tenant.ts'
import { bearer, STATIC_TOKEN } from '../service/token.ts'
import { elmaRows, STATUS_SETTINGS, time } from './records.ts'

const ROOT = '/pub/v1/'
const LARGEST_PAGE = 100
const GROUPS = 'scheme/groups/list'

const PATHS: Readonly<Record<string, ElmaTable>> = {
  'user/list': 'users',
  [GROUPS]: 'groups',
  'app/_clients/_companies/list': 'companies',
  'app/_clients/_contacts/list': 'contacts',
  'app/_clients/_leads/list': 'leads',
  'app/_clients/_deals/list': 'deals',
  'app/_clients/_tasks/list': 'tasks',
  'app/_clients/_positions/list': 'lines',
}

export type ElmaTable = keyof ReturnType<typeof elmaRows>
export type FakeElma365 = FakeTenant<ElmaTable> & { readonly token: string; readonly groups: typeof GROUPS }
export type FakeElmaOptions = { readonly now: () => number; readonly sales?: Sales }

/** Serves the generated company as the public API does: a refusal has status 200, amounts are in cents, links are lists. */
export async function startFakeElma365({
  now,
  sales = createSales(),
}: FakeElmaOptions): Promise<FakeElma365> {
  const tenant = await startTenant<ElmaTable>({
    ...{ tables: elmaRows(sales), page: LARGEST_PAGE },
    touch: (id) => ({ __id: id, __updatedAt: time(now()) }),
    behaviour: (state) => ({
      isFree: () => false,
      tooManyCalls: () => ({ status: 429, body: { success: false, error: 'too many requests' } }),
      expireTokens: () => undefined,
      answer: (request) =>
        bearer(request.headers) === STATIC_TOKEN ? answer(request, state) : refusal('token is not valid'),
    }),
  })
  return { ...tenant, token: STATIC_TOKEN, groups: GROUPS }
}

function refusal(error: string): ServiceReply {
  return { status: 200, body: { success: false, error } }
}

type Asked = {
  readonly from?: number
  readonly size?: number
  readonly filter?: { readonly eql?: { readonly query: string } }
}

function answer({ path, body }: ServiceRequest, tenant: Tenant<ElmaTable>): ServiceReply {
  const place = path.slice(ROOT.length)
  if (place === 'app/_clients/_deals/settings/status')
    return { status: 200, body: { success: true, error: '', result: STATUS_SETTINGS } }
  const list = PATHS[place]
  if (list === undefined) return { status: 404, body: { success: false, error: 'not found' } }
  tenant.turn(list)
  const { from = 0, size = 10, filter }: Asked = Object(body)
  const bounds = boundsOf(filter?.eql?.query)
  if (bounds === null) return refusal('eql: syntax error')
  const rows = tenant
    .table(list)
    .rows()
    .filter((row) => isWithin(Date.parse(String(row['__updatedAt'])), bounds))
    .toSorted(byKey)
  const result = tenant.page(rows, from, size)
  return { status: 200, body: { success: true, error: '', result: { total: rows.length, result } } }
}

type Bounds = readonly [since: number, before: number]

const isWithin = (at: number, [since, before]: Bounds) => at >= since && at < before

const QUERY =
  /^\[__updatedAt\] >= Datetime\(([\d,]+),'UTC'\) AND \[__updatedAt\] < Datetime\(([\d,]+),'UTC'\)$/

/** The one form of EQL that the connector uses; null for any other. */
function boundsOf(query: string | undefined): Bounds | null {
  if (query === undefined) return [Number.NEGATIVE_INFINITY, Infinity]
  const [, since, before] = QUERY.exec(query) ?? []
  return since === undefined || before === undefined ? null : [timeOf(since), timeOf(before)]
}

function timeOf(list: string): number {
  const [year = 0, month = 1, ...rest] = list.split(',').map(Number)
  return Date.UTC(year, month - 1, ...rest)
}

function byKey(a: FakeRecord, b: FakeRecord): number {
  return String(a['__id']) < String(b['__id']) ? -1 : 1
}

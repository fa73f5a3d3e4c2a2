import { createSales, type Sales } from '../service/sales.ts'
import type { ServiceReply, ServiceRequest } from '../service/server.ts'
import type { FakeRecord } from '../service/table.ts'
import { startTenant, type FakeTenant, type Tenant } from '../service/tenant.ts'
import { bearer, createServiceTokens, type ServiceTokens } from '../service/token.ts'
import { megaplanRows, time } from './records.ts'

const LOGIN = { user: 'embut@example.com', password: 'demo-password' } as const
const ROOT = '/api/v3/'
const TOKENS = `${ROOT}auth/access_token`
const LARGEST_PAGE = 100

const PATHS: Readonly<Record<string, MegaplanTable>> = {
  employee: 'users',
  department: 'departments',
  'deal/availablePrograms': 'pipelines',
  contractor: 'clients',
  deal: 'deals',
  task: 'tasks',
  todo: 'todos',
  'deal/extraFields': 'fields',
}

export type MegaplanTable = keyof ReturnType<typeof megaplanRows>
export type FakeMegaplan = FakeTenant<MegaplanTable> & { readonly auth: typeof LOGIN }
export type FakeMegaplanOptions = { readonly now: () => number; readonly sales?: Sales }

/** Serves the generated company as version 3 does: a query is one JSON document, a related entity is whole only once. */
export async function startFakeMegaplan({
  now,
  sales = createSales(),
}: FakeMegaplanOptions): Promise<FakeMegaplan> {
  const tokens = createServiceTokens(now)
  const tenant = await startTenant<MegaplanTable>({
    ...{ tables: megaplanRows(sales), page: LARGEST_PAGE },
    touch: (id, table) => ({
      id,
      ...(table === 'deals' ? { contentType: 'Deal', timeUpdated: time(now()) } : {}),
    }),
    behaviour: (state) => ({
      isFree: ({ path }) => path === TOKENS,
      tooManyCalls: () => ({ ...problem(429, 'Too many requests'), headers: { 'retry-after': '20' } }),
      expireTokens: () => tokens.expire(),
      answer: (request) => {
        if (request.path === TOKENS) return grant(request, tokens)
        // A refusal has status 200 here.
        if (!tokens.isGood(bearer(request.headers))) return { ...problem(401, 'Token expired'), status: 200 }
        return answer(request, state)
      },
    }),
  })
  return { ...tenant, auth: LOGIN }
}

function problem(status: number, message: string): ServiceReply {
  return { status, body: { meta: { status, errors: [{ field: null, message }] }, data: null } }
}

function grant({ body }: ServiceRequest, tokens: ServiceTokens): ServiceReply {
  const { username, password, grant_type: kind } = Object(body)
  if (username !== LOGIN.user || password !== LOGIN.password || kind !== 'password')
    return problem(400, 'The user credentials were incorrect')
  const { access, seconds } = tokens.issue()
  return {
    status: 200,
    body: { access_token: access, expires_in: seconds, token_type: 'bearer', scope: null },
  }
}

type Query = {
  readonly limit?: number
  readonly fields?: readonly string[]
  readonly pageAfter?: { readonly contentType?: string; readonly id: string }
  readonly filter?: { readonly config: { readonly termGroup: { readonly terms: readonly [Term] } } }
}
type Day = { readonly year: number; readonly month: number; readonly day: number }
type Term = { readonly field: string; readonly value: { readonly from: Day; readonly to: Day } }

function answer({ path, query }: ServiceRequest, tenant: Tenant<MegaplanTable>): ServiceReply {
  const list = PATHS[path.slice(ROOT.length)]
  if (list === undefined) return problem(404, 'Not found')
  const text = [...query.keys()][0] ?? '{}'
  const asked: Query = JSON.parse(text)
  if (list !== 'fields') tenant.turn(list)
  const { limit = LARGEST_PAGE, pageAfter, filter, fields = [] } = asked
  const stranger = fields.find((name) => isOwn(name) && tenant.table('fields').get(name) === undefined)
  if (stranger !== undefined) return problem(422, `Unknown field ${stranger}`)
  const rows = tenant.table(list).rows().filter(within(filter?.config.termGroup.terms[0]))
  const position = pageAfter === undefined ? -1 : rows.findIndex(({ id }) => id === pageAfter.id)
  if (pageAfter !== undefined && (position === -1 || pageAfter.contentType === 'Contractor'))
    return problem(422, 'pageAfter is not in the list')
  const data = tenant.page(rows, position + 1, limit).map((row) => shaped(row, fields))
  return {
    status: 200,
    body: { meta: { status: 200, errors: [], pagination: { count: data.length, limit } }, data },
  }
}

const isOwn = (name: string) => name.startsWith('Category')

const UNASKED = ['result', 'contact', 'positions']

/** A list has the less common fields, and those of the tenant's own, only where they are asked for. */
function shaped(row: FakeRecord, fields: readonly string[]): FakeRecord {
  const isRare = (name: string) => isOwn(name) || UNASKED.includes(name)
  return Object.fromEntries(Object.entries(row).filter(([name]) => !isRare(name) || fields.includes(name)))
}

const startOf = ({ year, month, day }: Day) => Date.UTC(year, month, day)
const DAY = 86_400_000

/** Whole days, both within. */
function within(term: Term | undefined): (row: FakeRecord) => boolean {
  if (term === undefined) return () => true
  const { field, value } = term
  return (row) => {
    const at = Date.parse(String(Object(row[field]).value))
    return at >= startOf(value.from) - DAY && at < startOf(value.to) + 2 * DAY
  }
}

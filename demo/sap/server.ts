import { filterOf, orderOf, selectOf } from '../service/odata.ts'
import { createSales, type Sales } from '../service/sales.ts'
import {
  startService,
  type RunningService,
  type ServiceFaults,
  type ServiceReply,
  type ServiceRequest,
} from '../service/server.ts'
import { createTable, tableNamed, type FakeTable } from '../service/table.ts'
import * as records from './records.ts'

const LOGIN = { user: '_EMBUT', password: 'demo-password' } as const
const ROOT = '/sap/c4c/odata/v1/c4codataapi/'
const LARGEST_PAGE = 1000

/** Collections by the name under which the connector has them. */
const SETS = {
  users: 'EmployeeCollection',
  companies: 'CorporateAccountCollection',
  individuals: 'IndividualCustomerCollection',
  contacts: 'ContactCollection',
  leads: 'LeadCollection',
  deals: 'OpportunityCollection',
  lines: 'OpportunityItemCollection',
  tasks: 'TasksCollection',
  appointments: 'AppointmentCollection',
  phone_calls: 'PhoneCallCollection',
} as const
export type SapTable = keyof typeof SETS

export type FakeSap = RunningService & {
  readonly faults: ServiceFaults
  readonly auth: typeof LOGIN
  /** Largest page; the documented 1,000 unless a test makes it smaller. */
  readonly limits: { page: number }
  table(name: SapTable): FakeTable
}

export type FakeSapOptions = {
  readonly now: () => number
  readonly sales?: Sales
  readonly latencyMs?: number
}

/** Serves the generated company as Cloud for Customer does: OData 2, decimals as text, times as `/Date(…)/`. */
export async function startFakeSap({
  now,
  sales = createSales(),
  latencyMs,
}: FakeSapOptions): Promise<FakeSap> {
  const tables = createTables(sales, now)
  const faults: ServiceFaults = {}
  const limits = { page: LARGEST_PAGE }
  const tenant = { tables, faults, limits, pages: { count: 0 } }
  const service = await startService({
    faults,
    ...(latencyMs === undefined ? {} : { latencyMs }),
    behaviour: {
      isFree: () => false,
      tooManyCalls: () => ({ status: 429, body: null, headers: { 'retry-after': '30' } }),
      expireTokens: () => undefined,
      answer: (request) => answer(request, tenant),
    },
  })
  return { ...service, faults, auth: LOGIN, limits, table: (name) => tableNamed(tables, name) }
}

function createTables(sales: Sales, now: () => number): ReadonlyMap<string, FakeTable> {
  const touch = (id: string) => ({ ObjectID: id, EntityLastChangedOn: records.dotnet(now()) })
  const rows: Readonly<Record<SapTable, Iterable<records.Row>>> = {
    users: records.employeeRows(sales),
    companies: records.accountRows(sales),
    individuals: [],
    contacts: records.contactRows(sales),
    leads: [],
    deals: records.dealRows(sales),
    lines: records.lineRows(sales),
    tasks: records.activityRows(sales, false),
    appointments: records.activityRows(sales, true),
    phone_calls: records.callRows(sales),
  }
  return new Map(Object.entries(rows).map(([name, each]) => [name, createTable(each, touch)]))
}

type Tenant = {
  readonly tables: ReadonlyMap<string, FakeTable>
  readonly faults: ServiceFaults
  readonly limits: { readonly page: number }
  readonly pages: { count: number }
}

function problem(status: number, value: string): ServiceReply {
  return { status, body: { error: { code: '', message: { lang: 'en', value } } } }
}

function answer(
  { path, query, headers }: ServiceRequest,
  { tables, faults, limits, pages }: Tenant,
): ServiceReply {
  const login = Buffer.from(`${LOGIN.user}:${LOGIN.password}`).toString('base64')
  if (headers['authorization'] !== `Basic ${login}`) return problem(401, 'Logon failed')
  if (query.get('$format') !== 'json') return { status: 200, body: '<feed/>' }
  const set = path.slice(ROOT.length)
  const [name] = Object.entries(SETS).find(([, each]) => each === set) ?? []
  if (name === undefined) return problem(404, `Resource not found for segment ${set}`)
  const filter = query.get('$filter')
  if (filter?.includes(" datetime'")) return problem(400, "Invalid parametertype used at function 'ge'")
  pages.count += 1
  faults.onPage?.({ list: name, number: pages.count })
  const matches = filterOf(filter)
  if (matches === null) return problem(400, 'Invalid system query options value')
  const rows = tableNamed(tables, name)
    .rows()
    .filter(matches)
    .toSorted(orderOf(query.get('$orderby')))
  const skip = Number(query.get('$skip') ?? 0)
  const top = Math.min(limits.page, Number(query.get('$top') ?? limits.page))
  const start = faults.repeatsBorder && skip > 0 ? skip - 1 : skip
  const results = rows.slice(start, skip + top).map(selectOf(query.get('$select')))
  const count = query.get('$inlinecount') === 'allpages' ? { __count: String(rows.length) } : {}
  return { status: 200, body: { d: { ...count, results } } }
}

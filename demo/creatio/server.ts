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

const LOGIN = { user: 'Supervisor', password: 'demo-password' } as const
const LOGIN_PATH = '/ServiceModel/AuthService.svc/Login'
const ROOT = '/0/odata/'

/** Sets by the name under which the connector has them. */
const SETS = {
  users: 'SysAdminUnit',
  departments: 'Department',
  stages: 'OpportunityStage',
  close_reasons: 'OpportunityCloseReason',
  lead_sources: 'LeadSource',
  lead_statuses: 'QualifyStatus',
  call_directions: 'CallDirection',
  activity_statuses: 'ActivityStatus',
  activity_types: 'ActivityType',
  products: 'Product',
  companies: 'Account',
  contacts: 'Contact',
  leads: 'Lead',
  deals: 'Opportunity',
  stage_history: 'OpportunityInStage',
  lines: 'OpportunityProductInterest',
  invoices: 'Invoice',
  activities: 'Activity',
  calls: 'Call',
} as const
export type CreatioTable = keyof typeof SETS

export type FakeCreatio = RunningService & {
  readonly faults: ServiceFaults
  readonly auth: typeof LOGIN
  /** How often somebody was let in. */
  logins(): number
  table(name: CreatioTable): FakeTable
}

export type FakeCreatioOptions = {
  readonly now: () => number
  readonly sales?: Sales
  readonly latencyMs?: number
}

/** Serves the generated company as Creatio on .NET Framework does: a session in cookies, whose mark comes as a header. */
export async function startFakeCreatio(options: FakeCreatioOptions): Promise<FakeCreatio> {
  const { now, sales = createSales(), latencyMs } = options
  const tables = createTables(sales, now)
  const sessions = createSessions()
  const faults: ServiceFaults = {}
  const application = { tables, faults, pages: { count: 0 } }
  const service = await startService({
    faults,
    ...(latencyMs === undefined ? {} : { latencyMs }),
    behaviour: {
      isFree: ({ path }) => path === LOGIN_PATH,
      tooManyCalls: () => ({ status: 429, body: null }),
      expireTokens: () => sessions.end(),
      answer: (request) => {
        if (request.path === LOGIN_PATH) return sessions.begin(request)
        return sessions.refusal(request) ?? answer(request, application)
      },
    },
  })
  return {
    ...service,
    faults,
    auth: LOGIN,
    logins: () => sessions.count(),
    table: (name) => tableNamed(tables, name),
  }
}

function createTables(sales: Sales, now: () => number): ReadonlyMap<string, FakeTable> {
  const touch = (id: string) => ({ Id: id, ModifiedOn: new Date(now()).toISOString() })
  const rows: Readonly<Record<CreatioTable, Iterable<records.Row>>> = {
    users: records.userRows(sales),
    departments: records.departmentRows(),
    stages: records.stageRows(),
    close_reasons: records.reasonRows(),
    lead_sources: records.sourceRows(),
    lead_statuses: records.leadStatusRows(),
    call_directions: records.directionRows(),
    activity_statuses: records.statusRows(),
    activity_types: records.typeRows(),
    products: records.productRows(sales),
    companies: records.accountRows(sales),
    contacts: records.contactRows(sales),
    leads: records.leadRows(sales),
    deals: records.dealRows(sales),
    stage_history: records.stayRows(sales),
    lines: records.lineRows(sales),
    invoices: records.invoiceRows(sales),
    activities: records.activityRows(sales),
    calls: records.callRows(sales),
  }
  return new Map(Object.entries(rows).map(([name, each]) => [name, createTable(each, touch)]))
}

function createSessions() {
  let current: { readonly ticket: string; readonly mark: string } | null = null
  let count = 0
  return {
    count: () => count,
    end: () => void (current = null),
    begin({ body }: ServiceRequest): ServiceReply {
      const { UserName, UserPassword } = Object(body)
      if (UserName !== LOGIN.user || UserPassword !== LOGIN.password)
        return { status: 200, body: { Code: 1, Message: 'The user name or password is incorrect' } }
      count += 1
      current = { ticket: `ticket-${count}`, mark: `mark-${count}` }
      const cookies = [`.ASPXAUTH=${current.ticket}; path=/; HttpOnly`, `BPMCSRF=${current.mark}; path=/`]
      return { status: 200, body: { Code: 0, Message: '' }, headers: { 'set-cookie': cookies } }
    },
    /** What a request without a good session gets. */
    refusal({ headers }: ServiceRequest): ServiceReply | null {
      const isIn = current !== null && String(headers['cookie']).includes(`.ASPXAUTH=${current.ticket}`)
      if (!isIn) return { status: 401, body: null }
      return headers['bpmcsrf'] === current?.mark ? null : { status: 403, body: null }
    },
  }
}

type Application = {
  readonly tables: ReadonlyMap<string, FakeTable>
  readonly faults: ServiceFaults
  readonly pages: { count: number }
}

function answer(
  { path, query, origin }: ServiceRequest,
  { tables, faults, pages }: Application,
): ServiceReply {
  const set = path.slice(ROOT.length)
  const [name] = Object.entries(SETS).find(([, each]) => each === set) ?? []
  if (name === undefined) return { status: 404, body: { error: { code: '', message: `No resource ${set}` } } }
  pages.count += 1
  faults.onPage?.({ list: name, number: pages.count })
  const matches = filterOf(query.get('$filter'))
  if (matches === null)
    return { status: 400, body: { error: { code: '', message: 'The query is not valid' } } }
  const rows = tableNamed(tables, name)
    .rows()
    .filter(matches)
    .toSorted(orderOf(query.get('$orderby')))
  const skip = Number(query.get('$skip') ?? 0)
  const start = faults.repeatsBorder && skip > 0 ? skip - 1 : skip
  const value = rows
    .slice(start, skip + Number(query.get('$top') ?? rows.length))
    .map(selectOf(query.get('$select')))
  return { status: 200, body: { '@odata.context': `${origin}${ROOT}$metadata#${set}`, value } }
}

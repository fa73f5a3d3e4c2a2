import { companiesOf, contactsOf, dealsOf, peopleOf, tasksOf } from '../service/crm.ts'
import { linesOf } from '../company/sale.ts'
import { guidOf } from '../service/guid.ts'
import { filterOf, orderOf, selectOf } from '../service/odata.ts'
import { createSales, type Sales } from '../service/sales.ts'
import type { ServiceReply, ServiceRequest } from '../service/server.ts'
import type { FakeRecord } from '../service/table.ts'
import { startTenant, type FakeTenant, type Row, type Tenant } from '../service/tenant.ts'

const LOGIN = { user: 'EMBUT', password: 'demo-password' } as const
const CLIENT = '100'
const ROOT = '/sap/opu/odata/sap/'

const SETS: Readonly<Record<string, SapCrmTable>> = {
  'CRM_BUPA_ODATA/EmployeeCollection': 'users',
  'CRM_BUPA_ODATA/AccountCollection': 'companies',
  'CRM_BUPA_ODATA/ContactCollection': 'contacts',
  'CRM_OPPORTUNITY/Opportunities': 'deals',
  'CRM_TASK/Tasks': 'tasks',
  'ZCRM_OPPORTUNITY_SRV/Items': 'lines',
  'ZCRM_LEAD_SRV/Leads': 'leads',
}

export type SapCrmTable = 'users' | 'companies' | 'contacts' | 'deals' | 'tasks' | 'lines' | 'leads'
export type FakeSapCrm = FakeTenant<SapCrmTable> & { readonly auth: typeof LOGIN; readonly client: string }
export type FakeSapCrmOptions = { readonly now: () => number; readonly sales?: Sales }

/** Serves the generated company as the gateway of SAP CRM does: OData 2, a client of the system, partners by numbers. */
export async function startFakeSapCrm({
  now,
  sales = createSales(),
}: FakeSapCrmOptions): Promise<FakeSapCrm> {
  const tenant = await startTenant<SapCrmTable>({
    tables: {
      users: userRows(sales),
      companies: companyRows(sales),
      contacts: contactRows(sales),
      deals: dealRows(sales),
      tasks: taskRows(sales),
      lines: lineRows(sales),
      leads: leadRows(sales),
    },
    page: 500,
    touch: (id, table) => ({ ...(table === 'deals' ? { ObjectId: id } : {}), ChangedAt: dotnet(now()) }),
    behaviour: (state) => ({
      isFree: () => false,
      tooManyCalls: () => ({ status: 503, body: null, headers: { 'retry-after': '15' } }),
      expireTokens: () => undefined,
      answer: (request) => answer(request, state),
    }),
  })
  return { ...tenant, auth: LOGIN, client: CLIENT }
}

const dotnet = (instant: number) => `/Date(${instant})/`
const partner = (kind: number, id: number | null) =>
  id === null ? '' : String(kind * 1e9 + id).padStart(10, '0')

const entity = (set: string, id: string, fields: FakeRecord): Row => {
  const uri = `${ROOT}${set}('${id}')`
  return [id, { __metadata: { uri, type: set }, ...fields, Notes: { __deferred: { uri: `${uri}/Notes` } } }]
}

function userRows(sales: Sales): readonly Row[] {
  return peopleOf(sales).map((each) => {
    const employeeID = partner(1, each.id)
    const more = { email: each.email, phone: each.extension, department: each.departmentName }
    const fields = { employeeID, fullName: each.name, ...more, ChangedAt: dotnet(each.changedAt) }
    return entity('EmployeeCollection', employeeID, fields)
  })
}

function companyRows(sales: Sales): readonly Row[] {
  return companiesOf(sales).map((each) => {
    const accountID = partner(2, each.id)
    return entity('AccountCollection', accountID, {
      ...{ accountID, category: '2', fullName: each.title, phone: each.phone, email: each.email },
      ...{
        industry: each.sector,
        city: each.city,
        country: 'DE',
        employeeResponsibleID: partner(1, each.owner),
      },
      ...{ CreatedAt: dotnet(each.createdAt), ChangedAt: dotnet(each.createdAt) },
    })
  })
}

function contactRows(sales: Sales): readonly Row[] {
  return contactsOf(sales).map((each) => {
    const contactID = partner(3, each.id)
    return entity('ContactCollection', contactID, {
      ...{ contactID, accountID: partner(2, each.company), fullName: each.name, phone: each.phone ?? '' },
      ...{ email: each.email ?? '', employeeResponsibleID: partner(1, each.owner) },
      ...{ CreatedAt: dotnet(each.createdAt), ChangedAt: dotnet(each.createdAt) },
    })
  })
}

function dealRows(sales: Sales): readonly Row[] {
  return dealsOf(sales).map((deal) => {
    const ObjectId = String(deal.id).padStart(10, '0')
    return entity('Opportunities', ObjectId, {
      ...{ ObjectId, Description: deal.title, ProcessTypeTxt: deal.pipeline.name },
      ...{
        CurrPhaseText: deal.openStage.name,
        StatusText: { P: 'In process', S: 'Won', F: 'Lost' }[deal.stage.semantics],
      },
      ...{ EmployeeResponsibleId: partner(1, deal.owner), ProspectNumber: partner(2, deal.company) },
      ...{ MainContactId: partner(3, deal.contact), ExpRevenue: deal.amount.toFixed(2), CurrencyCode: 'EUR' },
      ...{
        Probability: '40',
        ClosingDate: dotnet(deal.closedAt ?? deal.expectedAt),
        SourceText: deal.source.name,
      },
      ...{
        ReasonText: deal.lostReason ?? '',
        CreatedAt: dotnet(deal.createdAt),
        ChangedAt: dotnet(deal.changedAt),
      },
    })
  })
}

function taskRows(sales: Sales): readonly Row[] {
  return tasksOf(sales).map((each) => {
    const Guid = guidOf(30, each.id)
    return entity('Tasks', Guid, {
      ...{ Guid, Description: each.subject, TransactionTypeTxt: each.isMeeting ? 'Appointment' : 'Task' },
      ...{ StatusTxt: each.doneAt === null ? 'Open' : 'Completed', DueDate: dotnet(each.dueAt) },
      ...{ ResponsibleId: partner(1, each.owner), ContactId: partner(3, each.contact) },
      ...{ OpportunityId: String(each.deal).padStart(10, '0'), CreatedAt: dotnet(each.createdAt) },
      ...{ ChangedAt: dotnet(each.changedAt), CompletedAt: each.doneAt === null ? '' : dotnet(each.doneAt) },
    })
  })
}

/** Requests that came by a campaign were leads first. */
function leadRows(sales: Sales): readonly Row[] {
  return dealsOf(sales)
    .filter(({ source }) => source.utm !== null)
    .map((deal) => {
      const ObjectId = String(500_000 + deal.id).padStart(10, '0')
      return entity('Leads', ObjectId, {
        ...{ ObjectId, Description: deal.title, StatusText: 'Won', SourceText: deal.source.name },
        ...{ OpportunityId: String(deal.id).padStart(10, '0'), ProspectNumber: partner(2, deal.company) },
        ...{ EmployeeResponsibleId: partner(1, deal.owner), MainContactId: partner(3, deal.contact) },
        ...{ CreatedAt: dotnet(deal.createdAt), ChangedAt: dotnet(deal.createdAt) },
      })
    })
}

function lineRows(sales: Sales): readonly Row[] {
  return linesOf(sales).map(({ deal, id, product, quantity, price }) => {
    const ItemGuid = guidOf(31, id)
    return entity('Items', ItemGuid, {
      ...{ ItemGuid, OpportunityId: String(deal.id).padStart(10, '0'), ProductName: product },
      ...{ Quantity: quantity.toFixed(3), NetValue: (quantity * price).toFixed(2) },
      ChangedAt: dotnet(deal.createdAt),
    })
  })
}

function problem(status: number, value: string): ServiceReply {
  return { status, body: { error: { code: 'SY/530', message: { lang: 'en', value } } } }
}

function answer({ path, query, headers }: ServiceRequest, tenant: Tenant<SapCrmTable>): ServiceReply {
  const login = Buffer.from(`${LOGIN.user}:${LOGIN.password}`).toString('base64')
  if (headers['authorization'] !== `Basic ${login}` || query.get('sap-client') !== CLIENT)
    return problem(401, 'Logon failed')
  const list = SETS[path.slice(ROOT.length)]
  if (list === undefined) return problem(403, 'No service found')
  tenant.turn(list)
  const matches = filterOf(query.get('$filter'))
  if (matches === null) return problem(400, 'Invalid query')
  const rows = tenant
    .table(list)
    .rows()
    .filter(matches)
    .toSorted(orderOf(query.get('$orderby')))
  const shown = tenant.page(rows, Number(query.get('$skip')), Number(query.get('$top')))
  const results = shown.map(selectOf(query.get('$select')))
  return { status: 200, body: { d: { __count: String(rows.length), results } } }
}

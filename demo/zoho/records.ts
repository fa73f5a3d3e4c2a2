import { PIPELINES, PRODUCTS } from '../company/catalogue.ts'
import { callsOf, companiesOf, contactsOf, dealsOf, movesOf, peopleOf, tasksOf } from '../service/crm.ts'
import { invoicesOf, linesOf, requestsOf } from '../company/sale.ts'
import { OWN_FIELDS, ownColumns } from '../service/own-fields.ts'
import type { Sales } from '../service/sales.ts'
import type { FakeRecord } from '../service/table.ts'
import type { Row } from '../service/tenant.ts'

/** The first part of the number tells the kind of the record. */
const KINDS = [
  '',
  'user',
  'account',
  'contact',
  'deal',
  'task',
  'call',
  'product',
  'move',
  'setting',
  'invoice',
  'line',
  'lead',
] as const
type Kind = (typeof KINDS)[number]

/** Ids have 19 digits, which a double cannot hold. */
const idOf = (kind: Kind, number: number) =>
  `3652397${String(KINDS.indexOf(kind) * 1e9 + number).padStart(12, '0')}`

const link = (kind: Kind, number: number | null) => (number === null ? null : { id: idOf(kind, number) })

const record = (kind: Kind, { id, owner }: { id: number; owner?: number }, fields: FakeRecord): Row => [
  idOf(kind, id),
  { id: idOf(kind, id), ...(owner === undefined ? {} : { Owner: link('user', owner) }), ...fields },
]

export function zohoRows(sales: Sales) {
  return {
    users: userRows(sales),
    companies: companyRows(sales),
    contacts: contactRows(sales),
    leads: leadRows(sales, false),
    converted_leads: leadRows(sales, true),
    deals: dealRows(sales),
    stage_history: moveRows(sales),
    tasks: activityRows(sales, false),
    meetings: activityRows(sales, true),
    calls: callRows(sales),
    products: productRows(sales),
    invoices: invoiceRows(sales),
    lines: lineRows(sales),
    fields: fieldRows(),
  }
}

const times = ({ world }: Sales, createdAt: number, changedAt = createdAt) => ({
  Created_Time: world.clock.iso(createdAt),
  Modified_Time: world.clock.iso(changedAt),
})

function userRows(sales: Sales): readonly Row[] {
  return peopleOf(sales).map(
    ({ id, name, email, extension, department, departmentName, isActive, changedAt }) =>
      record(
        'user',
        { id },
        {
          ...{
            full_name: name,
            email,
            phone: extension,
            role: { id: String(department), name: departmentName },
          },
          ...{ status: isActive ? 'active' : 'disabled', ...times(sales, changedAt) },
        },
      ),
  )
}

function companyRows(sales: Sales): readonly Row[] {
  return companiesOf(sales).map((each) =>
    record('account', each, {
      ...{ Account_Name: each.title, Phone: each.phone, Industry: each.sector, Billing_City: each.city },
      ...{ Billing_Country: 'Germany', ...times(sales, each.createdAt) },
    }),
  )
}

function contactRows(sales: Sales): readonly Row[] {
  return contactsOf(sales).map((each) =>
    record('contact', each, {
      ...{ Full_Name: each.name, Account_Name: link('account', each.company), Phone: each.phone },
      ...{ Mobile: null, Email: each.email, Lead_Source: null, Email_Opt_Out: false },
      ...times(sales, each.createdAt),
    }),
  )
}

const LEAD_STATUSES = { open: 'Contacted', converted: 'Contacted', lost: 'Not Qualified' }

/** Leads that were converted are in no list but that of such leads. */
function leadRows(sales: Sales, wanted: boolean): readonly Row[] {
  return requestsOf(sales)
    .filter(({ isConverted }) => isConverted === wanted)
    .map(({ deal, outcome }) =>
      record(
        'lead',
        { id: deal.id, owner: deal.owner },
        {
          ...{ Full_Name: `Asker ${deal.id}`, Company: deal.title, Phone: null, Mobile: null, Email: null },
          ...{ Lead_Source: deal.source.name, Lead_Status: LEAD_STATUSES[outcome] },
          ...(wanted ? { Converted_Deal: link('deal', deal.id), ...convertedAt(sales, deal) } : {}),
          ...times(sales, deal.createdAt),
        },
      ),
    )
}

function convertedAt({ world }: Sales, { createdAt }: { createdAt: number }): FakeRecord {
  return {
    Converted_Account: null,
    Converted_Contact: null,
    Converted_Date_Time: world.clock.iso(createdAt),
  }
}

const ownName = (name: string) => `Nordwind_${name}`

/** Fields of deals, those of the service too. */
function fieldRows(): readonly Row[] {
  const standard = { api_name: 'Deal_Name', field_label: 'Deal Name', data_type: 'text', custom_field: false }
  const types = { list: 'picklist', several: 'multiselectpicklist', number: 'double' } as const
  const own = OWN_FIELDS.map(({ name, label, kind, values }): Row => {
    const pick_list_values = Object.entries(values).map(([value, said]) => ({
      ...{ actual_value: value, display_value: said },
    }))
    const described = { api_name: ownName(name), field_label: label, data_type: types[kind] }
    return [ownName(name), { ...described, custom_field: true, module: 'Deals', pick_list_values }]
  })
  const marks = ['UTM_Source', 'UTM_Medium'].map((name): Row => {
    const described = { api_name: name, field_label: name.replace('_', ' '), data_type: 'text' }
    return [name, { ...described, custom_field: true, module: 'Deals', pick_list_values: [] }]
  })
  return [['Deal_Name', { ...standard, module: 'Deals', pick_list_values: [] }], ...own, ...marks]
}

function dealRows(sales: Sales): readonly Row[] {
  return dealsOf(sales).map((deal) =>
    record('deal', deal, {
      ...{ Deal_Name: deal.title, Pipeline: { name: deal.pipeline.name, id: pipelineId(deal.pipeline.id) } },
      ...{ Stage: deal.stage.name, Amount: deal.amount, Probability: 40, Type: 'New Business' },
      ...ownColumns(deal, ownName, (values) => values),
      ...{ UTM_Source: deal.source.utm?.[0] ?? null, UTM_Medium: deal.source.utm?.[1] ?? null },
      ...{ Currency: deal.money.currency, Reason_For_Loss__s: deal.lostReason },
      Closing_Date: sales.world.clock.day(deal.closedAt ?? deal.expectedAt),
      ...{ Lead_Source: deal.source.name, Account_Name: link('account', deal.company) },
      ...{ Contact_Name: link('contact', deal.contact), ...times(sales, deal.createdAt, deal.changedAt) },
    }),
  )
}

function moveRows(sales: Sales): readonly Row[] {
  return movesOf(sales).map(({ deal, stage, at }, index) =>
    record(
      'move',
      { id: index + 1 },
      {
        ...{ dealId: idOf('deal', deal.id), Stage: stage.name, Amount: deal.money.amount / 100 },
        ...{ Modified_Time: sales.world.clock.iso(at), Modified_By: link('user', deal.owner) },
      },
    ),
  )
}

function activityRows(sales: Sales, isMeeting: boolean): readonly Row[] {
  const { clock } = sales.world
  return tasksOf(sales)
    .filter((each) => each.isMeeting === isMeeting)
    .map((each) => {
      const { dueAt, doneAt, subject } = each
      const meeting = {
        Event_Title: subject,
        Start_DateTime: clock.iso(dueAt),
        End_DateTime: clock.iso(dueAt),
      }
      const done = { Status: 'Completed', Closed_Time: doneAt === null ? null : clock.iso(doneAt) }
      const task = { Subject: subject, Due_Date: clock.day(dueAt), Status: 'Not Started', Closed_Time: null }
      return record('task', each, {
        ...(isMeeting ? meeting : { ...task, ...(doneAt === null ? {} : done) }),
        ...{ What_Id: link('deal', each.deal), Who_Id: link('contact', each.contact) },
        ...times(sales, each.createdAt, each.changedAt),
      })
    })
}

function callRows(sales: Sales): readonly Row[] {
  return callsOf(sales).map((call) =>
    record('call', call, {
      ...{ Subject: 'Call', Call_Type: call.isIncoming ? 'Inbound' : 'Outbound' },
      ...{ Call_Start_Time: sales.world.clock.iso(call.at), Call_Duration: minutes(call.seconds) },
      ...{ What_Id: link('deal', call.deal), Who_Id: link('contact', call.contact) },
      ...times(sales, call.at, call.endedAt),
    }),
  )
}

function productRows(sales: Sales): readonly Row[] {
  return PRODUCTS.map(({ name, id: code, price }, index) =>
    record(
      'product',
      { id: index + 1, owner: 1 },
      {
        ...{ Product_Name: name, Product_Code: code, Unit_Price: price },
        ...times(sales, sales.world.period.from),
      },
    ),
  )
}

/** `mm:ss`, the minutes above 59 too. */
function minutes(seconds: number): string {
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')
}

const pipelineId = (id: number) => idOf('setting', id + 1)

export const LAYOUT = { id: idOf('setting', 100), name: 'Standard', status: 'active', sections: [] }

/** The pipelines of the one layout, as the settings give them. */
export const PIPELINE_SETTINGS = PIPELINES.map(({ id, name, stages }) => ({
  ...{ id: pipelineId(id), display_value: name, actual_value: name, default: id === 0 },
  maps: stages.map((stage, index) => ({
    ...{ id: idOf('setting', 1000 + 100 * id + index), display_value: stage.name, actual_value: stage.name },
    ...{ sequence_number: index + 1, forecast_category: { name: 'Pipeline', id: idOf('setting', 200) } },
    forecast_type: { P: 'Open', S: 'Closed Won', F: 'Closed Lost' }[stage.semantics],
  })),
}))

function invoiceRows(sales: Sales): readonly Row[] {
  const { clock } = sales.world
  return invoicesOf(sales).map(({ deal, amount, paid, ...invoice }) =>
    record(
      'invoice',
      { id: invoice.id, owner: deal.owner },
      {
        ...{ Subject: deal.title, Invoice_Number: String(invoice.id), Grand_Total: amount },
        ...{ Status: paid >= amount ? 'Paid' : 'Sent', Currency: deal.money.currency },
        ...{ Deal_Name__s: link('deal', deal.id), Account_Name: null },
        ...{ Invoice_Date: clock.day(invoice.issuedAt), Due_Date: clock.day(invoice.dueAt) },
        ...times(sales, invoice.issuedAt, invoice.paidAt ?? invoice.issuedAt),
      },
    ),
  )
}

/** Lines of invoices: a record has them only when it is asked for alone. */
function lineRows(sales: Sales): readonly Row[] {
  return linesOf({ deals: invoicesOf(sales).map(({ deal }) => deal) }).map(
    ({ deal, id, product, quantity, price }) =>
      record(
        'line',
        { id },
        {
          ...{ Parent_Id: link('invoice', deal.id), Quantity: quantity, List_Price: price },
          ...{ Product_Name: { name: product, id: idOf('product', 1) }, Net_Total: quantity * price },
        },
      ),
  )
}

import type { Stage } from '../company/catalogue.ts'
import { linesOf, requestsOf } from '../company/sale.ts'
import { callsOf, companiesOf, contactsOf, dealsOf, movesOf, peopleOf, tasksOf } from '../service/crm.ts'
import { guidOf } from '../service/guid.ts'
import type { Sales } from '../service/sales.ts'
import type { FakeRecord } from '../service/table.ts'
import type { Row } from '../service/tenant.ts'

const KINDS = [
  '',
  'user',
  'account',
  'contact',
  'deal',
  'task',
  'meeting',
  'call',
  'audit',
  'line',
  'currency',
  'lead',
  'quote',
] as const
type Kind = (typeof KINDS)[number]

export const BASE_CURRENCY = '-99'

export const idOf = (kind: Kind, number: number | null) =>
  number === null ? '' : guidOf(KINDS.indexOf(kind), number)

/** Whole seconds with the offset of the user's zone. */
export const timeOf = (sales: Sales) => (instant: number) => sales.world.clock.iso(instant)

/** Records ("beans") as SugarCRM and SuiteCRM, which came from it, name their fields. */
export function beanRows(sales: Sales) {
  return {
    users: userRows(sales),
    currencies: currencyRows(sales),
    companies: companyRows(sales),
    contacts: contactRows(sales),
    leads: leadRows(sales),
    deals: dealRows(sales),
    tasks: taskRows(sales, 'task'),
    meetings: taskRows(sales, 'meeting'),
    calls: callRows(sales),
  }
}

type Stamps = readonly [created: number, modified: number]

export const bean =
  (sales: Sales, kind: Kind) =>
  (number: number, fields: FakeRecord, [created, modified]: Stamps): Row => {
    const time = timeOf(sales)
    const id = idOf(kind, number)
    return [id, { id, ...fields, date_entered: time(created), date_modified: time(modified) }]
  }

/** Stages that end a deal have the names of the product as it comes. */
export function stageName({ name, semantics }: Stage): string {
  return { P: name, S: 'Closed Won', F: 'Closed Lost' }[semantics]
}

function userRows(sales: Sales): readonly Row[] {
  return peopleOf(sales).map((each) =>
    bean(sales, 'user')(
      each.id,
      {
        ...{
          user_name: each.email,
          first_name: each.firstName,
          last_name: each.lastName,
          email1: each.email,
        },
        ...{ phone_work: each.extension, department: each.departmentName },
        status: each.isActive ? 'Active' : 'Inactive',
      },
      [each.changedAt, each.changedAt],
    ),
  )
}

/** The base currency has no record. */
function currencyRows(sales: Sales): readonly Row[] {
  const at = sales.world.period.from
  const fields = { name: 'US Dollar', symbol: '$', iso4217: 'USD', conversion_rate: '1.1', status: 'Active' }
  return [bean(sales, 'currency')(1, fields, [at, at])]
}

/** Every third deal is in another currency than the base. */
const currencyOf = (deal: number) => (deal % 3 === 0 ? idOf('currency', 1) : BASE_CURRENCY)

function companyRows(sales: Sales): readonly Row[] {
  return companiesOf(sales).map((each) =>
    bean(sales, 'account')(
      each.id,
      {
        ...{ name: each.title, phone_office: each.phone, industry: each.sector, email1: each.email },
        ...{ billing_address_city: each.city, billing_address_country: 'Germany' },
        assigned_user_id: idOf('user', each.owner),
      },
      [each.createdAt, each.createdAt],
    ),
  )
}

function contactRows(sales: Sales): readonly Row[] {
  return contactsOf(sales).map((each) =>
    bean(sales, 'contact')(
      each.id,
      {
        ...{ first_name: each.firstName, last_name: each.lastName, phone_work: each.phone, phone_mobile: '' },
        ...{
          email1: each.email,
          account_id: idOf('account', each.company),
          assigned_user_id: idOf('user', each.owner),
        },
      },
      [each.createdAt, each.createdAt],
    ),
  )
}

function dealRows(sales: Sales): readonly Row[] {
  return dealsOf(sales).map((deal) =>
    bean(sales, 'deal')(
      deal.id,
      {
        ...{
          name: deal.title,
          amount: deal.amount.toFixed(6),
          currency_id: currencyOf(deal.id),
          sales_stage: stageName(deal.stage),
          probability: '40',
        },
        ...{
          date_closed: sales.world.clock.day(deal.closedAt ?? deal.expectedAt),
          lead_source: deal.source.name,
        },
        ...{ account_id: idOf('account', deal.company), contact_id: idOf('contact', deal.contact) },
        assigned_user_id: idOf('user', deal.owner),
      },
      [deal.createdAt, deal.changedAt],
    ),
  )
}

const LEAD_STATUSES = {
  open: ['In Process', 'Qualified'],
  converted: ['Converted', 'Closed - Converted'],
  lost: ['Dead', 'Unqualified'],
} as const

/** Requests with the marks of a campaign came as leads, and some others; an own field ends in `_c`. */
function leadRows(sales: Sales): readonly Row[] {
  return requestsOf(sales).map(({ deal, isConverted, outcome }) =>
    bean(sales, 'lead')(
      deal.id,
      {
        ...{ first_name: '', last_name: deal.title, status: LEAD_STATUSES[outcome][deal.id % 2] },
        ...{ lead_source: deal.source.name, assigned_user_id: idOf('user', deal.owner) },
        opportunity_id: isConverted ? idOf('deal', deal.id) : '',
        ...{ utm_source_c: deal.source.utm?.[0] ?? '', utm_medium_c: deal.source.utm?.[1] ?? '' },
      },
      [deal.createdAt, deal.createdAt],
    ),
  )
}

function taskRows(sales: Sales, kind: 'task' | 'meeting'): readonly Row[] {
  const time = timeOf(sales)
  return tasksOf(sales)
    .filter(({ isMeeting }) => isMeeting === (kind === 'meeting'))
    .map((each) => {
      const status = { task: ['Not Started', 'Completed'], meeting: ['Planned', 'Held'] }[kind]
      const fields = {
        ...{ name: each.subject, status: status[each.doneAt === null ? 0 : 1], parent_type: 'Opportunities' },
        ...{ parent_id: idOf('deal', each.deal), contact_id: idOf('contact', each.contact) },
        ...{
          assigned_user_id: idOf('user', each.owner),
          [kind === 'task' ? 'date_due' : 'date_start']: time(each.dueAt),
        },
      }
      return bean(sales, kind)(each.id, fields, [each.createdAt, each.changedAt])
    })
}

function callRows(sales: Sales): readonly Row[] {
  return callsOf(sales).map((call) =>
    bean(sales, 'call')(
      call.id,
      {
        ...{ name: 'Call', direction: call.isIncoming ? 'Inbound' : 'Outbound', status: 'Held' },
        ...{
          date_start: timeOf(sales)(call.at),
          duration_hours: '0',
          duration_minutes: String(Math.ceil(call.seconds / 60)),
        },
        ...{
          parent_type: 'Opportunities',
          parent_id: idOf('deal', call.deal),
          assigned_user_id: idOf('user', call.owner),
        },
      },
      [call.at, call.endedAt],
    ),
  )
}

/** Revenue line items, which SugarCRM alone has. */
export function lineRows(sales: Sales): readonly Row[] {
  return linesOf(sales).map(({ deal, id, product, quantity, price }) =>
    bean(sales, 'line')(
      id,
      {
        ...{ name: product, product_template_name: product, opportunity_id: idOf('deal', deal.id) },
        ...{ quantity: quantity.toFixed(2), discount_price: price.toFixed(6) },
        total_amount: (quantity * price).toFixed(6),
      },
      [deal.createdAt, deal.createdAt],
    ),
  )
}

/** The log of changes of deals; the first stage is not in it. */
export function auditRows(sales: Sales): readonly Row[] {
  return movesOf(sales).flatMap(({ deal, stage, before, at }, index): readonly Row[] => {
    if (before === null) return []
    const id = idOf('audit', index)
    const values = { before_value_string: stageName(before), after_value_string: stageName(stage) }
    const who = { parent_id: idOf('deal', deal.id), created_by: idOf('user', deal.owner) }
    return [
      [
        id,
        {
          id,
          ...who,
          ...values,
          date_created: timeOf(sales)(at),
          field_name: 'Sales Stage',
          data_type: 'enum',
        },
      ],
    ]
  })
}

import { PIPELINES, PRODUCTS } from '../company/catalogue.ts'
import { typedPhone } from '../company/crm-records.ts'
import type { Activity } from '../company/activities.ts'
import type { Deal } from '../company/deals.ts'
import { formatPhone } from '../company/phones.ts'
import { itemAt } from '../company/random.ts'
import { invoicesOf, linesOf } from '../company/sale.ts'
import { emailOf, EMPLOYEES, keeperAt } from '../company/staff.ts'
import { OWN_FIELDS, ownColumns } from '../service/own-fields.ts'
import type { Sales } from '../service/sales.ts'
import type { FakeRecord } from '../service/table.ts'

export type Row = readonly [id: string, row: FakeRecord]

const iso = (instant: number) => new Date(instant).toISOString()
const OTHERS = 1_000_000

export function* ownerRows(isArchived: boolean): Generator<Row> {
  for (const each of EMPLOYEES.filter(({ left }) => (left !== undefined) === isArchived)) {
    const teams = [{ id: String(each.department), name: `Team ${each.department}`, primary: true }]
    const { firstName, lastName } = each
    yield [
      String(each.id),
      {
        id: String(each.id),
        userId: OTHERS + each.id,
        email: emailOf(each),
        firstName,
        lastName,
        teams,
        archived: isArchived,
      },
    ]
  }
}

export const pipelineName = (pipeline: number) => (pipeline === 0 ? 'default' : 'renewals')

export function* pipelineRows(): Generator<Row> {
  for (const { id, name, stages } of PIPELINES) {
    yield [
      pipelineName(id),
      {
        ...{ id: pipelineName(id), label: name, displayOrder: id, archived: false },
        stages: stages.map((stage, index) => ({
          ...{ id: stage.id, label: stage.name, displayOrder: index, archived: false },
          metadata: {
            isClosed: String(stage.semantics !== 'P'),
            probability: stage.semantics === 'S' ? '1.0' : stage.semantics === 'F' ? '0.0' : '0.5',
          },
        })),
      },
    ]
  }
}

export function* companyRows({ clients, world }: Sales): Generator<Row> {
  for (const { company } of clients) {
    if (!company) continue
    yield [
      String(company.id),
      {
        ...{ id: String(company.id), name: company.title, domain: company.email.split('@')[1] ?? '' },
        ...{ phone: formatPhone(company.phone, company.id), industry: company.sector, city: company.city },
        ...{ country: 'Germany', hubspot_owner_id: String(keeperAt(company.owner, world.asOf, world.asOf)) },
        ...{ createdate: iso(company.createdAt), hs_lastmodifieddate: iso(company.createdAt) },
      },
    ]
  }
}

export function* contactRows({ clients, world }: Sales): Generator<Row> {
  for (const each of clients.flatMap((client) => client.contacts).sort((a, b) => a.id - b.id)) {
    yield [
      String(each.id),
      {
        ...{
          id: String(each.id),
          firstname: each.firstName,
          lastname: each.lastName,
          email: each.email ?? '',
        },
        ...{
          phone: typedPhone(each) ?? '',
          mobilephone: '',
          associatedcompanyid: String(each.company ?? ''),
        },
        ...{ hubspot_owner_id: String(keeperAt(each.owner, world.asOf, world.asOf)), lifecyclestage: 'lead' },
        ...{ hs_analytics_source: 'OFFLINE', hs_legal_basis: '' },
        ...{ createdate: iso(each.createdAt), lastmodifieddate: iso(each.createdAt) },
      },
    ]
  }
}

const ownName = (name: string) => `nordwind_${name}`

/** Properties of deals, those that the service defines too. */
export function* propertyRows(): Generator<Row> {
  const standard = { name: 'dealname', label: 'Deal name', type: 'string', hubspotDefined: true, options: [] }
  yield ['dealname', { ...standard, object: 'deals', fieldType: 'text' }]
  const types = { list: 'select', several: 'checkbox', number: 'number' } as const
  for (const { name, label, kind, values } of OWN_FIELDS) {
    const options = Object.entries(values).map(([value, said]) => ({ value, label: said, hidden: false }))
    const type = kind === 'number' ? 'number' : 'enumeration'
    yield [
      ownName(name),
      { ...{ object: 'deals', name: ownName(name), label, type, fieldType: types[kind], options } },
    ]
  }
}

const ANALYTICS: Readonly<Record<string, string>> = {
  organic: 'ORGANIC_SEARCH',
  cpc: 'PAID_SEARCH',
  email: 'EMAIL_MARKETING',
}

/** Where a deal came from in the words of the service, whose details are other things for each of them. */
function analyticsOf({ source }: Deal): FakeRecord {
  const [engine = '', medium = ''] = source.utm ?? []
  const isSearch = medium === 'organic'
  return {
    hs_analytics_source: ANALYTICS[medium] ?? 'OFFLINE',
    hs_analytics_source_data_1: isSearch ? 'Unknown keywords (SSL)' : medium === '' ? 'CRM_UI' : 'Autumn',
    hs_analytics_source_data_2: isSearch ? engine : '',
  }
}

export function* dealRows({ deals, world }: Sales): Generator<Row> {
  for (const deal of deals) {
    const last = itemAt(deal.steps, deal.steps.length - 1)
    const stage = itemAt(deal.pipeline.stages, last.stage)
    const history = deal.steps.map(({ stage: position, at }) => ({
      ...{ value: itemAt(deal.pipeline.stages, position).id, timestamp: iso(at), sourceType: 'CRM_UI' },
      ...{ sourceId: `userId:${deal.owner}`, updatedByUserId: deal.owner },
    }))
    yield [
      String(deal.id),
      {
        ...{
          id: String(deal.id),
          dealname: deal.title,
          pipeline: pipelineName(deal.pipeline.id),
          dealstage: stage.id,
        },
        ...{ amount: (deal.money.amount / 100).toFixed(2), deal_currency_code: deal.money.currency },
        ...ownColumns(deal, ownName, (values) => values.join(';')),
        ...{ hubspot_owner_id: String(deal.owner), closedate: iso(deal.closedAt ?? deal.expectedAt) },
        ...{ createdate: iso(deal.createdAt), hs_lastmodifieddate: iso(Math.min(world.asOf, last.at)) },
        ...{
          hs_is_closed: String(stage.semantics !== 'P'),
          hs_is_closed_won: String(stage.semantics === 'S'),
        },
        ...{ closed_lost_reason: deal.lostReason ?? '', dealtype: 'newbusiness', hs_merged_object_ids: '' },
        ...analyticsOf(deal),
        history: history.reverse(),
        contacts: deal.contact ? [deal.contact.id] : [],
        companies: deal.client?.company ? [deal.client.company.id] : [],
      },
    ]
  }
}

export function* callRows({ calls }: Sales): Generator<Row> {
  for (const [index, call] of calls.entries()) {
    const id = String(OTHERS + index)
    yield [
      id,
      {
        ...{ id, hs_timestamp: iso(call.at), hs_call_duration: String(call.talkSeconds * 1000) },
        ...{ hs_call_direction: call.isIncoming ? 'INBOUND' : 'OUTBOUND', hs_call_title: 'Call' },
        ...{ hs_call_status: call.isAnswered ? 'COMPLETED' : 'NO_ANSWER', hs_call_disposition: '' },
        ...{ hs_call_from_number: call.isIncoming ? call.phone : '+4930902100' },
        ...{ hs_call_to_number: call.isIncoming ? '+4930902100' : call.phone },
        ...{
          hubspot_owner_id: String(call.manager),
          hs_lastmodifieddate: iso(call.at + call.talkSeconds * 1000),
        },
        contacts: call.deal?.contact ? [call.deal.contact.id] : [],
        deals: call.deal ? [call.deal.id] : [],
      },
    ]
  }
}

/** Activities are tasks, but for visits and mails: those are meetings and mails of their own. */
export function* taskRows({ activities }: Sales): Generator<Row> {
  for (const [index, each] of activities.entries()) {
    if (each.kind.type === '1' || each.kind.type === '4') continue
    const id = String(2 * OTHERS + index)
    yield [
      id,
      {
        ...{ id, hs_task_subject: each.kind.subject, hs_task_type: 'TODO', hs_timestamp: iso(each.dueAt) },
        hs_task_status: each.doneAt === null ? 'NOT_STARTED' : 'COMPLETED',
        hs_task_completion_date: each.doneAt === null ? '' : iso(each.doneAt),
        ...{ hubspot_owner_id: String(each.deal.owner), hs_createdate: iso(each.createdAt) },
        hs_lastmodifieddate: iso(Math.max(each.createdAt, each.doneAt ?? 0)),
        deals: [each.deal.id],
      },
    ]
  }
}

function about({ deal }: Activity) {
  return { contacts: deal.contact ? [deal.contact.id] : [], deals: [deal.id] }
}

export function* meetingRows({ activities }: Sales): Generator<Row> {
  for (const [index, each] of activities.entries()) {
    if (each.kind.type !== '1') continue
    const id = String(3 * OTHERS + index)
    yield [
      id,
      {
        ...{ id, hs_meeting_title: each.kind.subject, hs_timestamp: iso(each.dueAt) },
        ...{ hs_meeting_start_time: iso(each.dueAt), hs_meeting_end_time: iso(each.doneAt ?? each.dueAt) },
        hs_meeting_outcome: each.doneAt === null ? 'SCHEDULED' : 'COMPLETED',
        ...{ hubspot_owner_id: String(each.deal.owner), hs_createdate: iso(each.createdAt) },
        hs_lastmodifieddate: iso(Math.max(each.createdAt, each.doneAt ?? 0)),
        ...about(each),
      },
    ]
  }
}

/** Every third mail came from the client; one that was not sent yet is planned. */
export function* emailRows({ activities }: Sales): Generator<Row> {
  for (const [index, each] of activities.entries()) {
    if (each.kind.type !== '4') continue
    const id = String(4 * OTHERS + index)
    const at = each.doneAt ?? each.createdAt
    yield [
      id,
      {
        ...{ id, hs_email_subject: each.kind.subject, hs_timestamp: iso(at) },
        hs_email_direction: index % 3 === 0 ? 'INCOMING_EMAIL' : 'EMAIL',
        hs_email_status: each.doneAt === null ? 'SCHEDULED' : 'SENT',
        ...{ hubspot_owner_id: String(each.deal.owner), hs_lastmodifieddate: iso(at) },
        ...about(each),
      },
    ]
  }
}

/** A note of each tenth deal, on the day on which it came. */
export function* noteRows({ deals }: Sales): Generator<Row> {
  for (const deal of deals) {
    if (deal.id % 10 !== 0) continue
    const id = String(5 * OTHERS + deal.id)
    const at = { hs_timestamp: iso(deal.createdAt), hs_lastmodifieddate: iso(deal.createdAt) }
    yield [id, { id, ...at, hubspot_owner_id: String(deal.owner), deals: [deal.id], contacts: [] }]
  }
}

export function* productRows({ world }: Sales): Generator<Row> {
  for (const [index, { name, id: sku, price, cost, category }] of PRODUCTS.entries()) {
    const id = String(index + 1)
    const sums = { price: String(price), hs_cost_of_goods_sold: String(cost) }
    const changed = { hs_lastmodifieddate: iso(world.period.from) }
    yield [id, { id, name, hs_sku: sku, hs_product_type: category, ...sums, ...changed }]
  }
}

export function* lineRows(sales: Sales): Generator<Row> {
  for (const { deal, product, quantity, price, ...line } of linesOf(sales)) {
    const id = String(line.id)
    yield [
      id,
      {
        ...{ id, name: product, hs_sku: '', hs_line_item_currency_code: deal.money.currency },
        hs_product_id: String(PRODUCTS.findIndex(({ name }) => name === product) + 1),
        ...{ quantity: String(quantity), price: price.toFixed(2), amount: (quantity * price).toFixed(2) },
        ...{ hs_lastmodifieddate: iso(deal.createdAt), deals: [deal.id] },
      },
    ]
  }
}

export function* invoiceRows(sales: Sales): Generator<Row> {
  for (const { deal, amount, paid, paidAt, issuedAt, dueAt } of invoicesOf(sales)) {
    const id = String(deal.id)
    const isPaid = paid >= amount
    yield [
      id,
      {
        ...{ id, hs_number: `INV-${id}`, hs_invoice_status: isPaid ? 'paid' : 'open' },
        ...{ hs_currency: deal.money.currency, hs_amount_billed: amount.toFixed(2) },
        ...{ hs_balance_due: (amount - paid).toFixed(2), hs_invoice_date: iso(issuedAt) },
        ...{ hs_due_date: iso(dueAt), hs_payment_date: isPaid && paidAt !== null ? iso(paidAt) : '' },
        ...{ hs_lastmodifieddate: iso(paidAt ?? issuedAt), deals: [deal.id] },
      },
    ]
  }
}

import { LEAD_SOURCES, LOST_REASONS, MISSPELLINGS, PIPELINES, PRODUCTS } from '../company/catalogue.ts'
import type { Company, Contact } from '../company/clients.ts'
import { typedPhone } from '../company/crm-records.ts'
import type { Deal } from '../company/deals.ts'
import { formatPhone } from '../company/phones.ts'
import { itemAt } from '../company/random.ts'
import { invoicesOf, linesOf } from '../company/sale.ts'
import { DEPARTMENTS, emailOf, EMPLOYEES, keeperAt } from '../company/staff.ts'
import { clickOf } from '../marketing/visits.ts'
import type { Sales } from '../service/sales.ts'
import type { FakeRecord } from '../service/table.ts'

/** Won and lost have these ids in every pipeline. */
const WON = 142
const LOST = 143
const CONTACT_CALL = 9_000_000

const unix = (instant: number) => Math.floor(instant / 1000)

export type Row = readonly [id: string, row: FakeRecord]

export function accountRecord(): FakeRecord {
  const groups = DEPARTMENTS.map(({ id, name }) => ({ id, name, uuid: null }))
  return {
    id: 77,
    name: 'Nordwind Energy',
    subdomain: 'nordwind',
    current_user_id: 1,
    country: 'DE',
    currency: 'EUR',
    _embedded: { users_groups: groups },
  }
}

export function* userRows(): Generator<Row> {
  for (const each of EMPLOYEES) {
    const rights = {
      group_id: each.department,
      role_id: null,
      is_active: each.left === undefined,
      is_admin: each.pace === 0,
    }
    const name = `${each.firstName} ${each.lastName}`
    yield [String(each.id), { id: each.id, name, email: emailOf(each), lang: 'en', rights }]
  }
}

/** The id of a stage: counted through for open ones, the two fixed ones for the others. */
export function statusId(pipeline: number, stage: number): number {
  const { stages } = itemAt(PIPELINES, pipeline)
  const { semantics } = itemAt(stages, stage)
  return semantics === 'S' ? WON : semantics === 'F' ? LOST : 2000 + pipeline * 100 + stage
}

const pipelineId = (pipeline: number) => 1100 + pipeline

export function* pipelineRows(): Generator<Row> {
  for (const { id, name, stages } of PIPELINES) {
    const pipeline_id = pipelineId(id)
    const seen = new Set<number>()
    const statuses = stages.flatMap((stage, index) => {
      const status = statusId(id, index)
      if (seen.has(status)) return []
      seen.add(status)
      return [
        {
          id: status,
          name: stage.name,
          sort: (index + 1) * 10,
          is_editable: true,
          pipeline_id,
          color: '#fff',
          type: 0,
        },
      ]
    })
    const row = { id: pipeline_id, name, sort: id + 1, is_main: id === 0, is_archive: false, account_id: 77 }
    yield [String(pipeline_id), { ...row, _embedded: { statuses } }]
  }
}

export function* lossReasonRows(): Generator<Row> {
  for (const [index, { name }] of LOST_REASONS.entries())
    yield [String(index + 1), { id: index + 1, name, sort: index, created_at: 1, updated_at: 1 }]
}

const field = (field_code: string, values: readonly object[]) => ({
  ...{ field_id: field_code.length, field_name: field_code, field_code, field_type: 'multitext', values },
})

function contactFields(phone: string | null, email: string | null): readonly object[] | null {
  const fields = [
    ...(phone === null ? [] : [field('PHONE', [{ value: phone, enum_id: 1, enum_code: 'WORK' }])]),
    ...(email === null ? [] : [field('EMAIL', [{ value: email, enum_id: 2, enum_code: 'WORK' }])]),
  ]
  return fields.length === 0 ? null : fields
}

export function* companyRows({ clients, world }: Sales): Generator<Row> {
  for (const { company } of clients)
    if (company) yield [String(company.id), companyRecord(company, world.asOf)]
}

function companyRecord(company: Company, asOf: number): FakeRecord {
  const created = unix(company.createdAt)
  return {
    ...{ id: company.id, name: company.title, responsible_user_id: keeperAt(company.owner, asOf, asOf) },
    ...{ created_at: created, updated_at: created, is_deleted: false, account_id: 77 },
    custom_fields_values: contactFields(formatPhone(company.phone, company.id), company.email),
    _embedded: { tags: [] },
  }
}

export function* contactRows({ clients, world }: Sales): Generator<Row> {
  const contacts = clients.flatMap((client) => client.contacts).sort((a, b) => a.id - b.id)
  for (const each of contacts) yield [String(each.id), contactRecord(each, world.asOf)]
}

function contactRecord(contact: Contact, asOf: number): FakeRecord {
  const created = unix(contact.createdAt)
  const companies = contact.company === null ? [] : [{ id: contact.company }]
  return {
    ...{ id: contact.id, name: `${contact.firstName} ${contact.lastName}`, first_name: contact.firstName },
    ...{ last_name: contact.lastName, responsible_user_id: keeperAt(contact.owner, asOf, asOf) },
    ...{ created_at: created, updated_at: created, is_deleted: false, account_id: 77 },
    custom_fields_values: contactFields(typedPhone(contact), contact.email),
    _embedded: { tags: [], companies },
  }
}

export function* dealRows({ deals, world }: Sales): Generator<Row> {
  for (const deal of deals) yield [String(deal.id), dealRecord(deal, world.asOf)]
}

function dealRecord(deal: Deal, asOf: number): FakeRecord {
  const last = itemAt(deal.steps, deal.steps.length - 1)
  const reason = LOST_REASONS.findIndex(({ name }) => name === deal.lostReason)
  const utm = deal.source.utm
  const click = clickOf(deal)
  const tracking = utm && [
    field('UTM_SOURCE', [{ value: utm[0] }]),
    field('UTM_MEDIUM', [{ value: utm[1] }]),
    ...(click === null ? [] : [field('GCLID', [{ value: click }])]),
  ]
  return {
    ...{ id: deal.id, name: deal.title, price: Math.round(deal.money.amount / 100), account_id: 77 },
    ...{ responsible_user_id: deal.owner, status_id: statusId(deal.pipeline.id, last.stage) },
    ...{ pipeline_id: pipelineId(deal.pipeline.id), loss_reason_id: reason < 0 ? null : reason + 1 },
    ...{ source_id: LEAD_SOURCES.indexOf(deal.source) + 1, is_deleted: false, score: null },
    ...{ created_at: unix(deal.createdAt), updated_at: unix(Math.min(asOf, last.at)) },
    ...{ closed_at: deal.closedAt === null ? null : unix(deal.closedAt), closest_task_at: null },
    custom_fields_values: tracking,
    _embedded: {
      catalog_elements: elementsOf(deal),
      tags: [],
      companies: deal.client?.company ? [{ id: deal.client.company.id }] : [],
      contacts: deal.contact ? [{ id: deal.contact.id, is_main: true }] : [],
      loss_reason: reason < 0 ? [] : [{ id: reason + 1, name: deal.lostReason }],
    },
  }
}

/** Moves between stages; that a deal came into being in its first stage is no event. */
export function* eventRows({ deals }: Sales): Generator<Row> {
  const moves = deals.flatMap((deal) =>
    deal.steps.slice(1).map((step, index) => ({ deal, step, before: itemAt(deal.steps, index) })),
  )
  for (const [index, { deal, step, before }] of moves.sort((a, b) => a.step.at - b.step.at).entries()) {
    const id = `01d${String(index).padStart(10, '0')}`
    const status = (stage: number) => [
      { lead_status: { id: statusId(deal.pipeline.id, stage), pipeline_id: pipelineId(deal.pipeline.id) } },
    ]
    yield [
      id,
      {
        ...{
          id,
          type: 'lead_status_changed',
          entity_id: deal.id,
          entity_type: 'lead',
          created_by: deal.owner,
        },
        ...{ created_at: unix(step.at), account_id: 77 },
        ...{ value_before: status(before.stage), value_after: status(step.stage) },
      },
    ]
  }
}

export function* taskRows({ activities }: Sales): Generator<Row> {
  for (const [index, each] of activities.entries()) {
    const id = index + 1
    const created = unix(each.createdAt)
    yield [
      String(id),
      {
        ...{ id, responsible_user_id: each.deal.owner, entity_id: each.deal.id, entity_type: 'leads' },
        ...{ is_completed: each.doneAt !== null, task_type_id: 1, text: each.kind.subject, duration: 0 },
        ...{ complete_till: unix(each.dueAt), result: [], created_at: created, account_id: 77 },
        updated_at: each.doneAt === null ? created : unix(Math.max(each.doneAt, each.createdAt)),
      },
    ]
  }
}

/** Calls as notes of the contact, the company or the deal they were with. */
export function* callRows({ calls }: Sales, of: 'contacts' | 'companies' | 'leads'): Generator<Row> {
  for (const [index, call] of calls.entries()) {
    const { deal } = call
    const [kind, entity] = deal?.contact
      ? (['contacts', deal.contact.id] as const)
      : deal?.client?.company
        ? (['companies', deal.client.company.id] as const)
        : (['leads', deal?.id ?? 0] as const)
    if (kind !== of || entity === 0) continue
    const id = CONTACT_CALL + index
    const at = unix(call.at)
    yield [
      String(id),
      {
        ...{ id, entity_id: entity, note_type: call.isIncoming ? 'call_in' : 'call_out', account_id: 77 },
        ...{ responsible_user_id: call.manager, created_at: at, updated_at: at + call.talkSeconds },
        params: {
          ...{ uniq: `c${id}`, duration: call.talkSeconds, source: 'Telephony', phone: call.phone },
          ...{ call_status: call.isAnswered ? 4 : 6, call_responsible: call.manager },
        },
      },
    ]
  }
}

const CATALOGS = { products: 501, invoices: 502 } as const
const NAMES = [...new Set([...PRODUCTS.map(({ name }) => name), ...Object.values(MISSPELLINGS)])]
const INVOICE = 7_000_000

export function* catalogRows(): Generator<Row> {
  for (const [type, id] of Object.entries(CATALOGS)) yield [String(id), { id, name: type, type, sort: 1 }]
}

/** Elements of the catalogues that belong to a deal: what was sold, and its invoice. */
function elementsOf(deal: Deal): readonly FakeRecord[] {
  const deals = { deals: [deal] }
  const link = (id: number, catalog_id: number, quantity: number) => ({
    id,
    metadata: { quantity, catalog_id },
  })
  return [
    ...linesOf(deals).map(({ product, quantity }) =>
      link(NAMES.indexOf(product) + 1, CATALOGS.products, quantity),
    ),
    ...invoicesOf(deals).map(({ id }) => link(INVOICE + id, CATALOGS.invoices, 1)),
  ]
}

export function* elementRows(sales: Sales): Generator<Row> {
  const from = unix(sales.world.period.from)
  for (const [index, name] of NAMES.entries()) {
    const listed = PRODUCTS.find((each) => each.name === name)
    const values = [
      field('PRICE', [{ value: String(listed?.price ?? 1) }]),
      field('GROUP', [{ value: listed?.category ?? 'Other' }]),
    ]
    yield element(index + 1, { catalog_id: CATALOGS.products, name, custom_fields_values: values }, from)
  }
  for (const { id, amount, paid, paidAt, issuedAt } of invoicesOf(sales)) {
    const status = paid >= amount ? 'paid' : paid > 0 ? 'partially_paid' : 'created'
    const paidOn = paidAt === null ? [] : [field('BILL_PAYMENT_DATE', [{ value: unix(paidAt) }])]
    const values = [
      field('BILL_STATUS', [{ value: status, enum_id: 1, enum_code: status }]),
      field('BILL_PRICE', [{ value: amount }]),
      ...paidOn,
    ]
    const fields = { catalog_id: CATALOGS.invoices, name: `Invoice ${id}`, custom_fields_values: values }
    yield element(INVOICE + id, fields, unix(paidAt ?? issuedAt))
  }
}

function element(id: number, fields: FakeRecord, at: number): Row {
  return [String(id), { id, is_deleted: false, created_at: at, updated_at: at, account_id: 77, ...fields }]
}

import { LEAD_SOURCES, LOST_REASONS, PIPELINES } from '../company/catalogue.ts'
import { typedPhone } from '../company/crm-records.ts'
import type { Deal } from '../company/deals.ts'
import { formatPhone } from '../company/phones.ts'
import { itemAt } from '../company/random.ts'
import { invoicesOf, linesOf, requestsOf } from '../company/sale.ts'
import { DEPARTMENTS, emailOf, EMPLOYEES, keeperAt } from '../company/staff.ts'
import { guidOf, ZERO_GUID } from '../service/guid.ts'
import type { Sales } from '../service/sales.ts'
import type { FakeRecord } from '../service/table.ts'

export type Row = readonly [id: string, row: FakeRecord]

/** A user's own contact, by which records name their owner. */
const ownerId = (id: number) => guidOf(1, id)
const departmentId = (id: number) => guidOf(2, id)
const stageId = (pipeline: number, stage: number) => guidOf(3, pipeline * 100 + stage + 1)
const sourceId = (index: number) => guidOf(4, index + 1)
const reasonId = (index: number) => guidOf(5, index + 1)
const accountId = (id: number) => guidOf(6, id)
const contactId = (id: number) => guidOf(7, id)
const dealId = (id: number) => guidOf(8, id)
const leadId = (id: number) => guidOf(18, id)
const productId = (names: readonly string[], name: string) => guidOf(9, names.indexOf(name) + 1)
const DIRECTIONS = { in: guidOf(10, 1), out: guidOf(10, 2) }
const STATUSES = { open: guidOf(11, 1), done: guidOf(11, 2) }
const TYPES: Readonly<Record<string, string>> = { '1': guidOf(12, 1), '4': guidOf(12, 2), '6': guidOf(12, 3) }

const iso = (instant: number) => new Date(instant).toISOString()

type Times = readonly [created: number, modified: number]

function item(id: string, [created, modified]: Times, fields: FakeRecord): Row {
  const times = { CreatedOn: iso(created), ModifiedOn: iso(modified), ProcessListeners: 0 }
  return [id, { Id: id, ...times, CreatedById: ZERO_GUID, ModifiedById: ZERO_GUID, ...fields }]
}

const word = (id: string, Name: string, fields: FakeRecord = {}) =>
  item(id, [0, 0], { Name, Description: null, ...fields })

export function* userRows({ world }: Sales): Generator<Row> {
  const { from } = world.period
  for (const each of EMPLOYEES)
    yield item(guidOf(20, each.id), [from, from], {
      ...{ Name: emailOf(each), ContactId: ownerId(each.id), SysAdminUnitTypeValue: 4 },
      Active: each.left === undefined,
    })
}

export function* departmentRows(): Generator<Row> {
  for (const { id, name } of DEPARTMENTS) yield word(departmentId(id), name)
}

export function* stageRows(): Generator<Row> {
  for (const { id, stages } of PIPELINES)
    for (const [index, { name, semantics }] of stages.entries())
      yield word(stageId(id, index), name, {
        ...{ Number: id * 100 + index, End: semantics !== 'P', Successful: semantics === 'S' },
      })
}

export function* reasonRows(): Generator<Row> {
  for (const [index, { name }] of LOST_REASONS.entries()) yield word(reasonId(index), name)
}

export function* sourceRows(): Generator<Row> {
  for (const [index, { name }] of LEAD_SOURCES.entries()) yield word(sourceId(index), name)
}

export function* directionRows(): Generator<Row> {
  yield word(DIRECTIONS.in, 'Incoming', { Code: 'Incoming' })
  yield word(DIRECTIONS.out, 'Outgoing', { Code: 'Outgoing' })
}

export function* statusRows(): Generator<Row> {
  yield word(STATUSES.open, 'Not started', { Code: 'NotStarted', Finish: false })
  yield word(STATUSES.done, 'Completed', { Code: 'Completed', Finish: true })
}

export function* typeRows(): Generator<Row> {
  for (const [kind, name] of [
    ['1', 'Visit'],
    ['4', 'Email'],
    ['6', 'Task'],
  ] as const)
    yield word(TYPES[kind] ?? '', name, { Code: name })
}

const namesOf = (sales: Sales) => [...new Set(linesOf(sales).map(({ product }) => product))]

export function* productRows(sales: Sales): Generator<Row> {
  const names = namesOf(sales)
  for (const name of names) yield word(productId(names, name), name, { Code: name, Price: 1 })
}

export function* accountRows({ clients, world }: Sales): Generator<Row> {
  for (const { company } of clients) {
    if (company === null) continue
    yield item(accountId(company.id), [company.createdAt, company.createdAt], {
      ...{ Name: company.title, Phone: formatPhone(company.phone, company.id), Web: '' },
      ...{ OwnerId: keeper(company, world.asOf), CityId: ZERO_GUID, IndustryId: ZERO_GUID },
    })
  }
}

const keeper = ({ owner }: { readonly owner: number }, asOf: number) => ownerId(keeperAt(owner, asOf, asOf))

/** Contacts of clients, and those of the users themselves. */
export function* contactRows({ clients, world }: Sales): Generator<Row> {
  for (const each of EMPLOYEES)
    yield item(ownerId(each.id), [world.period.from, world.period.from], {
      ...{ Name: `${each.firstName} ${each.lastName}`, AccountId: ZERO_GUID, Email: emailOf(each) },
      ...{ DepartmentId: departmentId(each.department), OwnerId: ownerId(each.id) },
    })
  for (const each of clients.flatMap((client) => client.contacts))
    yield item(contactId(each.id), [each.createdAt, each.createdAt], {
      ...{ Name: `${each.firstName} ${each.lastName}`, MobilePhone: typedPhone(each), Phone: '' },
      ...{ AccountId: each.company === null ? ZERO_GUID : accountId(each.company), Email: each.email ?? '' },
      ...{ DepartmentId: ZERO_GUID, OwnerId: keeper(each, world.asOf) },
    })
}

export function* dealRows({ deals, world }: Sales): Generator<Row> {
  for (const deal of deals) {
    const { at } = itemAt(deal.steps, deal.steps.length - 1)
    yield item(dealId(deal.id), [deal.createdAt, Math.min(world.asOf, at)], dealFields(deal))
  }
}

/** Requests from the site came as leads, which know the page with the marks of the campaign. */
export function* leadRows(sales: Sales): Generator<Row> {
  for (const { deal, isConverted, outcome } of requestsOf(sales)) {
    const [source, medium] = deal.source.utm ?? []
    yield item(leadId(deal.id), [deal.createdAt, deal.createdAt], {
      ...{ LeadName: deal.title, OpportunityId: isConverted ? dealId(deal.id) : ZERO_GUID },
      BpmHref: isConverted ? `https://nordwind.example/order?utm_source=${source}&utm_medium=${medium}` : '',
      ...{ OwnerId: ownerId(deal.owner), LeadSourceId: sourceId(LEAD_SOURCES.indexOf(deal.source)) },
      QualifyStatusId: LEAD_STATUSES[outcome],
      ...{ Contact: isConverted ? '' : `Asker ${deal.id}`, MobilePhone: '', Email: '' },
    })
  }
}

/** Steps of a lead have the same ids everywhere. */
const LEAD_STATUSES = {
  open: 'd790a45d-03ff-4ddb-9dea-8087722c582c',
  converted: '0a0808c5-5415-41f0-bea3-118cc3089959',
  lost: '128c3718-771a-4d1e-9035-6fa135ca5f70',
}

export function* leadStatusRows(): Generator<Row> {
  yield word(LEAD_STATUSES.open, 'Qualification')
  yield word(LEAD_STATUSES.converted, 'Satisfied')
  yield word(LEAD_STATUSES.lost, 'Disqualified')
}

function dealFields({ steps, pipeline, client, contact, ...deal }: Deal): FakeRecord {
  const last = itemAt(steps, steps.length - 1)
  const reason = LOST_REASONS.findIndex(({ name }) => name === deal.lostReason)
  return {
    ...{ Title: deal.title, StageId: stageId(pipeline.id, last.stage), OwnerId: ownerId(deal.owner) },
    AccountId: client?.company ? accountId(client.company.id) : ZERO_GUID,
    ContactId: contact ? contactId(contact.id) : ZERO_GUID,
    ...{ Amount: deal.money.amount / 100, Budget: 0, Probability: 40, TypeId: ZERO_GUID },
    ...{ SourceId: sourceId(LEAD_SOURCES.indexOf(deal.source)), ResponsibleDepartmentId: ZERO_GUID },
    ...{
      CloseReasonId: reason < 0 ? ZERO_GUID : reasonId(reason),
      DueDate: iso(deal.closedAt ?? deal.expectedAt),
    },
  }
}

export function* stayRows({ deals }: Sales): Generator<Row> {
  let count = 0
  for (const deal of deals)
    for (const [index, { stage, at }] of deal.steps.entries()) {
      const next = deal.steps[index + 1]?.at
      yield item(guidOf(13, ++count), [at, next ?? at], {
        ...{
          OpportunityId: dealId(deal.id),
          StageId: stageId(deal.pipeline.id, stage),
          OwnerId: ownerId(deal.owner),
        },
        ...{
          StartDate: iso(at),
          DueDate: next === undefined ? null : iso(next),
          Historical: false,
          Comments: '',
        },
      })
    }
}

export function* lineRows(sales: Sales): Generator<Row> {
  const names = namesOf(sales)
  for (const { deal, id, product, quantity, price } of linesOf(sales))
    yield item(guidOf(14, id), [deal.createdAt, deal.createdAt], {
      ...{ OpportunityId: dealId(deal.id), ProductId: productId(names, product) },
      ...{ Quantity: quantity, Price: price, Amount: quantity * price },
    })
}

/** `DueDate` is the day of payment there. */
export function* invoiceRows(sales: Sales): Generator<Row> {
  for (const { deal, id, amount, paid, issuedAt, dueAt, paidAt } of invoicesOf(sales))
    yield item(guidOf(17, id), [issuedAt, paidAt ?? issuedAt], {
      ...{ Number: `INV-${deal.id}`, OpportunityId: dealId(deal.id), ContactId: ZERO_GUID },
      AccountId: deal.client?.company ? accountId(deal.client.company.id) : ZERO_GUID,
      ...{ PrimaryAmount: amount, PrimaryPaymentAmount: paid, StartDate: iso(issuedAt) },
      DueDate: iso(paidAt ?? dueAt),
    })
}

export function* activityRows({ activities }: Sales): Generator<Row> {
  for (const [index, each] of activities.entries())
    yield item(guidOf(15, index + 1), [each.createdAt, Math.max(each.createdAt, each.doneAt ?? 0)], {
      ...{ Title: each.kind.subject, TypeId: TYPES[each.kind.type], OwnerId: ownerId(each.deal.owner) },
      ...{
        StatusId: each.doneAt === null ? STATUSES.open : STATUSES.done,
        OpportunityId: dealId(each.deal.id),
      },
      ...{
        ContactId: ZERO_GUID,
        AccountId: ZERO_GUID,
        StartDate: iso(each.createdAt),
        DueDate: iso(each.dueAt),
      },
    })
}

export function* callRows({ calls }: Sales): Generator<Row> {
  for (const [index, call] of calls.entries())
    yield item(guidOf(16, index + 1), [call.at, call.at + call.talkSeconds * 1000], {
      ...{ DirectionId: call.isIncoming ? DIRECTIONS.in : DIRECTIONS.out, OwnerId: ownerId(call.manager) },
      ...{
        CallerId: call.isIncoming ? call.phone : '30902100',
        CalledId: call.isIncoming ? '30902100' : call.phone,
      },
      ...{ TalkTime: call.talkSeconds, Comment: '', StartDate: iso(call.at), ContactId: ZERO_GUID },
      ...{ OpportunityId: call.deal ? dealId(call.deal.id) : ZERO_GUID, AccountId: ZERO_GUID },
    })
}

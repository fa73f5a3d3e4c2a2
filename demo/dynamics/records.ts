import { LEAD_SOURCES, PIPELINES } from '../company/catalogue.ts'
import { typedPhone } from '../company/crm-records.ts'
import type { Deal } from '../company/deals.ts'
import { formatPhone } from '../company/phones.ts'
import { itemAt } from '../company/random.ts'
import { invoicesOf, linesOf, requestsOf } from '../company/sale.ts'
import { DEPARTMENTS, emailOf, EMPLOYEES, keeperAt } from '../company/staff.ts'
import { guidOf } from '../service/guid.ts'
import type { Sales } from '../service/sales.ts'
import type { FakeRecord } from '../service/table.ts'

export type Row = readonly [id: string, row: FakeRecord]

const LABEL = '@OData.Community.Display.V1.FormattedValue'
const KIND = '@Microsoft.Dynamics.CRM.lookuplogicalname'
const EUR = guidOf(20, 1)

const userId = (id: number) => guidOf(1, id)
const unitId = (id: number) => guidOf(2, id)
const flowId = (pipeline: number) => guidOf(3, pipeline + 1)
const stageId = (pipeline: number, stage: number) => guidOf(4, pipeline * 100 + stage + 1)
const accountId = (id: number) => guidOf(5, id)
const contactId = (id: number) => guidOf(6, id)
const dealId = (id: number) => guidOf(7, id)
const leadId = (id: number) => guidOf(14, id)

const iso = (instant: number) => `${new Date(instant).toISOString().slice(0, 19)}Z`
const day = (instant: number) => iso(instant).slice(0, 10)

/** A lookup: the id, and what kind of record it is of. */
function lookup(name: string, kind: string, id: string | null): FakeRecord {
  return id === null
    ? { [`_${name}_value`]: null }
    : { [`_${name}_value`]: id, [`_${name}_value${KIND}`]: kind }
}

const owner = (id: number) => lookup('ownerid', 'systemuser', userId(id))

function stamped(created: number, modified: number): FakeRecord {
  return { '@odata.etag': `W/"${modified}"`, createdon: iso(created), modifiedon: iso(modified) }
}

export function* userRows({ world }: Sales): Generator<Row> {
  for (const each of EMPLOYEES) {
    const id = userId(each.id)
    const row = {
      systemuserid: id,
      fullname: `${each.firstName} ${each.lastName}`,
      address1_telephone1: each.extension,
    }
    const unit = lookup('businessunitid', 'businessunit', unitId(each.department))
    const state = { internalemailaddress: emailOf(each), isdisabled: each.left !== undefined }
    yield [id, { ...row, ...unit, ...state, ...stamped(world.period.from, world.period.from) }]
  }
}

export function* unitRows(): Generator<Row> {
  for (const { id, name, parent } of DEPARTMENTS) {
    const above = lookup('parentbusinessunitid', 'businessunit', parent === null ? null : unitId(parent))
    yield [unitId(id), { businessunitid: unitId(id), name, ...above }]
  }
}

export function* currencyRows(): Generator<Row> {
  yield [EUR, { transactioncurrencyid: EUR, isocurrencycode: 'EUR', currencyname: 'Euro' }]
}

export function* flowRows(): Generator<Row> {
  for (const { id, name } of PIPELINES) {
    const row = {
      workflowid: flowId(id),
      name,
      category: 4,
      type: 1,
      primaryentity: 'opportunity',
      statecode: 1,
    }
    yield [row.workflowid, row]
  }
}

/** Only the stages of the way: won and lost are states of the opportunity. */
export function* stageRows(): Generator<Row> {
  for (const { id, stages } of PIPELINES)
    for (const [index, { name, semantics }] of stages.entries()) {
      if (semantics !== 'P') continue
      const flow = lookup('processid', 'workflow', flowId(id))
      yield [
        stageId(id, index),
        { processstageid: stageId(id, index), stagename: name, stagecategory: index, ...flow },
      ]
    }
}

/** Where a deal is on the way: the last stage that is no outcome. */
function activeStep({ steps, pipeline }: Deal) {
  const open = steps.filter(({ stage }) => itemAt(pipeline.stages, stage).semantics === 'P')
  return open.at(-1) ?? itemAt(steps, 0)
}

export function* processRows({ deals }: Sales): Generator<Row> {
  for (const deal of deals) {
    const id = guidOf(8, deal.id)
    const { stage, at } = activeStep(deal)
    yield [
      id,
      {
        ...{ businessprocessflowinstanceid: id, ...stamped(deal.createdAt, at) },
        ...lookup('opportunityid', 'opportunity', dealId(deal.id)),
        ...lookup('processid', 'workflow', flowId(deal.pipeline.id)),
        ...lookup('activestageid', 'processstage', stageId(deal.pipeline.id, stage)),
        ...{ activestagestartedon: iso(at), completedon: deal.closedAt === null ? null : iso(deal.closedAt) },
        ...{
          statuscode: 1,
          traversedpath: deal.steps.map((step) => stageId(deal.pipeline.id, step.stage)).join(','),
        },
      },
    ]
  }
}

export function* accountRows({ clients, world }: Sales): Generator<Row> {
  for (const { company } of clients) {
    if (company === null) continue
    const id = accountId(company.id)
    yield [
      id,
      {
        ...{ accountid: id, name: company.title, telephone1: formatPhone(company.phone, company.id) },
        ...{ emailaddress1: company.email, address1_city: company.city, industrycode: 1 },
        ...{ [`industrycode${LABEL}`]: company.sector },
        ...owner(keeperAt(company.owner, world.asOf, world.asOf)),
        ...stamped(company.createdAt, company.createdAt),
      },
    ]
  }
}

export function* contactRows({ clients, world }: Sales): Generator<Row> {
  for (const each of clients.flatMap((client) => client.contacts)) {
    const id = contactId(each.id)
    yield [
      id,
      {
        ...{ contactid: id, fullname: `${each.firstName} ${each.lastName}`, firstname: each.firstName },
        ...{ lastname: each.lastName, mobilephone: typedPhone(each), emailaddress1: each.email },
        ...lookup('parentcustomerid', 'account', each.company === null ? null : accountId(each.company)),
        ...owner(keeperAt(each.owner, world.asOf, world.asOf)),
        ...stamped(each.createdAt, each.createdAt),
      },
    ]
  }
}

const STATES = { P: 0, S: 1, F: 2 } as const
const STATUS = { P: 'In Progress', S: 'Won', F: 'Lost' } as const

export function* dealRows({ deals, world }: Sales): Generator<Row> {
  for (const deal of deals) yield [dealId(deal.id), dealRecord(deal, world.asOf)]
}

/** Requests with the marks of a campaign came as leads, and some others; columns of one's own begin with the publisher. */
export function* leadRows(sales: Sales): Generator<Row> {
  for (const { deal, isConverted, outcome } of requestsOf(sales)) {
    const [new_utmsource, new_utmmedium] = deal.source.utm ?? []
    const id = leadId(deal.id)
    const marks = { new_utmsource, new_utmmedium, [`leadsourcecode${LABEL}`]: deal.source.name }
    const row = {
      leadid: id,
      subject: deal.title,
      fullname: isConverted ? null : `Asker ${deal.id}`,
      statecode: { open: 0, converted: 1, lost: 2 }[outcome],
      ...marks,
      ...owner(deal.owner),
    }
    yield [id, { ...row, ...stamped(deal.createdAt, deal.createdAt) }]
  }
}

function dealRecord(deal: Deal, asOf: number): FakeRecord {
  const last = itemAt(deal.steps, deal.steps.length - 1)
  const { semantics } = itemAt(deal.pipeline.stages, last.stage)
  const { client, contact, money } = deal
  const company = client?.company
  const customer = company ? lookup('customerid', 'account', accountId(company.id)) : {}
  return {
    ...{ opportunityid: dealId(deal.id), name: deal.title, estimatedvalue: money.amount / 100 },
    ...{ actualvalue: semantics === 'S' ? money.amount / 100 : null, closeprobability: 40 },
    ...lookup('transactioncurrencyid', 'transactioncurrency', EUR),
    ...{ statecode: STATES[semantics], statuscode: STATES[semantics] + 1 },
    [`statuscode${LABEL}`]: semantics === 'F' ? deal.lostReason : STATUS[semantics],
    ...owner(deal.owner),
    ...customer,
    ...lookup('parentaccountid', 'account', company ? accountId(company.id) : null),
    ...lookup('parentcontactid', 'contact', contact ? contactId(contact.id) : null),
    ...lookup('originatingleadid', 'lead', deal.source.utm === null ? null : leadId(deal.id)),
    ...{
      leadsourcecode: LEAD_SOURCES.indexOf(deal.source) + 1,
      [`leadsourcecode${LABEL}`]: deal.source.name,
    },
    ...{
      estimatedclosedate: day(deal.expectedAt),
      actualclosedate: deal.closedAt === null ? null : day(deal.closedAt),
    },
    ...stamped(deal.createdAt, Math.min(asOf, last.at)),
  }
}

const KINDS: Readonly<Record<string, string>> = { '1': 'appointment', '4': 'email', '6': 'task' }

export function* activityRows({ activities }: Sales): Generator<Row> {
  for (const [index, each] of activities.entries()) {
    const id = guidOf(9, index + 1)
    yield [
      id,
      {
        ...{ activityid: id, activitytypecode: KINDS[each.kind.type] ?? 'task', subject: each.kind.subject },
        ...owner(each.deal.owner),
        ...lookup('regardingobjectid', 'opportunity', dealId(each.deal.id)),
        ...{ statecode: each.doneAt === null ? 0 : 1, scheduledend: iso(each.dueAt) },
        actualend: each.doneAt === null ? null : iso(each.doneAt),
        ...stamped(each.createdAt, Math.max(each.createdAt, each.doneAt ?? 0)),
      },
    ]
  }
}

export function* callRows({ calls }: Sales): Generator<Row> {
  for (const [index, call] of calls.entries()) {
    const id = guidOf(10, index + 1)
    yield [
      id,
      {
        ...{ activityid: id, subject: 'Call', phonenumber: call.phone, directioncode: !call.isIncoming },
        ...{ actualdurationminutes: Math.ceil(call.talkSeconds / 60), statecode: call.isAnswered ? 1 : 2 },
        ...owner(call.manager),
        ...lookup('regardingobjectid', 'opportunity', call.deal ? dealId(call.deal.id) : null),
        ...{ actualstart: iso(call.at), scheduledend: iso(call.at) },
        ...stamped(call.at, call.at + call.talkSeconds * 1000),
      },
    ]
  }
}

export function* productRows(sales: Sales): Generator<Row> {
  for (const name of new Set(linesOf(sales).map(({ product }) => product)))
    yield [
      productIdOf(name),
      { productid: productIdOf(name), productnumber: name.slice(0, 5), name, price: 1 },
    ]
}

const productIdOf = (name: string) =>
  guidOf(
    11,
    [...name].reduce((sum, letter, index) => (sum + letter.charCodeAt(0) * (index + 1) * 31) % 1_000_000, 1),
  )

export function* lineRows(sales: Sales): Generator<Row> {
  for (const { deal, product, quantity, price, ...line } of linesOf(sales)) {
    const id = guidOf(12, line.id)
    yield [
      id,
      {
        ...{ opportunityproductid: id, ...lookup('opportunityid', 'opportunity', dealId(deal.id)) },
        ...lookup('productid', 'product', productIdOf(product)),
        ...{ productname: product, quantity, priceperunit: price, extendedamount: quantity * price },
        ...stamped(deal.createdAt, deal.createdAt),
      },
    ]
  }
}

/** Whether an invoice is paid is all that is kept of its payment. */
export function* invoiceRows(sales: Sales): Generator<Row> {
  for (const { deal, amount, paid, ...invoice } of invoicesOf(sales)) {
    const id = guidOf(13, invoice.id)
    const state = paid === 0 ? [0, 4] : paid < amount ? [2, 100002] : [2, 100001]
    yield [
      id,
      {
        ...{ invoiceid: id, invoicenumber: `INV-${deal.id}`, name: deal.title, totalamount: amount },
        ...lookup('opportunityid', 'opportunity', dealId(deal.id)),
        ...lookup('transactioncurrencyid', 'transactioncurrency', EUR),
        ...{ statecode: state[0], statuscode: state[1], duedate: day(invoice.dueAt) },
        ...stamped(invoice.issuedAt, invoice.paidAt ?? invoice.issuedAt),
      },
    ]
  }
}

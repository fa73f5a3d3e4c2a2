import { PIPELINES, PRODUCTS } from '../company/catalogue.ts'
import { typedPhone } from '../company/crm-records.ts'
import { formatPhone } from '../company/phones.ts'
import { itemAt } from '../company/random.ts'
import { linesOf, requestsOf } from '../company/sale.ts'
import { DEPARTMENTS, emailOf, EMPLOYEES, keeperAt } from '../company/staff.ts'
import { OWN_FIELDS, ownColumns } from '../service/own-fields.ts'
import type { Sales } from '../service/sales.ts'
import type { FakeRecord } from '../service/table.ts'

export type Row = readonly [id: string, row: FakeRecord]

/** An id of 18 characters whose first three say what it is of. */
export function idOf(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(15, '0')}`
}

/** `2026-02-01T12:30:45.000+0000`: the offset has no colon. */
export function timeText(instant: number): string {
  return new Date(instant).toISOString().replace('Z', '+0000')
}

const dayText = (instant: number) => new Date(instant).toISOString().slice(0, 10)

export function* userRows({ world }: Sales): Generator<Row> {
  for (const each of EMPLOYEES) {
    const Id = idOf('005', each.id)
    const Department = DEPARTMENTS.find(({ id }) => id === each.department)?.name ?? null
    yield [
      Id,
      {
        ...{
          Id,
          Name: `${each.firstName} ${each.lastName}`,
          Email: emailOf(each),
          Phone: null,
          ManagerId: null,
        },
        ...{ Extension: each.extension, IsActive: each.left === undefined, Department, UserType: 'Standard' },
        SystemModstamp: timeText(world.period.from),
      },
    ]
  }
}

/** One list of stages for the whole company; stages of one name are one. */
export function* stageRows(): Generator<Row> {
  const stages = PIPELINES.flatMap((pipeline) => pipeline.stages)
  for (const [index, stage] of stages.entries()) {
    const Id = idOf('01J', index + 1)
    yield [
      Id,
      {
        ...{ Id, ApiName: stage.name, MasterLabel: stage.name, SortOrder: index + 1, IsActive: true },
        ...{ IsClosed: stage.semantics !== 'P', IsWon: stage.semantics === 'S' },
        DefaultProbability: stage.semantics === 'S' ? 100 : stage.semantics === 'F' ? 0 : 50,
      },
    ]
  }
}

export function* companyRows({ clients, world }: Sales): Generator<Row> {
  for (const { company } of clients) {
    if (!company) continue
    const Id = idOf('001', company.id)
    yield [
      Id,
      {
        ...{
          Id,
          Name: company.title,
          Phone: formatPhone(company.phone, company.id),
          Industry: company.sector,
        },
        ...{ BillingCity: company.city, BillingCountry: 'Germany' },
        OwnerId: idOf('005', keeperAt(company.owner, world.asOf, world.asOf)),
        ...{ CreatedDate: timeText(company.createdAt), SystemModstamp: timeText(company.createdAt) },
      },
    ]
  }
}

export function* contactRows({ clients, world }: Sales): Generator<Row> {
  for (const each of clients.flatMap((client) => client.contacts)) {
    const Id = idOf('003', each.id)
    yield [
      Id,
      {
        ...{ Id, Name: `${each.firstName} ${each.lastName}`, Phone: typedPhone(each), MobilePhone: null },
        ...{ AccountId: each.company === null ? null : idOf('001', each.company), Email: each.email },
        ...{ LeadSource: null, HasOptedOutOfEmail: false },
        OwnerId: idOf('005', keeperAt(each.owner, world.asOf, world.asOf)),
        ...{ CreatedDate: timeText(each.createdAt), SystemModstamp: timeText(each.createdAt) },
      },
    ]
  }
}

const ownName = (name: string) => `Nordwind_${name}__c`

/** Fields of opportunities as their description has them, those of the service too. */
export function* fieldRows(): Generator<Row> {
  const standard = { name: 'StageName', label: 'Stage', type: 'picklist', custom: false, picklistValues: [] }
  yield ['StageName', { ...standard, object: 'Opportunity' }]
  const currency = { name: 'CurrencyIsoCode', label: 'Currency ISO Code', type: 'picklist', custom: false }
  yield ['CurrencyIsoCode', { ...currency, object: 'Opportunity', picklistValues: [] }]
  const text = { type: 'string', custom: true, picklistValues: [] }
  yield ['Loss_Reason__c', { ...text, name: 'Loss_Reason__c', label: 'Loss reason', object: 'Opportunity' }]
  for (const name of ['UTM_Source__c', 'UTM_Medium__c'])
    yield [name, { ...text, name, label: name.replace('__c', ''), object: 'Lead' }]
  const types = { list: 'picklist', several: 'multipicklist', number: 'double' } as const
  for (const { name, label, kind, values } of OWN_FIELDS) {
    const picklistValues = Object.entries(values).map(([value, said]) => ({
      ...{ value, label: said, active: true },
    }))
    const described = { name: ownName(name), label, type: types[kind], custom: true, picklistValues }
    yield [ownName(name), { ...described, object: 'Opportunity' }]
  }
}

export function* dealRows({ deals, world }: Sales): Generator<Row> {
  for (const deal of deals) {
    const last = itemAt(deal.steps, deal.steps.length - 1)
    const stage = itemAt(deal.pipeline.stages, last.stage)
    const Id = idOf('006', deal.id)
    yield [
      Id,
      {
        ...{ Id, Name: deal.title, StageName: stage.name, Amount: deal.money.amount / 100, Probability: 50 },
        AccountId: deal.client?.company ? idOf('001', deal.client.company.id) : null,
        ContactId: deal.contact ? idOf('003', deal.contact.id) : null,
        ...{
          CloseDate: dayText(deal.closedAt ?? deal.expectedAt),
          // One that came from a lead has its source there.
          LeadSource: deal.source.utm === null ? deal.source.name : null,
          Type: 'New',
        },
        ...{ CurrencyIsoCode: deal.id % 7 === 0 ? 'USD' : 'EUR', Loss_Reason__c: deal.lostReason },
        ...ownColumns(deal, ownName, (values) => values.join(';')),
        ...{
          IsClosed: stage.semantics !== 'P',
          IsWon: stage.semantics === 'S',
          OwnerId: idOf('005', deal.owner),
        },
        ...{ CreatedDate: timeText(deal.createdAt), LastStageChangeDate: timeText(last.at) },
        SystemModstamp: timeText(Math.min(world.asOf, last.at)),
      },
    ]
  }
}

/** Requests with the marks of a campaign came as leads, which were converted, and some others. */
export function* leadRows(sales: Sales): Generator<Row> {
  for (const { deal, isConverted, outcome } of requestsOf(sales)) {
    const Id = idOf('00Q', deal.id)
    const [source = null, medium = null] = deal.source.utm ?? []
    yield [
      Id,
      {
        ...{ Id, Name: deal.title, Company: null, Phone: null, MobilePhone: null, Email: null },
        ...{
          LeadSource: deal.source.name,
          Status: outcome === 'lost' ? 'Closed - Not Converted' : 'Qualified',
        },
        ...{ IsConverted: isConverted, ConvertedDate: isConverted ? dayText(deal.createdAt) : null },
        ConvertedOpportunityId: isConverted ? idOf('006', deal.id) : null,
        ...{ ConvertedAccountId: null, ConvertedContactId: null, OwnerId: idOf('005', deal.owner) },
        ...{ UTM_Source__c: source, UTM_Medium__c: medium },
        ...{ CreatedDate: timeText(deal.createdAt), SystemModstamp: timeText(deal.createdAt) },
      },
    ]
  }
}

export function* historyRows({ deals }: Sales): Generator<Row> {
  let number = 0
  for (const deal of deals) {
    for (const { stage, at } of deal.steps) {
      const Id = idOf('008', ++number)
      yield [
        Id,
        {
          ...{ Id, OpportunityId: idOf('006', deal.id), StageName: itemAt(deal.pipeline.stages, stage).name },
          ...{ Amount: deal.money.amount / 100, Probability: 50, CloseDate: dayText(deal.expectedAt) },
          ...{ CreatedDate: timeText(at), CreatedById: idOf('005', deal.owner) },
        },
      ]
    }
  }
}

export function* taskRows({ activities, calls }: Sales): Generator<Row> {
  for (const [index, each] of activities.entries()) {
    const Id = idOf('00T', index + 1)
    yield [
      Id,
      {
        ...{
          Id,
          Subject: each.kind.subject,
          TaskSubtype: 'Task',
          Status: each.doneAt === null ? 'Open' : 'Completed',
        },
        ...{ IsClosed: each.doneAt !== null, ActivityDate: dayText(each.dueAt), CallType: null },
        ...{
          CompletedDateTime: each.doneAt === null ? null : timeText(each.doneAt),
          CallDurationInSeconds: null,
        },
        ...{ WhoId: null, WhatId: idOf('006', each.deal.id), OwnerId: idOf('005', each.deal.owner) },
        CreatedDate: timeText(each.createdAt),
        SystemModstamp: timeText(Math.max(each.createdAt, each.doneAt ?? 0)),
      },
    ]
  }
  for (const [index, call] of calls.entries()) {
    const Id = idOf('00T', 1_000_000 + index)
    const contact = call.deal?.contact
    yield [
      Id,
      {
        ...{
          Id,
          Subject: 'Call',
          TaskSubtype: 'Call',
          Status: 'Completed',
          IsClosed: true,
          ActivityDate: dayText(call.at),
        },
        ...{ CompletedDateTime: timeText(call.at), CallType: call.isIncoming ? 'Inbound' : 'Outbound' },
        ...{ CallDurationInSeconds: call.talkSeconds, WhoId: contact ? idOf('003', contact.id) : null },
        ...{ WhatId: call.deal ? idOf('006', call.deal.id) : null, OwnerId: idOf('005', call.manager) },
        ...{ CreatedDate: timeText(call.at), SystemModstamp: timeText(call.at) },
      },
    ]
  }
}

export function* productRows({ world }: Sales): Generator<Row> {
  for (const [index, { name, id: code, category }] of PRODUCTS.entries()) {
    const Id = idOf('01t', index + 1)
    const row = { Id, Name: name, ProductCode: code, Family: category, IsActive: true }
    yield [Id, { ...row, SystemModstamp: timeText(world.period.from) }]
  }
}

/** A line under another name than its product has is of a product that is not listed here. */
export function* lineRows(sales: Sales): Generator<Row> {
  for (const { deal, product, quantity, price, ...line } of linesOf(sales)) {
    const Id = idOf('00k', line.id)
    const listed = PRODUCTS.findIndex(({ name }) => name === product)
    yield [
      Id,
      {
        ...{ Id, OpportunityId: idOf('006', deal.id), Name: product },
        Product2Id: listed < 0 ? idOf('01t', 99) : idOf('01t', listed + 1),
        ...{ Quantity: quantity, UnitPrice: price, TotalPrice: quantity * price, ServiceDate: null },
        ...{ CreatedDate: timeText(deal.createdAt), SystemModstamp: timeText(deal.createdAt) },
      },
    ]
  }
}

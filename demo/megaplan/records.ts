import { PIPELINES } from '../company/catalogue.ts'
import { linesOf, type Line } from '../company/sale.ts'
import { DEPARTMENTS } from '../company/staff.ts'
import { callsOf, companiesOf, contactsOf, dealsOf, peopleOf, tasksOf } from '../service/crm.ts'
import { OWN_FIELDS, ownColumns } from '../service/own-fields.ts'
import type { Sales } from '../service/sales.ts'
import type { FakeRecord } from '../service/table.ts'
import type { Row } from '../service/tenant.ts'

export const time = (instant: number) => ({
  contentType: 'DateTime',
  value: new Date(instant).toISOString().replace('.000Z', '+00:00'),
})

const entity = (contentType: string, id: number | string | null, fields: FakeRecord = {}) =>
  id === null ? null : { contentType, id: String(id), ...fields }

const row = (contentType: string, id: number | string, fields: FakeRecord): Row => [
  String(id),
  { contentType, id: String(id), ...fields },
]

const STATES = 100
const RESULTS = { P: 'active', S: 'positive', F: 'negative' } as const
const CATEGORY = 'Equipment'
const PEOPLE = 1_000_000

export function megaplanRows(sales: Sales) {
  return {
    users: peopleOf(sales).map(
      ({ id, firstName, lastName, email, extension, department, isActive, changedAt }) =>
        row('Employee', id, {
          ...{ firstName, lastName, email, phone: extension, department: entity('Department', department) },
          ...{
            status: { contentType: 'EmployeeStatus', id: '1', masterType: isActive ? 'working' : 'fired' },
          },
          timeUpdated: time(changedAt),
        }),
    ),
    departments: DEPARTMENTS.map(({ id, name, parent, head }) =>
      row('Department', id, { name, parent: entity('Department', parent), head: entity('Employee', head) }),
    ),
    pipelines: PIPELINES.map(({ id, name, stages }) =>
      row('Program', id + 1, {
        name,
        states: stages.map((stage, index) =>
          entity('ProgramState', stateOf(id, index), { name: stage.name, type: RESULTS[stage.semantics] }),
        ),
      }),
    ),
    clients: clientRows(sales),
    deals: dealRows(sales),
    tasks: taskRows(sales),
    todos: todoRows(sales),
    fields: fieldRows(),
  }
}

const stateOf = (pipeline: number, stage: number) => STATES * (pipeline + 1) + stage

function clientRows(sales: Sales): readonly Row[] {
  const info = (type: string, value: string | null) =>
    value === null ? [] : [{ contentType: 'ContactInfo', type, value }]
  const companies = companiesOf(sales).map((each) =>
    row('ContractorCompany', each.id, {
      ...{ name: each.title, contactInfo: [...info('phone', each.phone), ...info('email', each.email)] },
      ...{ responsibles: [entity('Employee', each.owner)], timeCreated: time(each.createdAt) },
    }),
  )
  const people = contactsOf(sales).map((each) =>
    row('ContractorHuman', PEOPLE + each.id, {
      ...{ name: each.name, contactInfo: [...info('phone', each.phone), ...info('email', each.email)] },
      ...{ responsibles: [entity('Employee', each.owner)], timeCreated: time(each.createdAt) },
      company: entity('ContractorCompany', each.company),
    }),
  )
  return [...companies, ...people]
}

const ownName = (name: string) => `Category1000076CustomField${name}`

/** Fields that deals have besides those of the service; a list has its values as they are shown. */
function fieldRows(): readonly Row[] {
  const types = { list: 'enum', several: 'multiEnum', number: 'float' } as const
  return OWN_FIELDS.map(({ name, label, kind }) => [
    ownName(name),
    { contentType: 'ExtraField', id: ownName(name), name: ownName(name), hrName: label, type: types[kind] },
  ])
}

/** What a deal is made of; the category is whole only where it is named first. */
function positionsOf(lines: readonly Line[]): readonly FakeRecord[] {
  return lines.map(({ deal, id, product, quantity, price }) => ({
    ...{ contentType: 'OfferRow', id: String(id), name: product, quantity },
    ...{ price: moneyOf(deal, price), sum: moneyOf(deal, quantity * price) },
    offerCategory: entity('OfferCategory', 1, deal.id % 2 === 0 ? { name: CATEGORY } : {}),
  }))
}

const moneyOf = ({ money }: Pick<Line['deal'], 'money'>, value: number) => ({
  ...{ contentType: 'Money', currency: money.currency, value, rate: 1 },
})

function dealRows(sales: Sales): readonly Row[] {
  const lines = Map.groupBy(linesOf(sales), ({ deal }) => deal.id)
  return dealsOf(sales).map((deal) => {
    const position = deal.pipeline.stages.indexOf(deal.stage)
    const money = (value: number) => moneyOf(deal, value)
    const person = deal.contact === null ? null : PEOPLE + deal.contact
    return row('Deal', deal.id, {
      ...{ name: deal.title, number: String(deal.id), price: money(deal.amount), cost: money(0) },
      ...ownColumns(deal, ownName, (values) => values),
      program: entity('Program', deal.pipeline.id + 1),
      state: entity('ProgramState', stateOf(deal.pipeline.id, position)),
      manager: entity('Employee', deal.owner),
      contractor:
        deal.company === null ? entity('ContractorHuman', person) : entity('ContractorCompany', deal.company),
      contact: entity('ContractorHuman', person),
      ...{ result: RESULTS[deal.stage.semantics], positions: positionsOf(lines.get(deal.id) ?? []) },
      ...{ timeCreated: time(deal.createdAt), timeUpdated: time(deal.changedAt) },
      ...{ stateTimeUpdated: time(deal.stageSince), source: deal.source.name },
    })
  })
}

function taskRows(sales: Sales): readonly Row[] {
  return tasksOf(sales).map((each) =>
    row('Task', each.id, {
      ...{ name: each.subject, status: each.doneAt === null ? 'accepted' : 'completed' },
      ...{ responsible: entity('Employee', each.owner), deadline: time(each.dueAt) },
      ...{ actualFinish: each.doneAt === null ? null : time(each.doneAt), timeCreated: time(each.createdAt) },
    }),
  )
}

/** Calls as people note them: what was planned with a client, without a number and a length. */
function todoRows(sales: Sales): readonly Row[] {
  return callsOf(sales).map((call) =>
    row('Todo', call.id, {
      ...{ name: 'Call', category: entity('TodoCategory', 1, { name: 'Звонок' }) },
      ...{ status: { contentType: 'TodoStatus', id: '3', masterType: 'success' }, isDropped: false },
      when: { contentType: 'IntervalTime', from: time(call.at), to: time(call.endedAt) },
      responsible: entity('Employee', call.owner),
      relations: call.deal === null ? [] : [entity('Deal', call.deal)],
      ...{ timeFinished: time(call.endedAt), timeCreated: time(call.at) },
    }),
  )
}

import { LEAD_SOURCES, PIPELINES } from './catalogue.ts'
import type { Company, Contact } from './clients.ts'
import type { Parameters } from '../bitrix/parameters.ts'
import { DAY, type Clock } from './clock.ts'
import { isLead } from './crm-lead-records.ts'
import type { Deal } from './deals.ts'
import { formatPhone } from './phones.ts'
import { itemAt } from './random.ts'
import { DEPARTMENTS, emailOf, EMPLOYEES, keeperAt, type Employee } from './staff.ts'
import type { World } from './world.ts'

/** A deal as the universal item methods of the CRM give it. */
export function dealRecord(deal: Deal, { clock, asOf }: World): object {
  const { money, pipeline, client } = deal
  const last = itemAt(deal.steps, deal.steps.length - 1)
  const stage = itemAt(pipeline.stages, last.stage)
  const euros = (cents: number | null) => (cents === null ? null : cents / 100)
  const time = (at: number | null) => (at === null ? null : clock.iso(at))
  // Somebody closed a few deals on a day before they were entered.
  const closedAt = deal.id % 1999 === 7 ? deal.createdAt - 40 * DAY : (deal.closedAt ?? deal.expectedAt)
  return {
    ...{ id: deal.id, title: deal.title, categoryId: pipeline.id, stageId: stage.id },
    ...{ stageSemanticId: stage.semantics, opportunity: money.amount / 100, currencyId: money.currency },
    isManualOpportunity: 'Y',
    ...{ assignedById: deal.owner, contactId: deal.contact?.id ?? 0, companyId: client?.company?.id ?? 0 },
    ...{ sourceId: deal.source.id, utmSource: deal.source.utm?.[0] ?? null },
    ...{ utmMedium: deal.source.utm?.[1] ?? null, utmCampaign: null, leadId: isLead(deal) ? deal.id : 0 },
    ...{ createdTime: clock.iso(deal.createdAt), updatedTime: clock.iso(dealChangedAt(deal, asOf)) },
    ...{
      movedTime: clock.iso(last.at),
      closedate: clock.iso(closedAt),
      begindate: clock.iso(deal.createdAt),
    },
    ...{ closed: stage.semantics === 'P' ? 'N' : 'Y', comments: '' },
    ...{ ufProduct: deal.productName, ufBranch: deal.branch, ufLostReason: deal.lostReason },
    ...{ ufCost: euros(money.cost), ufAmountNet: euros(money.net), ufAmountPaid: euros(money.paid) },
    ...{ ufPaidAt: time(money.paidAt), ufCompletedAt: time(money.completedAt) },
  }
}

/** The last moment at which anything of the deal changed. */
export function dealChangedAt(deal: Deal, asOf: number): number {
  const last = itemAt(deal.steps, deal.steps.length - 1).at
  return Math.min(asOf, Math.max(last, deal.money.paidAt ?? 0, deal.money.completedAt ?? 0))
}

export function contactRecord(contact: Contact, { clock, asOf }: World): object {
  return {
    ...{ id: contact.id, name: contact.firstName, lastName: contact.lastName, secondName: null },
    ...{ companyId: contact.company ?? 0, assignedById: keeperAt(contact.owner, asOf, asOf) },
    ...{ sourceId: itemAt(LEAD_SOURCES, contact.id % LEAD_SOURCES.length).id },
    ...{ createdTime: clock.iso(contact.createdAt), updatedTime: clock.iso(contact.createdAt) },
    fm: multiFields([
      ['PHONE', typedPhone(contact)],
      ['EMAIL', contact.email],
    ]),
  }
}

export function companyRecord(company: Company, { clock, asOf }: World): object {
  const phone = formatPhone(company.phone, company.id)
  return {
    ...{ id: company.id, title: company.title, industry: company.sector, ufCrmCity: company.city },
    assignedById: keeperAt(company.owner, asOf, asOf),
    ...{ createdTime: clock.iso(company.createdAt), updatedTime: clock.iso(company.createdAt) },
    fm: multiFields([
      ['PHONE', phone],
      ['EMAIL', company.email],
    ]),
  }
}

/** A phone as somebody typed it into the CRM. */
export function typedPhone(contact: Contact): string | null {
  const { phone, phoneStyle } = contact
  return phone === null || phoneStyle === 'as typed' ? phone : formatPhone(phone, phoneStyle)
}

function multiFields(fields: readonly (readonly [string, string | null])[]): object[] {
  return fields.flatMap(([typeId, value], index) =>
    value === null ? [] : [{ id: index + 1, valueType: 'WORK', value, typeId }],
  )
}

/** A deal's entry into a stage, by id in the order in which they happened. */
export function stageHistoryRecord(
  id: number,
  { deal, step }: { deal: Deal; step: number },
  clock: Clock,
): object {
  const { stage: position, at } = itemAt(deal.steps, step)
  const stage = itemAt(deal.pipeline.stages, position)
  return {
    ...{ ID: id, TYPE_ID: step === 0 ? 1 : stage.semantics === 'P' ? 2 : 3, OWNER_ID: deal.id },
    ...{ CREATED_TIME: clock.iso(at), CATEGORY_ID: deal.pipeline.id },
    ...{ STAGE_SEMANTIC_ID: stage.semantics, STAGE_ID: stage.id },
  }
}

export function userRecords(asOf: number, clock: Clock): { id: number; record: object }[] {
  return EMPLOYEES.map((employee) => ({
    id: employee.id,
    record: {
      ...{ ID: String(employee.id), ACTIVE: employee.left === undefined, NAME: employee.firstName },
      ...{ LAST_NAME: employee.lastName, EMAIL: emailOf(employee), UF_DEPARTMENT: [employee.department] },
      ...{ UF_PHONE_INNER: employee.extension, WORK_POSITION: employee.position, USER_TYPE: 'employee' },
      TIMESTAMP_X: changedTime(employee, asOf, clock),
    },
  }))
}

// The service writes an empty time as an empty map.
function changedTime({ id, moved }: Employee, asOf: number, clock: Clock): object | string {
  if (moved) return clock.iso(asOf - moved.daysAgo * DAY)
  return id % 2 === 0 ? {} : clock.iso(asOf - 90 * DAY)
}

/** How people who changed department stood in the CRM before that. */
export function earlierUserRecords(from: number, clock: Clock): { id: number; fields: Parameters }[] {
  return EMPLOYEES.flatMap(({ id, moved }) =>
    moved ? [{ id, fields: { UF_DEPARTMENT: [moved.from], TIMESTAMP_X: clock.iso(from) } }] : [],
  )
}

export function departmentRecords(): { id: number; record: object }[] {
  return DEPARTMENTS.map(({ id, name, parent, head }) => {
    const above = parent === null ? {} : { PARENT: String(parent) }
    return { id, record: { ID: String(id), NAME: name, SORT: 100 * id, UF_HEAD: String(head), ...above } }
  })
}

export function pipelineRecords(): { id: number; record: object }[] {
  return PIPELINES.map(({ id, name }) => {
    const isDefault = id === 0 ? 'Y' : 'N'
    return { id, record: { id, name, sort: 100 + id * 100, entityTypeId: 2, isDefault } }
  })
}

const INVOICE_STAGES = [
  ['N', 'Draft', null],
  ['S', 'Sent', null],
  ['P', 'Paid', 'S'],
  ['D', 'Declined', 'F'],
] as const

/** Stages of pipelines and of invoices, and the lead sources: what the CRM calls statuses. */
export function statusRecords(): { id: number; record: object }[] {
  const stages = PIPELINES.flatMap((pipeline) => {
    const entity = pipeline.id === 0 ? 'DEAL_STAGE' : `DEAL_STAGE_${pipeline.id}`
    return pipeline.stages.map((stage, index) => ({
      ...{ ENTITY_ID: entity, STATUS_ID: stage.id, NAME: stage.name, SORT: String(10 + index * 10) },
      ...{ SEMANTICS: stage.semantics === 'P' ? null : stage.semantics },
      CATEGORY_ID: pipeline.id === 0 ? null : String(pipeline.id),
    }))
  })
  const sources = LEAD_SOURCES.map((source, index) => ({
    ...{ ENTITY_ID: 'SOURCE', STATUS_ID: source.id, NAME: source.name, SORT: String(10 + index * 10) },
    ...{ SEMANTICS: null, CATEGORY_ID: null },
  }))
  const invoices = INVOICE_STAGES.map(([id, name, semantics], index) => ({
    ...{ ENTITY_ID: 'SMART_INVOICE_STAGE_1', STATUS_ID: `DT31_1:${id}`, NAME: name },
    ...{ SORT: String(10 + index * 10), SEMANTICS: semantics, CATEGORY_ID: '1' },
  }))
  return [...stages, ...sources, ...invoices].map((status, index) => ({
    id: index + 1,
    record: { ID: String(index + 1), SYSTEM: 'N', ...status },
  }))
}

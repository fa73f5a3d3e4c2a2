import { LEAD_SOURCES, LOST_REASONS } from '../company/catalogue.ts'
import { DAY } from '../company/clock.ts'
import { typedPhone } from '../company/crm-records.ts'
import type { Deal } from '../company/deals.ts'
import { formatPhone } from '../company/phones.ts'
import { itemAt } from '../company/random.ts'
import { linesOf } from '../company/sale.ts'
import { DEPARTMENTS, emailOf, EMPLOYEES, keeperAt } from '../company/staff.ts'
import type { Sales } from '../service/sales.ts'
import type { FakeRecord } from '../service/table.ts'

export type Row = readonly [id: string, row: FakeRecord]

const employeeId = (id: number) => String(8_000_000_000 + id)
const accountId = (id: number) => String(10_000 + id)
const contactId = (id: number) => String(1_000_000 + id)

/** The service writes times as milliseconds in words. */
export const dotnet = (instant: number) => `/Date(${instant})/`

const day = (instant: number) => dotnet(Math.floor(instant / DAY) * DAY)

/** A record with its technical key, and what it is linked with as addresses alone. */
function entity(kind: string, number: number, fields: FakeRecord): Row {
  const id = `00163E${kind}${number.toString(16).toUpperCase().padStart(24, '0')}`
  const metadata = { uri: `https://my000001.crm.ondemand.com/${kind}('${id}')`, type: `c4codataapi.${kind}` }
  return [id, { __metadata: metadata, ObjectID: id, ...fields, Notes: { __deferred: { uri: metadata.uri } } }]
}

const stamped = (created: number, changed: number) => ({
  CreationDateTime: dotnet(created),
  EntityLastChangedOn: dotnet(changed),
})

export function* employeeRows({ world }: Sales): Generator<Row> {
  for (const each of EMPLOYEES) {
    const department = DEPARTMENTS.find(({ id }) => id === each.department)
    yield entity('E1', each.id, {
      ...{ BusinessPartnerID: employeeId(each.id), EmployeeID: String(each.id), Email: emailOf(each) },
      ...{
        FormattedName: `${each.firstName} ${each.lastName}`,
        FirstName: each.firstName,
        LastName: each.lastName,
      },
      ...{
        DepartmentCode: String(each.department),
        DepartmentCodeText: department?.name,
        Phone: each.extension,
      },
      ...{ LifeCycleStatusCode: each.left === undefined ? '2' : '3' },
      ...stamped(world.period.from, world.period.from),
    })
  }
}

export function* accountRows({ clients, world }: Sales): Generator<Row> {
  for (const { company } of clients) {
    if (company === null) continue
    yield entity('A1', company.id, {
      ...{
        AccountID: accountId(company.id),
        BusinessPartnerFormattedName: company.title,
        Email: company.email,
      },
      ...{ Phone: formatPhone(company.phone, company.id), City: company.city, CountryCode: 'DE' },
      ...{ IndustrialSectorCodeText: company.sector, OwnerID: keeper(company, world.asOf) },
      ...stamped(company.createdAt, company.createdAt),
    })
  }
}

const keeper = ({ owner }: { readonly owner: number }, asOf: number) =>
  employeeId(keeperAt(owner, asOf, asOf))

export function* contactRows({ clients, world }: Sales): Generator<Row> {
  for (const each of clients.flatMap((client) => client.contacts))
    yield entity('C1', each.id, {
      ...{
        ContactID: contactId(each.id),
        Name: `${each.firstName} ${each.lastName}`,
        FirstName: each.firstName,
      },
      ...{ LastName: each.lastName, AccountID: each.company === null ? '' : accountId(each.company) },
      ...{
        Mobile: typedPhone(each) ?? '',
        Phone: '',
        Email: each.email ?? '',
        OwnerID: keeper(each, world.asOf),
      },
      ...stamped(each.createdAt, each.createdAt),
    })
}

const STATUS = { P: ['2', 'In Process'], S: ['4', 'Won'], F: ['5', 'Lost'] } as const
const dealNumber = (id: number) => String(1000 + id)

export function* dealRows({ deals, world }: Sales): Generator<Row> {
  for (const deal of deals) yield entity('D1', deal.id, dealFields(deal, world.asOf))
}

function dealFields(deal: Deal, asOf: number): FakeRecord {
  const { pipeline, client, contact, money, steps } = deal
  const last = itemAt(steps, steps.length - 1)
  const stage = itemAt(pipeline.stages, last.stage)
  const [status, text] = STATUS[stage.semantics]
  const open = steps.findLast((step) => itemAt(pipeline.stages, step.stage).semantics === 'P') ?? last
  const reason = LOST_REASONS.findIndex(({ name }) => name === deal.lostReason)
  return {
    ...{ ID: dealNumber(deal.id), Name: { content: deal.title, languageCode: 'E' } },
    ProspectPartyID: client?.company ? accountId(client.company.id) : '',
    PrimaryContactPartyID: contact ? contactId(contact.id) : '',
    ...{ MainEmployeeResponsiblePartyID: employeeId(deal.owner), ProbabilityPercent: '40.00' },
    ...{ LifeCycleStatusCode: status, LifeCycleStatusCodeText: text },
    ...{ SalesCycleCode: `Z0${pipeline.id}`, SalesCycleCodeText: pipeline.name },
    SalesCyclePhaseCode: String(open.stage + 1).padStart(3, '0'),
    SalesCyclePhaseCodeText: itemAt(pipeline.stages, open.stage).name,
    SalesCyclePhaseStartDate: day(open.at),
    ProcessStatusValidSinceDate: day(last.at),
    ...{ ExpectedRevenueAmount: (money.amount / 100).toFixed(6), ExpectedRevenueAmountCurrencyCode: 'EUR' },
    ExpectedProcessingEndDate: day(deal.expectedAt),
    ...{
      OriginTypeCode: String(LEAD_SOURCES.indexOf(deal.source) + 1),
      OriginTypeCodeText: deal.source.name,
    },
    ...{ ResultReasonCode: reason < 0 ? '' : String(reason), ResultReasonCodeText: deal.lostReason ?? '' },
    ...stamped(deal.createdAt, Math.min(asOf, last.at)),
  }
}

export function* lineRows(sales: Sales): Generator<Row> {
  for (const { deal, id, product, quantity, price } of linesOf(sales)) {
    const [parent] = entity('D1', deal.id, {})
    yield entity('I1', id, {
      ...{ ParentObjectID: parent, ProductID: deal.product.id, Quantity: quantity.toFixed(14) },
      ...{ ProductDescription: product, ExpectedNetAmount: (quantity * price).toFixed(6) },
      ...stamped(deal.createdAt, deal.createdAt),
    })
  }
}

export function* activityRows({ activities }: Sales, isMeeting: boolean): Generator<Row> {
  for (const [index, each] of activities.entries()) {
    if ((each.kind.type === '1') !== isMeeting) continue
    const owner = isMeeting ? 'OrganizerPartyID' : 'ProcessorPartyID'
    yield entity(isMeeting ? 'M1' : 'T1', index + 1, {
      ...{ ID: String(50_000 + index), Subject: { content: each.kind.subject, languageCode: 'E' } },
      ...{ StatusCode: each.doneAt === null ? '2' : '3', [owner]: employeeId(each.deal.owner) },
      ...{ OpportunityID: dealNumber(each.deal.id), DueDateTime: dotnet(each.dueAt) },
      ...(each.doneAt === null ? {} : { CompletedDateTime: dotnet(each.doneAt) }),
      ...stamped(each.createdAt, Math.max(each.createdAt, each.doneAt ?? 0)),
    })
  }
}

export function* callRows({ calls }: Sales): Generator<Row> {
  for (const [index, call] of calls.entries())
    yield entity('P1', index + 1, {
      ...{ ID: String(90_000 + index), Subject: { content: 'Call', languageCode: 'E' }, StatusCode: '3' },
      ...{ OwnerPartyID: employeeId(call.manager), StartDateTime: dotnet(call.at) },
      ...{
        OpportunityID: call.deal ? dealNumber(call.deal.id) : '',
        EndDateTime: dotnet(call.at + call.talkSeconds * 1000),
      },
      ...stamped(call.at, call.at + call.talkSeconds * 1000),
    })
}

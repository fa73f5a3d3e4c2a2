import type { Stage } from '../company/catalogue.ts'
import { typedPhone } from '../company/crm-records.ts'
import type { Deal } from '../company/deals.ts'
import { formatPhone } from '../company/phones.ts'
import { itemAt } from '../company/random.ts'
import { DEPARTMENTS, emailOf, EMPLOYEES, keeperAt } from '../company/staff.ts'
import type { Sales } from './sales.ts'

/*
 * What a CRM knows of the generated company, flat, with the company's own numbers as ids and instants as milliseconds:
 * a fake service only writes it down in its own shape.
 */

export function peopleOf({ world }: Sales) {
  return EMPLOYEES.map((each) => ({
    ...{ id: each.id, firstName: each.firstName, lastName: each.lastName, email: emailOf(each) },
    ...{ name: `${each.firstName} ${each.lastName}`, extension: each.extension, department: each.department },
    departmentName: DEPARTMENTS.find(({ id }) => id === each.department)?.name ?? '',
    ...{ isActive: each.left === undefined, changedAt: world.period.from },
  }))
}

export function companiesOf({ clients, world }: Sales) {
  return clients.flatMap(({ company }) =>
    company === null
      ? []
      : [
          {
            ...company,
            phone: formatPhone(company.phone, company.id),
            owner: keeperAt(company.owner, world.asOf, world.asOf),
          },
        ],
  )
}

export function contactsOf({ clients, world }: Sales) {
  return clients
    .flatMap(({ contacts }) => contacts)
    .map((each) => ({
      ...each,
      name: `${each.firstName} ${each.lastName}`,
      phone: typedPhone(each),
      owner: keeperAt(each.owner, world.asOf, world.asOf),
    }))
}

export function dealsOf({ deals, world }: Sales) {
  return deals.map((deal) => ({ ...deal, ...standOf(deal, world.asOf) }))
}

/** Where a deal stands, and with whom. `open`: the last stage it had before it ended. */
function standOf({ pipeline, steps, client, contact, money }: Deal, asOf: number) {
  const last = itemAt(steps, steps.length - 1)
  const stageOf = ({ stage }: { readonly stage: number }) => itemAt(pipeline.stages, stage)
  const open = steps.findLast((step) => stageOf(step).semantics === 'P') ?? last
  return {
    ...{ stage: stageOf(last), stageSince: last.at, openStage: stageOf(open), openSince: open.at },
    ...{ company: client?.company?.id ?? null, contact: contact?.id ?? null },
    ...{ amount: money.amount / 100, changedAt: Math.min(asOf, last.at) },
  }
}

/** Entries of deals into stages, in the order of time within a deal. */
export function movesOf({ deals }: Sales) {
  return deals.flatMap((deal) =>
    deal.steps.map(({ stage, at }, index) => ({
      ...{ deal, at, index, stage: itemAt(deal.pipeline.stages, stage) },
      before: index === 0 ? null : stageBefore(deal, index),
    })),
  )
}

function stageBefore({ steps, pipeline }: Deal, index: number): Stage {
  return itemAt(pipeline.stages, itemAt(steps, index - 1).stage)
}

/** To-dos and meetings of deals. */
export function tasksOf({ activities }: Sales) {
  return activities.map(({ deal, kind, createdAt, dueAt, doneAt }, index) => ({
    ...{ id: index + 1, deal: deal.id, owner: deal.owner, contact: deal.contact?.id ?? null },
    ...{ subject: kind.subject, isMeeting: kind.type === '1', createdAt, dueAt, doneAt },
    changedAt: Math.max(createdAt, doneAt ?? 0),
  }))
}

export function callsOf({ calls }: Sales) {
  return calls.map((call, index) => ({
    ...{ id: index + 1, owner: call.manager, phone: call.phone, isIncoming: call.isIncoming },
    ...{ deal: call.deal?.id ?? null, contact: call.deal?.contact?.id ?? null },
    ...{ at: call.at, seconds: call.talkSeconds, endedAt: call.at + call.talkSeconds * 1000 },
  }))
}

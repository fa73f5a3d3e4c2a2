import { DAY } from './clock.ts'
import type { Deal } from './deals.ts'
import type { World } from './world.ts'

/** Tasks that stand beside the CRM and name a deal of it. */
export function taskDeals(deals: readonly Deal[]): readonly Deal[] {
  return deals.filter(({ id }) => id % 20 === 0)
}

/** A task as the task list gives it: all texts, and times in the portal's zone. */
export function taskRecord(deal: Deal, { clock, asOf }: World): object {
  const isDone = deal.closedAt !== null
  return {
    ...{ id: String(deal.id), title: `Prepare papers of deal ${deal.id}`, description: '' },
    ...{ status: isDone ? '5' : '2', responsibleId: String(deal.owner), createdBy: String(deal.manager) },
    ...{ createdDate: clock.iso(deal.createdAt), changedDate: clock.iso(taskChangedAt(deal)) },
    ...{ deadline: clock.iso(Math.min(deal.createdAt + 14 * DAY, asOf)) },
    ...{ closedDate: deal.closedAt === null ? null : clock.iso(deal.closedAt) },
    ...{ ufCrmTask: [`D_${deal.id}`], group: [] },
    responsible: { id: String(deal.owner), name: '', link: `/company/personal/user/${deal.owner}/` },
  }
}

export function taskChangedAt({ createdAt, closedAt }: Deal): number {
  return Math.floor((closedAt ?? createdAt) / 1000) * 1000
}

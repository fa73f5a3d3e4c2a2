import { DAY, HOUR, type Clock } from './clock.ts'
import type { Deal } from './deals.ts'
import { itemAt, type Random } from './random.ts'
import { atOffice } from './season.ts'
import { keeperAt } from './staff.ts'
import type { World } from './world.ts'

type Kind = { readonly type: string; readonly provider: string; readonly subject: string }

const KINDS: readonly Kind[] = [
  { type: '1', provider: 'CRM_MEETING', subject: 'Meeting' },
  { type: '4', provider: 'CRM_EMAIL', subject: 'E-mail with the offer' },
  { type: '6', provider: 'CRM_TODO', subject: 'Call back' },
  { type: '6', provider: 'CRM_TODO', subject: 'Send documents' },
]

export type Activity = {
  readonly deal: Deal
  readonly kind: Kind
  readonly createdAt: number
  readonly dueAt: number
  readonly doneAt: number | null
}

/** Meetings, e-mails and to-dos of the deals, in the order in which they were entered. */
export function createActivities(world: World, deals: readonly Deal[]): readonly Activity[] {
  const random = world.random('activities')
  const each = Array.from({ length: world.counts.activities }, () => createActivity(world, deals, random))
  return each.sort((a, b) => a.createdAt - b.createdAt)
}

function createActivity(world: World, deals: readonly Deal[], random: Random): Activity {
  const { clock, asOf } = world
  const deal = random.pick(deals)
  const span = Math.min(deal.closedAt ?? asOf, deal.createdAt + 120 * DAY) - deal.createdAt
  const createdAt = Math.min(deal.createdAt + Math.floor((span * random.next()) / 1000) * 1000, asOf - HOUR)
  const dueAt = atOffice(createdAt + random.int(0, 7) * DAY + HOUR, { random, clock })
  const doneAt = random.chance(0.88) ? dueAt + Math.round((random.next() - 0.7) * 2 * DAY) : null
  const isDone = doneAt !== null && doneAt <= asOf
  return {
    deal,
    kind: random.pick(KINDS),
    createdAt,
    dueAt,
    doneAt: isDone ? Math.max(doneAt, createdAt) : null,
  }
}

/** An activity as the CRM's activity list gives it. */
export function activityRecord(id: number, activity: Activity, { clock, asOf }: World): object {
  const { deal, kind, createdAt, dueAt, doneAt } = activity
  const responsible = keeperAt(deal.manager, doneAt ?? asOf, asOf)
  return {
    ...{ ID: String(id), OWNER_ID: String(deal.id), OWNER_TYPE_ID: '2', TYPE_ID: kind.type },
    ...{ PROVIDER_ID: kind.provider, SUBJECT: kind.subject, COMPLETED: doneAt === null ? 'N' : 'Y' },
    ...{ RESPONSIBLE_ID: String(responsible), DIRECTION: kind.type === '4' ? '2' : '0' },
    ...{ CREATED: clock.iso(createdAt), LAST_UPDATED: clock.iso(activityChangedAt(activity)) },
    ...{ DEADLINE: clock.iso(dueAt), END_TIME: endTime(doneAt, clock), SETTINGS: [] },
  }
}

export function activityChangedAt({ createdAt, doneAt }: Activity): number {
  return Math.floor((doneAt ?? createdAt) / 1000) * 1000
}

function endTime(doneAt: number | null, clock: Clock): string {
  return doneAt === null ? '' : clock.iso(doneAt)
}

/** The entries of deals into stages as (deal, step) in the order in which they happened. */
export function orderSteps(deals: readonly Deal[]): { readonly deal: Deal; readonly step: number }[] {
  const steps = deals.flatMap((deal) => deal.steps.map((_, step) => ({ deal, step })))
  const at = ({ deal, step }: { deal: Deal; step: number }) => itemAt(deal.steps, step).at
  return steps.sort((a, b) => at(a) - at(b))
}

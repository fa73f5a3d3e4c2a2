import { SWITCHBOARD } from './clients.ts'
import { HOUR } from './clock.ts'
import type { Deal } from './deals.ts'
import { mobileNumber } from './phones.ts'
import { itemAt, type Random } from './random.ts'
import { seasonalInstants } from './season.ts'
import { departmentAt, keeperAt, MANAGERS } from './staff.ts'
import type { World } from './world.ts'

export type Call = {
  readonly at: number
  readonly manager: number
  readonly isIncoming: boolean
  readonly isAnswered: boolean
  readonly talkSeconds: number
  readonly waitSeconds: number
  /** International digits with `+`. */
  readonly phone: string
  /** The deal it was about, `null` for a stranger. */
  readonly deal: Deal | null
}

type Dial = { readonly world: World; readonly random: Random; readonly recent: ReadonlyMap<number, Deal[]> }

/** Calls between clients and managers in the order of time, mostly about the manager's recent deals. */
export function* createCalls(world: World, deals: readonly Deal[], kind: 'crm' | 'office'): Generator<Call> {
  const random = world.random(`calls of ${kind}`)
  const count = kind === 'crm' ? world.counts.calls : world.counts.officeCalls
  const recent = new Map<number, Deal[]>(MANAGERS.map((manager) => [manager.id, []]))
  let next = 0
  for (const instant of seasonalInstants(world.period, count, { random, clock: world.clock })) {
    const at = Math.min(instant, world.asOf - HOUR)
    for (; (deals[next]?.createdAt ?? Infinity) <= at; next += 1) {
      const deal = itemAt(deals, next)
      recent.get(deal.manager)?.push(deal)
    }
    yield createCall({ world, random, recent }, at, kind)
  }
}

function createCall(dial: Dial, at: number, kind: 'crm' | 'office'): Call {
  const { world, random } = dial
  const present = MANAGERS.filter((each) => departmentAt(each, at, world.asOf) !== null)
  const manager = itemAt(present, random.weighted(present.map((each) => each.pace)))
  const deal = random.chance(0.08) ? null : pickDeal(dial, manager.id, at)
  const isIncoming = kind === 'office' ? random.chance(0.7) : random.chance(0.38)
  const isAnswered = random.chance(answerChance(world, { at, isIncoming }))
  const talkSeconds = isAnswered ? Math.round(random.around(110 * (0.6 + 0.4 * manager.skill), 0.9)) : 0
  const waitSeconds = Math.round(random.around(isAnswered ? 9 : 22, 0.5))
  const phone = `+49${phoneOf(deal, random)}`
  return { at, manager: manager.id, isIncoming, isAnswered, talkSeconds, waitSeconds, phone, deal }
}

// Quadratic, so that a manager talks mostly about the latest deals.
function pickDeal({ recent, random, world }: Dial, manager: number, at: number): Deal | null {
  const inherited = MANAGERS.filter((each) => keeperAt(each.id, at, world.asOf) === manager)
  const own =
    inherited.length > 1 && random.chance(0.2)
      ? itemAt(inherited, random.int(0, inherited.length - 1)).id
      : manager
  const deals = recent.get(own) ?? []
  if (deals.length === 0) return null
  return itemAt(deals, deals.length - 1 - Math.floor(random.next() ** 2 * Math.min(deals.length, 80)))
}

function phoneOf(deal: Deal | null, random: Random): string {
  if (deal === null) return mobileNumber(5_000_000 + random.int(0, 40_000))
  const { contact, client } = deal
  if (contact?.phone && contact.phoneStyle !== 'as typed') return contact.phone
  return client?.company?.phone ?? SWITCHBOARD
}

function answerChance({ clock }: World, { at, isIncoming }: { at: number; isIncoming: boolean }): number {
  const wall = new Date(at + clock.offset(at))
  const isLate = wall.getUTCHours() < 8 || wall.getUTCHours() >= 18
  const isMonday = wall.getUTCDay() === 1
  return (isIncoming ? 0.86 : 0.66) - (isLate ? 0.25 : 0) - (isIncoming && isMonday ? 0.08 : 0)
}

/** A call as the CRM's telephony statistics give it. */
export function callRecord(id: number, call: Call, { clock }: World): object {
  const entity = entityOf(call, id)
  return {
    ...{ ID: String(id), PORTAL_USER_ID: String(call.manager), PORTAL_NUMBER: 'nordwind-main' },
    ...{ PHONE_NUMBER: call.phone, CALL_TYPE: call.isIncoming ? (id % 9 === 0 ? '3' : '2') : '1' },
    ...{ CALL_DURATION: String(call.talkSeconds), CALL_START_DATE: clock.iso(call.at) },
    ...{ CALL_FAILED_CODE: call.isAnswered ? '200' : call.isIncoming ? '304' : '603', COST: '0.0000' },
    ...{ CRM_ENTITY_TYPE: entity?.type ?? null, CRM_ENTITY_ID: entity?.id ?? null, CRM_ACTIVITY_ID: null },
  }
}

function entityOf({ deal }: Call, id: number): { type: string; id: string } | null {
  if (deal === null || deal.client === null) return null
  if (id % 3 === 0) return { type: 'DEAL', id: String(deal.id) }
  if (id % 3 === 1 && deal.client.company) return { type: 'COMPANY', id: String(deal.client.company.id) }
  return deal.contact ? { type: 'CONTACT', id: String(deal.contact.id) } : null
}

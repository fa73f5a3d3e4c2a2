import { whyNoPace, type Pace } from '#lib/plan/pace.ts'
import { isMonth, PLAN_METRICS, type PlanChoice, type PlanMetric } from '#lib/plan/state.ts'
import { askAs } from '#lib/server/home/ask.ts'
import type { Reader, Services } from '#services'
import type { PlanAnswer, PlanDocument, PlanMove } from '#workspace'
import { readExplanation, type Explanation } from '#lib/plan/explanation.ts'
import { loadPaces } from './pace.ts'
import { monthsOf } from './page.ts'
import { loadTargets, type PersonTarget } from './targets.ts'

/** The own number in a plan that was sent. */
export type SentNumber = {
  readonly planId: string
  readonly state: 'sent' | 'agreed'
  readonly value: string
  readonly version: number
  readonly reason: string | null
  readonly explanation: Explanation | null
  /** Who sent it and when. */
  readonly sent: PlanMove | null
  readonly answer: PlanAnswer | null
  readonly answers: readonly PlanAnswer[]
}

export type OwnPlan = {
  readonly month: string
  readonly present: string
  readonly isClosed: boolean
  readonly targets: readonly {
    readonly metric: PlanMetric
    readonly target: PersonTarget
    /** Null where no plan of the month waits to be in force. */
    readonly sent: SentNumber | null
    /** Null for a month that does not run, and without a target that reports know. */
    readonly pace: Pace | null
  }[]
  /** Other months that have a number without an answer. */
  readonly waiting: readonly string[]
}
type From = Pick<Services, 'semantic' | 'workspace' | 'config' | 'now'>

/** What the reader is to reach in a month, with every version of it and why; empty for a reader who is nobody there. */
export async function loadOwnPlan(from: From, reader: Reader, choice: PlanChoice): Promise<OwnPlan> {
  const { present } = monthsOf(from, choice)
  const month = isMonth(choice.month) ? choice.month : present
  const { personId } = reader
  const isClosed = (await from.workspace.closings.list()).some((closing) => closing.month === month)
  if (personId === null) return { month, present, isClosed, targets: [], waiting: [] }
  const plans = await from.workspace.plans.sentTo(personId)
  const runs = whyNoPace({ month, present, isClosed }) === null
  const ask = askAs(from.semantic, reader)
  const people = new Set([personId])
  const all = await Promise.all(
    PLAN_METRICS.map(async (metric) => ({
      metric,
      target: (await loadTargets(ask, from.workspace, { month, metric, people })).of(personId),
      sent: sentIn(plans, { month, metric }),
      pace: runs ? ((await loadPaces(ask, { month, metric })).people.get(personId) ?? null) : null,
    })),
  )
  return {
    month,
    present,
    isClosed,
    targets: all.filter(
      ({ target, sent }) => target.versions.length > 0 || target.value !== null || sent !== null,
    ),
    waiting: waitingIn(plans).filter((one) => one !== month),
  }
}

function sentIn(
  plans: readonly PlanDocument[],
  asked: { month: string; metric: PlanMetric },
): SentNumber | null {
  const plan = plans.findLast(({ month, metric }) => month === asked.month && metric === asked.metric)
  const [cell] = plan?.cells ?? []
  if (plan === undefined || cell === undefined || cell.value === null) return null
  const { version, reason, explanation, answer, answers, value } = cell
  return {
    ...{ planId: plan.planId, value, version, reason, answer, answers },
    state: plan.state === 'agreed' ? 'agreed' : 'sent',
    explanation: readExplanation(explanation),
    sent: plan.moves.findLast(({ state }) => state === 'sent') ?? null,
  }
}

/** The months of which a person has a number that he has not answered. */
export async function unansweredMonths(
  { workspace }: Pick<From, 'workspace'>,
  personId: string,
): Promise<readonly string[]> {
  return waitingIn(await workspace.plans.sentTo(personId))
}

function waitingIn(plans: readonly PlanDocument[]): readonly string[] {
  const waiting = plans.filter(
    ({ state, cells }) =>
      state === 'sent' && cells.some(({ value, answer }) => value !== null && answer === null),
  )
  return [...new Set(waiting.map(({ month }) => month))]
}

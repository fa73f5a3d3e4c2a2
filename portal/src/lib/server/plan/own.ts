import { whyNoPace, type Pace } from '#lib/plan/pace.ts'
import { isMonth, PLAN_METRICS, type PlanChoice, type PlanMetric } from '#lib/plan/state.ts'
import { askAs } from '#lib/server/home/ask.ts'
import type { Reader, Services } from '#services'
import { loadPaces } from './pace.ts'
import { monthsOf } from './page.ts'
import { loadTargets, type PersonTarget } from './targets.ts'

export type OwnPlan = {
  readonly month: string
  readonly present: string
  readonly isClosed: boolean
  readonly targets: readonly {
    readonly metric: PlanMetric
    readonly target: PersonTarget
    /** Null for a month that does not run, and without a target that reports know. */
    readonly pace: Pace | null
  }[]
}
type From = Pick<Services, 'semantic' | 'workspace' | 'config' | 'now'>

/** What the reader is to reach in a month, with every version of it and why; empty for a reader who is nobody there. */
export async function loadOwnPlan(from: From, reader: Reader, choice: PlanChoice): Promise<OwnPlan> {
  const { present } = monthsOf(from, choice)
  const month = isMonth(choice.month) ? choice.month : present
  const { personId } = reader
  const isClosed = (await from.workspace.closings.list()).some((closing) => closing.month === month)
  if (personId === null) return { month, present, isClosed, targets: [] }
  const runs = whyNoPace({ month, present, isClosed }) === null
  const ask = askAs(from.semantic, reader)
  const people = new Set([personId])
  const all = await Promise.all(
    PLAN_METRICS.map(async (metric) => ({
      metric,
      target: (await loadTargets(ask, from.workspace, { month, metric, people })).of(personId),
      pace: runs ? ((await loadPaces(ask, { month, metric })).people.get(personId) ?? null) : null,
    })),
  )
  return {
    month,
    present,
    isClosed,
    targets: all.filter(({ target }) => target.versions.length > 0 || target.value !== null),
  }
}

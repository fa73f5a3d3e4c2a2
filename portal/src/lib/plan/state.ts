import type { ChangeLimits } from '#semantic/plan'
import { defineUrlState, list, oneOf, text } from '#lib/url/state.ts'

export const PLAN_METRICS = ['won_amount', 'won_count', 'calls'] as const
export type PlanMetric = (typeof PLAN_METRICS)[number]

/** What the change of a person's number is limited against: the target of the month or of the year before. */
export const LIMITED_BY = ['nothing', 'month', 'year'] as const
export type LimitedBy = (typeof LIMITED_BY)[number]

/** What the plan page shows: its month (YYYY-MM, empty for the next one) and what proposals are made from. */
export const planState = defineUrlState({
  month: text(),
  metric: oneOf(PLAN_METRICS, 'won_amount'),
  department: text(),
  /** What the proposals must sum to; empty for what history and season give. */
  total: text(),
  limitedBy: oneOf(LIMITED_BY, 'nothing'),
  /** Per cent that a number may fall and rise; empty for no limit. */
  down: text(),
  up: text(),
  /** `<person>~<working days away>` */
  away: list(),
  /** People that are proposed for, or not, whatever their past says. */
  with: list(),
  without: list(),
})
export type PlanChoice = ReturnType<typeof planState.read>

export { isMonth } from '#lib/period/month.ts'

/** The total that numbers are held to (null for none), and the per cent that they may fall and rise. */
export function limitsIn({
  total,
  limitedBy,
  down,
  up,
}: PlanChoice): { readonly total: string | null } & ChangeLimits {
  const percent = (text: string): number | null =>
    limitedBy !== 'nothing' && isPercent(text) ? Number(text) : null
  return { total: total === '' ? null : total, down: percent(down), up: percent(up) }
}

export const isPercent = (text: string): boolean => /^\d{1,3}$/.test(text)

/** Working days away by person. */
export function daysAwayOf(away: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    away.flatMap((entry) => {
      const at = entry.lastIndexOf('~')
      const days = Number(entry.slice(at + 1))
      return at > 0 && Number.isInteger(days) && days >= 0 && days <= 31 ? [[entry.slice(0, at), days]] : []
    }),
  )
}

import { defineUrlState, list, oneOf, text } from '#lib/url/state.ts'

export const PLAN_METRICS = ['won_amount', 'won_count', 'calls'] as const
export type PlanMetric = (typeof PLAN_METRICS)[number]

/** What the plan page shows: its month (YYYY-MM, empty for the next one) and what proposals are made from. */
export const planState = defineUrlState({
  month: text(),
  metric: oneOf(PLAN_METRICS, 'won_amount'),
  department: text(),
  /** What the proposals must sum to; empty for what history and season give. */
  total: text(),
  /** `<person>~<working days away>` */
  away: list(),
  /** People that are proposed for, or not, whatever their past says. */
  with: list(),
  without: list(),
})
export type PlanChoice = ReturnType<typeof planState.read>

export const isMonth = (text: string): boolean => /^20\d{2}-(0[1-9]|1[0-2])$/.test(text)

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

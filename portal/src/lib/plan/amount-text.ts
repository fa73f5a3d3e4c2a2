import type { Formatter } from '#lib/format/index.ts'
import { NONE } from '#lib/format/index.ts'
import type { PlanMetric } from './state.ts'

/** An amount as people read it: money of the company, or a count. */
export function amountText(f: Formatter, metric: PlanMetric, value: string | null): string {
  if (value === null) return NONE
  return metric === 'won_amount' ? f.money(value) : f.number(value, value.includes('.') ? 1 : 0)
}

/** The same with its sign, for a part of a sum. */
export function partText(f: Formatter, metric: PlanMetric, value: string): string {
  const text = amountText(f, metric, value.replace(/^-/, ''))
  return value.startsWith('-') ? `−${text}` : `+${text}`
}

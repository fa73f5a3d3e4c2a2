import { fromHundredths, toHundredths } from '#semantic/plan'
import type { PlanMetric } from './state.ts'

export type Typed =
  { readonly value: string | null } | { readonly problem: 'notANumber' | 'negative' | 'notWhole' | 'tooBig' }

/** More than any plan, and less than a mart holds. */
const MOST = 10n ** 14n

/**
 * Reads what somebody typed into a cell, in the way numbers are written in `locale`: `42,000.50`, `+5%` of `before`,
 * or nothing (null), which takes the target away.
 */
export function readTyped(
  text: string,
  { locale, metric, before }: { locale: string; metric: PlanMetric; before: string | null },
): Typed {
  const bare = text.replaceAll(/[\s€$£’']/g, '')
  if (bare === '') return { value: null }
  const change = /^([+-]\d{1,4})%$/.exec(bare)?.[1]
  if (change !== undefined) return changed(before, BigInt(change), metric)
  const plain = plainOf(bare, locale)
  if (!/^-?\d{1,15}(\.\d{1,2})?$/.test(plain)) return { problem: 'notANumber' }
  const size = toHundredths(plain)
  if (size < 0n) return { problem: 'negative' }
  if (size >= MOST) return { problem: 'tooBig' }
  if (metric !== 'won_amount' && size % 100n !== 0n) return { problem: 'notWhole' }
  return { value: fromHundredths(size) }
}

function changed(before: string | null, percent: bigint, metric: PlanMetric): Typed {
  if (before === null) return { problem: 'notANumber' }
  if (percent < -100n) return { problem: 'negative' }
  const raised = toHundredths(before) * (100n + percent)
  const whole = (raised + 5_000n) / 10_000n
  const isWhole = metric !== 'won_amount' || toHundredths(before) % 100n === 0n
  return { value: isWhole ? String(whole) : fromHundredths((raised + 50n) / 100n) }
}

function plainOf(text: string, locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1_234_567.8)
  const group = parts.find(({ type }) => type === 'group')?.value.trim() ?? ''
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.'
  // Groups are read only where they can be none but groups: 1.5 is one and a half, also where a point groups.
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group || ' '}\\d{3})+(\\${decimal}\\d+)?$`)
  const bare = group !== '' && grouped.test(text) ? text.replaceAll(group, '') : text
  return bare.replace(decimal, '.')
}

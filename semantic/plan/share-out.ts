import { compare, fraction, sumOf, times, over, whole, type Fraction } from './fraction.ts'

/**
 * Splits `total` whole units by `weights` so that the parts sum exactly to it. Weights are not negative; without any
 * the parts are all zero.
 */
export function shareOut(total: bigint, weights: readonly Fraction[]): readonly bigint[] {
  const all = sumOf(weights)
  if (all.n === 0n) return weights.map(() => 0n)
  return roundedTo(
    total,
    weights.map((weight) => over(times(fraction(total), weight), all)),
  )
}

/**
 * Rounds parts that sum to `total` so that whole ones do: each gets its whole part, and the units that remain go to the
 * largest remainders (metrics.md, targets: largest-remainder rounding); among equal ones to the first.
 */
export function roundedTo(total: bigint, exact: readonly Fraction[]): readonly bigint[] {
  const floors = exact.map(whole)
  const left = total - floors.reduce((sum, part) => sum + part, 0n)
  const lucky = new Set(
    exact
      .map((share, index) => ({ index, rest: fraction(share.n % share.d, share.d) }))
      .sort((a, b) => compare(b.rest, a.rest) || a.index - b.index)
      .slice(0, Number(left))
      .map(({ index }) => index),
  )
  return floors.map((part, index) => (lucky.has(index) ? part + 1n : part))
}

import { fraction, ONE, plus, rounded, sumOf, times, over, type Fraction } from './fraction.ts'

/** A complete month of a team: YYYY-MM, what it reached in hundredths, and its working days. */
export type TeamMonth = { readonly month: string; readonly value: bigint; readonly workingDays: number }

/** Twelve indices, January first, that average 1: what a working day of that month reaches beside a mean one. */
export type Season = readonly Fraction[]

/** Indices are kept to millionths, so that their arithmetic stays short. */
const DIGITS = 1_000_000n
/** With fewer months there is no whole year of moving averages. */
const FEWEST = 24

export const FLAT: Season = Array.from({ length: 12 }, () => ONE)

/**
 * The season of a team by the ratio-to-centred-moving-average method over its results per working day (metrics.md,
 * targets): indices average 1; flat with fewer than 24 months, else each shrunk towards flat by k / (k + 1), where k
 * is the number of years seen of that month. `months` follow one another, the oldest first.
 */
export function seasonOf(months: readonly TeamMonth[]): Season {
  if (months.length < FEWEST) return FLAT
  const daily = months.map(({ value, workingDays }) => fraction(value > 0n ? value : 0n, BigInt(workingDays)))
  const ratios = Map.groupBy(
    months.flatMap(({ month }, at) => {
      const ratio = ratioAt(daily, at)
      return ratio === null ? [] : [{ number: Number(month.slice(5)), ratio }]
    }),
    ({ number }) => number,
  )
  const shrunk = FLAT.map((_, at) => shrink((ratios.get(at + 1) ?? []).map(({ ratio }) => ratio)))
  const mean = over(sumOf(shrunk), fraction(12n))
  return shrunk.map((index) => kept(over(index, mean)))
}

/** A month beside the mean of the year around it; null where that year is not known or brought nothing. */
function ratioAt(daily: readonly Fraction[], at: number): Fraction | null {
  const [first, last, middle] = [daily[at - 6], daily[at + 6], daily[at]]
  if (first === undefined || last === undefined || middle === undefined) return null
  const year = plus(plus(first, last), times(fraction(2n), sumOf(daily.slice(at - 5, at + 6))))
  return year.n === 0n ? null : kept(over(times(fraction(24n), middle), year))
}

function shrink(ratios: readonly Fraction[]): Fraction {
  if (ratios.length === 0) return ONE
  const years = BigInt(ratios.length)
  const mean = over(sumOf(ratios), fraction(years))
  return over(plus(times(fraction(years), mean), ONE), fraction(years + 1n))
}

function kept(value: Fraction): Fraction {
  return fraction(rounded(times(value, fraction(DIGITS))), DIGITS)
}

import { fromHundredths, toHundredths } from './amount.ts'
import { compare, fraction, over, plus, sumOf, times, ZERO, type Fraction } from './fraction.ts'
import { roundedTo } from './share-out.ts'

/** A person's number in a total that is held. Amounts are decimal texts of at most two digits, none below zero. */
export type HeldCell = {
  readonly key: string
  /** The number that stays; null for one that follows the others. */
  readonly fixed: string | null
  /** What a number that follows is in proportion to; with nothing it takes no more than its least. */
  readonly weight: string
  /** Where a number that follows must stay; null for no limit. */
  readonly least: string | null
  readonly most: string | null
}

export type Balanced =
  | { readonly values: ReadonlyMap<string, string> }
  /** No numbers make the total: the fixed ones and the limits make `least` to `most`; no `most` where there is no end. */
  | { readonly least: string; readonly most: string | null; readonly fixed: string }

type Bounds = { readonly weight: Fraction; readonly least: bigint; readonly most: bigint | null }

/**
 * Holds a total: fixed numbers stay, each other one is in the same proportion to its weight unless one of its limits
 * stops it, and all sum exactly to the total by largest remainders. Whole units where all that is given is whole,
 * else hundredths.
 */
export function rebalance(total: string, cells: readonly HeldCell[]): Balanced {
  const unit = unitOf(total, cells)
  const wanted = toHundredths(total) / unit
  const bounds = cells.map((cell) => boundsOf(cell, unit))
  const least = bounds.reduce((sum, each) => sum + each.least, 0n)
  const most = bounds.reduce<bigint | null>(
    (sum, each) => (sum === null || each.most === null ? null : sum + each.most),
    0n,
  )
  if (wanted < least || (most !== null && wanted > most)) {
    const fixed = cells.reduce((sum, cell) => sum + (cell.fixed === null ? 0n : toHundredths(cell.fixed)), 0n)
    const text = (size: bigint): string => fromHundredths(size * unit)
    return { least: text(least), most: most === null ? null : text(most), fixed: fromHundredths(fixed) }
  }
  const level = levelOf(wanted, bounds)
  const values = roundedTo(
    wanted,
    bounds.map((each) => within(each, level)),
  )
  return { values: new Map(cells.map(({ key }, at) => [key, fromHundredths((values[at] ?? 0n) * unit)])) }
}

function unitOf(total: string, cells: readonly HeldCell[]): bigint {
  const given = [total, ...cells.flatMap(({ fixed, least, most }) => fixed ?? [least ?? '0', most ?? '0'])]
  return given.every((text) => toHundredths(text) % 100n === 0n) ? 100n : 1n
}

function boundsOf({ fixed, weight, least, most }: HeldCell, unit: bigint): Bounds {
  const [from, to] = fixed === null ? [least ?? '0', most] : [fixed, fixed]
  const first = toHundredths(from) / unit
  const size = fraction(toHundredths(weight))
  const last = size.n === 0n ? first : to === null ? null : toHundredths(to) / unit
  return { weight: size, least: first, most: last }
}

/**
 * What one unit of weight gets: the sum of what all get grows with it in straight lines, which bend only where somebody
 * leaves the least or comes to the most; it is found on the line that passes the total.
 */
function levelOf(total: bigint, bounds: readonly Bounds[]): Fraction {
  const moving = bounds.filter(({ weight }) => weight.n > 0n)
  const sumAt = (level: Fraction): Fraction => sumOf(bounds.map((each) => within(each, level)))
  const before = lastOf(moving.flatMap(bendsOf).sort(compare), (level) => {
    return compare(sumAt(level), fraction(total)) <= 0
  })
  const slope = sumOf(moving.filter((each) => isMovingAfter(each, before)).map(({ weight }) => weight))
  const missing = plus(fraction(total), times(fraction(-1n), sumAt(before)))
  return plus(before, over(missing, slope))
}

function bendsOf({ weight, least, most }: Bounds): readonly Fraction[] {
  return [least, ...(most === null ? [] : [most])].map((at) => over(fraction(at), weight))
}

/** The last of the levels that is reached; all before it are. */
function lastOf(levels: readonly Fraction[], isReached: (level: Fraction) => boolean): Fraction {
  let [from, to] = [0, levels.length]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (isReached(levels[middle] ?? ZERO)) from = middle + 1
    else to = middle
  }
  return levels[from - 1] ?? ZERO
}

function isMovingAfter({ weight, least, most }: Bounds, level: Fraction): boolean {
  const share = times(weight, level)
  return compare(share, fraction(least)) >= 0 && (most === null || compare(share, fraction(most)) < 0)
}

function within({ weight, least, most }: Bounds, level: Fraction): Fraction {
  const share = times(weight, level)
  if (compare(share, fraction(least)) < 0) return fraction(least)
  return most !== null && compare(share, fraction(most)) > 0 ? fraction(most) : share
}

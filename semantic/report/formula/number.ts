import { fraction, type Fraction } from '../../plan/fraction.ts'

/** Digits that a number keeps when it has no end, such as a third. */
const DIGITS = 15

/** A number of a result, written plainly or with an exponent, exactly; null for anything else. */
export function exactNumber(text: string): Fraction | null {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d{1,3}))?$/.exec(text)
  if (!parts) return null
  const [, sign = '', whole = '', decimals = '', exponent = '0'] = parts
  const digits = BigInt(`${sign}${whole}${decimals}`)
  const scale = Number(exponent) - decimals.length
  return scale < 0 ? fraction(digits, 10n ** BigInt(-scale)) : fraction(digits * 10n ** BigInt(scale))
}

/** A number as decimal text, whole or with all its decimals where they end soon, else with 15 digits; a half goes away from zero. */
export function decimalText({ n, d }: Fraction): string {
  const size = n < 0n ? -n : n
  const scale = Math.max(DIGITS - digitsBeforePoint(size, d), decimalsOf(d))
  const scaled = (2n * size * 10n ** BigInt(scale) + d) / (2n * d)
  const text = String(scaled).padStart(scale + 1, '0')
  const [whole, decimals] = scale === 0 ? [text, ''] : [text.slice(0, -scale), text.slice(-scale)]
  const kept = decimals.replace(/0+$/, '')
  const shown = kept === '' ? whole : `${whole}.${kept}`
  return n < 0n && shown !== '0' ? `-${shown}` : shown
}

/** How many digits stand before the point; below one, less by the zeros that follow it. */
function digitsBeforePoint(size: bigint, d: bigint): number {
  if (size >= d || size === 0n) return String(size / d).length
  return 1 - String(d / size).length
}

/** After how many decimals a number with this divisor ends; 0 where it has no end, or a far one. */
function decimalsOf(d: bigint): number {
  for (let count = 0, power = 1n; count <= DIGITS; count += 1, power *= 10n)
    if (power % d === 0n) return count
  return 0
}

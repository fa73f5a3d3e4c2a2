/** Hundredths of a unit of money, or of a count: what a decimal text of a mart holds exactly. */
const PER_UNIT = 100n

/** A decimal text with at most two digits after its point, as hundredths. @throws RangeError for any other text */
export function toHundredths(text: string): bigint {
  const found = /^(-?)(\d+)(?:\.(\d{1,2})0*)?$/.exec(text)
  if (found === null) throw new RangeError(`${text} is not a number with at most two decimals.`)
  const [, sign = '', units = '0', part = ''] = found
  const size = BigInt(units) * PER_UNIT + BigInt(part.padEnd(2, '0'))
  return sign === '-' ? -size : size
}

/** Hundredths as a decimal text; whole units without a point. */
export function fromHundredths(value: bigint): string {
  const size = value < 0n ? -value : value
  const part = String(size % PER_UNIT).padStart(2, '0')
  const text = part === '00' ? String(size / PER_UNIT) : `${size / PER_UNIT}.${part}`
  return value < 0n ? `-${text}` : text
}

/** The sum of decimal texts, exactly. */
export function sumOfAmounts(texts: readonly string[]): string {
  return fromHundredths(texts.reduce((sum, text) => sum + toHundredths(text), 0n))
}

/** A number of a report, however many digits it has, to the nearest hundredth; a half goes away from zero. */
export function nearestAmount(text: string | null): string {
  const found = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text ?? '0')
  if (found === null) return nearestAmount(Number(text).toFixed(4))
  const [, sign = '', units = '0', digits = ''] = found
  const hundredths =
    BigInt(units + digits.padEnd(2, '0').slice(0, 2)) + (Number(digits[2] ?? '0') > 4 ? 1n : 0n)
  return fromHundredths(sign === '-' ? -hundredths : hundredths)
}

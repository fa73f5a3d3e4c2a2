/** Adds two decimal texts exactly. */
export function addDecimals(left: string, right: string): string {
  if (!isPlain(left) || !isPlain(right)) return String(Number(left) + Number(right))
  const scale = Math.max(digitsAfterPoint(left), digitsAfterPoint(right))
  return unscaled(scaled(left, scale) + scaled(right, scale), scale)
}

/** `left / right` as text, or null where the ratio means nothing. */
export function ratioOf(left: string | null, right: string | null): string | null {
  if (left === null || right === null || Number(right) === 0) return null
  const ratio = Number(left) / Number(right)
  return Number.isFinite(ratio) ? String(ratio) : null
}

/** The relative change from `before` to `now` (0.1 is a tenth more), or null without something to compare with. */
export function changeOf(now: string | null, before: string | null): string | null {
  if (now === null || before === null || Number(before) === 0) return null
  return ratioOf(String(Number(now) - Number(before)), String(Math.abs(Number(before))))
}

/** `now - before`, for numbers that are rates already. */
export function differenceOf(now: string | null, before: string | null): string | null {
  return now === null || before === null ? null : String(Number(now) - Number(before))
}

function isPlain(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text)
}

function digitsAfterPoint(text: string): number {
  return text.split('.')[1]?.length ?? 0
}

function scaled(text: string, scale: number): bigint {
  const [whole = '0', part = ''] = text.split('.')
  return BigInt(whole + part.padEnd(scale, '0'))
}

function unscaled(value: bigint, scale: number): string {
  if (scale === 0) return String(value)
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

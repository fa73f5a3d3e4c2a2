import { fromHundredths, toHundredths } from './amount.ts'

/** How many per cent a number may be below and above one before it; null for no limit. */
export type ChangeLimits = { readonly down: number | null; readonly up: number | null }

/**
 * Where a number must stay beside `before`, rounded inwards to whole units where `before` is whole, else to hundredths;
 * `before` itself is always within. Without a number before there is no limit.
 */
export function limitsOf(
  before: string | null,
  { down, up }: ChangeLimits,
): { readonly least: string | null; readonly most: string | null } {
  if (before === null) return { least: null, most: null }
  const size = toHundredths(before)
  const unit = size % 100n === 0n ? 100n : 1n
  const scale = 100n * unit
  const low = down === null ? null : size * BigInt(Math.max(100 - down, 0))
  return {
    least: low === null ? null : fromHundredths(((low + scale - 1n) / scale) * unit),
    most: up === null ? null : fromHundredths(((size * BigInt(100 + up)) / scale) * unit),
  }
}

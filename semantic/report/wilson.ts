export type Interval = { readonly low: number; readonly high: number }

const Z_95 = 1.959963984540054

/**
 * Wilson's score interval at 95 %: where the true share likely is, after `part` of `whole`; null of nothing.
 * Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 1927, without correction
 * for continuity.
 */
export function wilson(part: number, whole: number): Interval | null {
  if (whole <= 0 || part < 0 || part > whole) return null
  const share = part / whole
  const square = (Z_95 * Z_95) / whole
  const centre = (share + square / 2) / (1 + square)
  const half = (Z_95 / (1 + square)) * Math.sqrt((share * (1 - share)) / whole + square / (4 * whole))
  // Rounding may put an end a hair past the share itself.
  return {
    low: Math.max(0, Math.min(share, centre - half)),
    high: Math.min(1, Math.max(share, centre + half)),
  }
}

type Compared = { readonly format: string; readonly value: string | null; readonly before: string | null }

/** How a figure moved: a fraction of the earlier value, or points where it is a rate; null without a base. */
export function changeOf({ format, value, before }: Compared): { size: number; isPoints: boolean } | null {
  if (value === null || before === null) return null
  if (format === 'percent') return { size: Number(value) - Number(before), isPoints: true }
  return Number(before) === 0 ? null : { size: Number(value) / Number(before) - 1, isPoints: false }
}

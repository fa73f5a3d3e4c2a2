import type { Formatter } from '#lib/format/index.ts'
import { NONE } from '#lib/format/index.ts'

type Words = { readonly nearly: (share: string) => string; readonly hardly: (share: string) => string }

/** A chance in whole per cent; what only rounds to certain or to impossible isn't called so. */
export function chanceText(f: Formatter, words: Words, chance: string | null): string {
  if (chance === null) return NONE
  const share = Number(chance)
  if (share < 0.01) return words.hardly(f.percent(0.01, 0))
  if (share > 0.99 && share < 1) return words.nearly(f.percent(0.99, 0))
  return f.percent(chance, 0)
}

import type { Formatter } from '#lib/format/index.ts'
import type { Messages } from '#lib/messages/index.ts'
import type { Comparison } from '#semantic/report'

type Words = { readonly t: Messages; readonly f: Formatter }

/** What the numbers stand beside, e.g. "Compared with 1–22 Oct 2026: its first 15 working days, …". */
export function comparedText({ before, workingDays }: Comparison, { t, f }: Words): string {
  const period = f.dayRange(before[0], before[1])
  const { compared, comparedPartly } = t.reports.table
  return workingDays === null ? compared(period) : comparedPartly(period, workingDays)
}

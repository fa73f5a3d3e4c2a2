import type { Formatter } from '#lib/format/index.ts'
import type { Messages } from '#lib/messages/index.ts'
import { isMonth, type DayRange } from '#lib/period/month.ts'

/** A period as people call it: Nov 2026, Last quarter, 1–22 Oct 2026. */
export function periodName(period: string, range: DayRange, { t, f }: { t: Messages; f: Formatter }): string {
  if (isMonth(period)) return f.month(`${period}-01`)
  const relative = Object.entries(t.scope.periods).find(([word]) => word === period)
  return relative?.[1] ?? f.dayRange(...range)
}

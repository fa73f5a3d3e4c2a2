import { decidingDay, weeksBefore } from '#config/fiscal-calendar'
import type { FiscalCalendar, FiscalPart, RetailCalendar } from '#config/fiscal-calendar'

type Retail = FiscalCalendar & { readonly retail: RetailCalendar }

const WEEKS = 53

/** SQL of the first moment of the part of a retail year that a timestamp falls into. */
export function retailStartSql(time: string, part: FiscalPart, calendar: Retail): string {
  const week = weekSql(time, calendar.retail)
  if (part === 'fiscal_week') return week
  const year = yearSql(week, calendar)
  if (part === 'fiscal_year') return year
  const size = part === 'fiscal_period' ? 1 : 3
  return `(${year} + to_days([${daysBefore(size, calendar.retail)}][date_diff('day', ${year}, ${week}) // 7 + 1]))`
}

function weekSql(time: string, { weekStart }: RetailCalendar): string {
  const days = (8 - weekStart) % 7
  return `(date_trunc('week', ${time} + interval ${days} day) - interval ${days} day)`
}

// A week belongs to the year of its deciding day's months; that year begins with the week of its own first such day.
function yearSql(week: string, { firstMonth, retail }: Retail): string {
  const deciding = decidingDay(retail)
  const months = firstMonth - 1
  const monthYear = `date_trunc('year', ${week} + interval ${deciding} day - interval ${months} month)`
  return weekSql(`${monthYear} + interval ${months} month + interval ${6 - deciding} day`, retail)
}

/** Days of the year that are over before the part of each of its weeks. */
function daysBefore(size: number, { pattern }: RetailCalendar): string {
  const starts = weeksBefore(pattern).filter((_, period) => period % size === 0)
  const days = Array.from(
    { length: WEEKS },
    (_, week) => 7 * (starts.findLast((start) => start <= week) ?? 0),
  )
  return days.join(', ')
}

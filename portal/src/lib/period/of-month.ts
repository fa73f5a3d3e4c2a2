import { isRelativePeriod, resolvePeriod } from '#semantic/report'
import type { FiscalCalendar, GivenParameters, ReportDefinition } from '#semantic/report'
import type { MonthView } from './month.ts'

const MONTHS: readonly string[] = ['this_month', 'last_month']

/**
 * The periods of a report as they are in a month: one of a month is that month, any other ends with it (last 12 months,
 * the quarter it lies in). What has fixed values or only a few to choose from keeps them.
 */
export function periodsInMonth(
  { parameters }: ReportDefinition,
  month: MonthView,
  fiscalCalendar: FiscalCalendar,
): GivenParameters {
  const periods = parameters.flatMap(({ name, type, allowed, default: usual }) => {
    const word = usual.kind === 'relative' ? usual.value : ''
    if (type !== 'period' || allowed !== undefined || !isRelativePeriod(word)) return []
    const range = MONTHS.includes(word) ? month.range : endingWith(month, word, fiscalCalendar)
    return [[name, [range.join('..')]] as const]
  })
  return Object.fromEntries(periods)
}

/** Noon in UTC of a local day is that day whatever the company's zone. */
function endingWith(
  { soFar }: MonthView,
  word: Parameters<typeof resolvePeriod>[0],
  fiscalCalendar: FiscalCalendar,
) {
  return resolvePeriod(word, { now: new Date(`${soFar[1]}T12:00:00Z`), zone: 'UTC', fiscalCalendar })
}

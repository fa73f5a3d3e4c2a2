import type { WorkCalendar } from './calendar.ts'
import { dayAfter, firstWorkingDays, lengthOf, workingDaysIn } from './calendar.ts'
import type { ComparisonKind, FilterClause, Granularity, ReportDefinition } from './definition.ts'
import type { Clock, DateRange } from './periods.ts'
import { addMonths, bucketRange, bucketStart, localDate, monthsIn } from './periods.ts'
import type { ReportView } from './types.ts'
import { findMember } from './view.ts'

/** The period that a report's numbers stand beside. */
export type Comparison = {
  readonly kind: ComparisonKind
  /** The time whose period is compared. */
  readonly member: string
  /** The report's own period. */
  readonly range: DateRange
  /** The days it is compared with: of an unfinished period as many working days as have begun. */
  readonly before: DateRange
  /** How many working days of each are compared; null when both periods are whole. */
  readonly workingDays: number | null
  /** Month 1–12 in which the company's year begins. */
  readonly fiscalYearStart: number
}

export type ComparisonClock = Clock & { readonly calendar?: WorkCalendar | undefined }

const EVERY_DAY: WorkCalendar = { workingDays: [1, 2, 3, 4, 5, 6, 7], holidays: [] }

/**
 * What a report is compared with: its first period, moved back. Null when it asks for none or has no period.
 * @param filters with dates in place
 */
export function comparisonOf(
  { options }: ReportDefinition,
  filters: readonly FilterClause[],
  { view, ...clock }: ComparisonClock & { readonly view: ReportView },
): Comparison | null {
  const clause = filters.find(
    ({ member, operator }) => operator === 'inDateRange' && findMember(view, member)?.kind === 'time',
  )
  const [from, to] = clause?.values ?? []
  if (options.comparison === undefined || !clause || from === undefined || to === undefined) return null
  const kind = options.comparison
  const range = [from, to] as const
  const { fiscalYearStart } = clock
  return { kind, member: clause.member, range, fiscalYearStart, ...periodBefore(range, kind, clock) }
}

/** The days that a period is compared with; of an unfinished one as many working days as have begun. */
export function periodBefore(
  range: DateRange,
  kind: ComparisonKind,
  clock: ComparisonClock,
): Pick<Comparison, 'before' | 'workingDays'> {
  const [from, to] = range
  const whole = movedBack(range, kind)
  const today = localDate(clock)
  if (today < from || today >= to) return { before: whole, workingDays: null }
  const calendar = clock.calendar ?? EVERY_DAY
  const workingDays = workingDaysIn([from, today], calendar).length
  return { before: firstWorkingDays(whole, workingDays, calendar), workingDays }
}

/** The filters of the compared period: those of the report with the period moved. */
export function filtersBefore(filters: readonly FilterClause[], comparison: Comparison): FilterClause[] {
  return filters.map((clause) =>
    isPeriod(clause, comparison) ? { ...clause, values: [...comparison.before] } : clause,
  )
}

/** A cell's filters in the compared period: a month of the report becomes the month it is compared with. */
export function cellBefore(cell: readonly FilterClause[], comparison: Comparison): FilterClause[] {
  return cell.map((clause) => {
    const [from, to] = clause.values
    if (clause.member !== comparison.member || clause.operator !== 'inDateRange') return clause
    return from === undefined || to === undefined
      ? clause
      : { ...clause, values: [...movedBy([from, to], comparison)] }
  })
}

/** Where a bucket of the compared period stands among the report's own; null when it has no counterpart. */
export function counterpart(start: string, granularity: Granularity, comparison: Comparison): string | null {
  const { range, before } = comparison
  const first = start.slice(0, 10)
  if (granularity === 'week') return weekCounterpart(first, comparison)
  const known = first < before[0] ? before[0] : first
  const months = monthShift(comparison)
  const moved = months === null ? dayAfter(known, daysBetween(before[0], range[0])) : addMonths(known, months)
  return moved === null ? null : timeText(bucketStart(moved, granularity, comparison.fiscalYearStart))
}

function isPeriod(clause: FilterClause, { member, range }: Comparison): boolean {
  const [from, to] = clause.values
  return clause.member === member && clause.operator === 'inDateRange' && from === range[0] && to === range[1]
}

function movedBack(range: DateRange, kind: ComparisonKind): DateRange {
  const months = kind === 'last_year' ? 12 : monthsIn(range)
  if (months === null) {
    const days = lengthOf(range)
    return [dayAfter(range[0], -days), dayAfter(range[1], -days)]
  }
  return [monthsBack(range[0], months), monthsBack(range[1], months)]
}

/** The same day so many months before; the last day of a month stays one, and 29 February becomes the 28th. */
function monthsBack(day: string, months: number): string {
  const isLast = dayAfter(day, 1).endsWith('-01')
  const lastOfMonth = bucketRange(bucketStartBack(day, months), 'month')[1]
  if (isLast) return lastOfMonth
  return addMonths(day, -months) ?? lastOfMonth
}

function bucketStartBack(day: string, months: number): string {
  return addMonths(`${day.slice(0, 7)}-01`, -months) ?? day
}

function movedBy([from, to]: DateRange, comparison: Comparison): DateRange {
  const months = monthShift(comparison)
  if (months === null) {
    const days = daysBetween(comparison.range[0], comparison.before[0])
    return [dayAfter(from, days), dayAfter(to, days)]
  }
  if (lengthOf([from, to]) === 7) {
    const weeks = Math.round(daysBetween(comparison.range[0], comparison.before[0]) / 7) * 7
    return [dayAfter(from, weeks), dayAfter(to, weeks)]
  }
  return [monthsBack(from, months), monthsBack(to, months)]
}

/** Months between the two periods, or null when they are counted in days. */
function monthShift({ kind, range }: Comparison): number | null {
  return kind === 'last_year' ? 12 : monthsIn(range)
}

function weekCounterpart(first: string, { range, before }: Comparison): string {
  const weeks = Math.round(daysBetween(before[0], range[0]) / 7) * 7
  return timeText(dayAfter(first, weeks))
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

/** Buckets are named by the time they begin at, as results name them. */
function timeText(day: string): string {
  return `${day}T00:00:00.000`
}

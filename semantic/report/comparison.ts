import {
  addFiscalPeriods,
  CALENDAR_YEARS,
  fiscalPeriodsIn,
  fiscalRange,
  type FiscalCalendar,
} from '#config/fiscal-calendar'
import type { WorkCalendar } from './calendar.ts'
import { dayAfter, firstWorkingDays, lengthOf, workingDaysIn } from './calendar.ts'
import type { ComparisonKind, FilterClause, Granularity, ReportDefinition } from './definition.ts'
import { calendarOf } from './fiscal.ts'
import type { Clock, DateRange } from './periods.ts'
import { bucketStart, localDate } from './periods.ts'
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
  /** Into what the company parts its years. */
  readonly fiscalCalendar: FiscalCalendar
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
  const own = { ...clock, fiscalCalendar: calendarOf(clause.member, clock.fiscalCalendar) }
  const { fiscalCalendar } = own
  return { kind, member: clause.member, range, fiscalCalendar, ...periodBefore(range, kind, own) }
}

/** The days that a period is compared with; of an unfinished one as many working days as have begun. */
export function periodBefore(
  range: DateRange,
  kind: ComparisonKind,
  clock: ComparisonClock,
): Pick<Comparison, 'before' | 'workingDays'> {
  const [from, to] = range
  const whole = movedBack(range, stepOf({ kind, range, fiscalCalendar: clock.fiscalCalendar }))
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
  const { range, before, fiscalCalendar } = comparison
  const first = start.slice(0, 10)
  if (granularity === 'week') return weekCounterpart(first, comparison)
  const known = first < before[0] ? before[0] : first
  const step = stepOf(comparison)
  const moved =
    step === null
      ? dayAfter(known, daysBetween(before[0], range[0]))
      : addFiscalPeriods(known, step.count, step.calendar)
  return moved === null ? null : timeText(bucketStart(moved, granularity, fiscalCalendar))
}

function isPeriod(clause: FilterClause, { member, range }: Comparison): boolean {
  const [from, to] = clause.values
  return clause.member === member && clause.operator === 'inDateRange' && from === range[0] && to === range[1]
}

type Compared = Pick<Comparison, 'kind' | 'range' | 'fiscalCalendar'>

/** By how much a period is moved: so many months, or periods of a retail calendar. */
type Step = { readonly count: number; readonly calendar: FiscalCalendar }

/** The step between the two periods, in what the report's own is whole of; null when it is counted in days. */
function stepOf({ kind, range, fiscalCalendar }: Compared): Step | null {
  const calendar = [fiscalCalendar, CALENDAR_YEARS].find((one) => fiscalPeriodsIn(range, one) !== null)
  const count = calendar && fiscalPeriodsIn(range, calendar)
  if (kind === 'last_year') return { count: 12, calendar: calendar ?? fiscalCalendar }
  return calendar && count ? { count, calendar } : null
}

function movedBack(range: DateRange, step: Step | null): DateRange {
  if (step !== null) return [dayBack(range[0], step), dayBack(range[1], step)]
  const days = lengthOf(range)
  return [dayAfter(range[0], -days), dayAfter(range[1], -days)]
}

/** The same day so much before; the last day of a period stays one, and 29 February becomes the 28th. */
function dayBack(day: string, { count, calendar }: Step): string {
  const [first, last] = fiscalRange(day, 'fiscal_period', calendar)
  const moved = addFiscalPeriods(first, -count, calendar) ?? first
  const lastMoved = fiscalRange(moved, 'fiscal_period', calendar)[1]
  if (day === last) return lastMoved
  return addFiscalPeriods(day, -count, calendar) ?? lastMoved
}

function movedBy([from, to]: DateRange, comparison: Comparison): DateRange {
  const step = stepOf(comparison)
  const isWeek = lengthOf([from, to]) === 7
  if (isWeek && step?.calendar.retail) return weekFrom(dayBack(from, step))
  if (isWeek && step) {
    const weeks = Math.round(daysBetween(comparison.range[0], comparison.before[0]) / 7) * 7
    return weekFrom(dayAfter(from, weeks))
  }
  if (step) return movedBack([from, to], step)
  const days = daysBetween(comparison.range[0], comparison.before[0])
  return [dayAfter(from, days), dayAfter(to, days)]
}

function weekFrom(first: string): DateRange {
  return [first, dayAfter(first, 6)]
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

import { fiscalRange, type FiscalCalendar, type FiscalPart } from '#config/fiscal-calendar'
import { dayAfter } from './calendar.ts'
import type { ReportOptions } from './definition.ts'
import { isFiscal } from './fiscal.ts'

export const RELATIVE_PERIODS = [
  'today',
  'yesterday',
  'this_week',
  'last_week',
  'this_month',
  'last_month',
  'this_fiscal_period',
  'last_fiscal_period',
  'this_quarter',
  'last_quarter',
  'this_year',
  'last_year',
  'last_7_days',
  'last_30_days',
  'last_90_days',
  'last_12_months',
] as const
export type RelativePeriod = (typeof RELATIVE_PERIODS)[number]

/** First and last local day, both included, as YYYY-MM-DD. */
export type DateRange = readonly [from: string, to: string]

export type Clock = {
  readonly now: Date
  /** IANA zone of the company: "today" is the day there. */
  readonly zone: string
  /** Into what the company parts its years. */
  readonly fiscalCalendar: FiscalCalendar
}

type Day = { readonly year: number; readonly month: number; readonly day: number }

export function isRelativePeriod(word: string): word is RelativePeriod {
  return (RELATIVE_PERIODS as readonly string[]).includes(word)
}

/** The relative periods that a company can mean: fiscal ones only where they are not months. */
export function relativePeriodsOf({ retail }: FiscalCalendar): readonly RelativePeriod[] {
  return RELATIVE_PERIODS.filter((one) => retail !== null || !one.endsWith('_fiscal_period'))
}

/** Turns a relative period into days of the company's zone; years and quarters follow its fiscal year. */
export function resolvePeriod(period: RelativePeriod, clock: Clock): DateRange {
  const today = localDay(clock.now, clock.zone)
  switch (period) {
    case 'today':
      return days(today, 0, 0)
    case 'yesterday':
      return days(today, -1, -1)
    case 'this_week':
      return week(today, 0)
    case 'last_week':
      return week(today, -1)
    case 'this_month':
      return months(today.year, today.month, 1)
    case 'last_month':
      return months(today.year, today.month - 1, 1)
    case 'this_fiscal_period':
      return fiscalRange(localDate(clock), 'fiscal_period', clock.fiscalCalendar)
    case 'last_fiscal_period':
      return before('fiscal_period', clock)
    case 'this_quarter':
      return fiscalRange(localDate(clock), 'fiscal_quarter', clock.fiscalCalendar)
    case 'last_quarter':
      return before('fiscal_quarter', clock)
    case 'this_year':
      return fiscalRange(localDate(clock), 'fiscal_year', clock.fiscalCalendar)
    case 'last_year':
      return before('fiscal_year', clock)
    case 'last_7_days':
      return days(today, -6, 0)
    case 'last_30_days':
      return days(today, -29, 0)
    case 'last_90_days':
      return days(today, -89, 0)
    case 'last_12_months':
      return months(today.year, today.month - 11, 12)
  }
}

/** The last day of a period before this one; a date is itself. Null for none. */
export function asOfDay({ asOf }: Pick<ReportOptions, 'asOf'>, clock: Clock): string | null {
  if (asOf === undefined) return null
  return isRelativePeriod(asOf) ? resolvePeriod(asOf, clock)[1] : asOf
}

/** The days of the bucket that starts at this ISO time: what a month or a week in a cell stands for. */
export function bucketRange(start: string, granularity: string, fiscal: FiscalCalendar): DateRange {
  if (isFiscal(granularity)) return fiscalRange(start.slice(0, 10), granularity, fiscal)
  const [year = 1970, month = 1, day = 1] = start.slice(0, 10).split('-').map(Number)
  const first = { year, month, day }
  switch (granularity) {
    case 'week':
      return days(first, 0, 6)
    case 'month':
      return months(year, month, 1)
    case 'quarter':
      return months(year, month, 3)
    case 'year':
      return months(year, month, 12)
    default:
      return days(first, 0, 0)
  }
}

/** Today in the company's zone, YYYY-MM-DD. */
export function localDate({ now, zone }: Pick<Clock, 'now' | 'zone'>): string {
  const { year, month, day } = localDay(now, zone)
  return iso(year, month, day)
}

/** The first day of the bucket that a day falls into. */
export function bucketStart(date: string, granularity: string, fiscal: FiscalCalendar): string {
  if (isFiscal(granularity)) return fiscalRange(date, granularity, fiscal)[0]
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number)
  switch (granularity) {
    case 'week':
      return week({ year, month, day }, 0)[0]
    case 'month':
      return iso(year, month, 1)
    case 'quarter':
      return iso(year, month - ((month - 1) % 3), 1)
    case 'year':
      return iso(year, 1, 1)
    default:
      return date
  }
}

function localDay(now: Date, zone: string): Day {
  const text = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(now)
  const [year = 1970, month = 1, day = 1] = text.split('-').map(Number)
  return { year, month, day }
}

function iso(year: number, month: number, day: number): string {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.toISOString().slice(0, 10)
}

function days(from: Day, first: number, last: number): DateRange {
  return [iso(from.year, from.month, from.day + first), iso(from.year, from.month, from.day + last)]
}

function months(year: number, month: number, count: number): DateRange {
  return [iso(year, month, 1), iso(year, month + count, 0)]
}

function week(today: Day, shift: number): DateRange {
  const weekday = (new Date(iso(today.year, today.month, today.day)).getUTCDay() + 6) % 7
  return days(today, shift * 7 - weekday, shift * 7 - weekday + 6)
}

/** The part of the fiscal year before the one that today falls into. */
function before(part: FiscalPart, clock: Clock): DateRange {
  const [first] = fiscalRange(localDate(clock), part, clock.fiscalCalendar)
  return fiscalRange(dayAfter(first, -1), part, clock.fiscalCalendar)
}

export const WEEK_PATTERNS = ['4-4-5', '4-5-4', '5-4-4'] as const
export const YEAR_ENDS = ['last', 'nearest'] as const
export const YEAR_NAMES = ['start', 'end'] as const

/** A retail calendar: years of 52 or 53 whole weeks, whose 53rd week goes to the last period. */
export type RetailCalendar = {
  /** Weeks of the three periods of each quarter. */
  readonly pattern: (typeof WEEK_PATTERNS)[number]
  /** ISO day on which weeks begin, 1 is Monday. */
  readonly weekStart: number
  /** The year's last day: the last such weekday of its last month, or the one nearest to that month's end. */
  readonly yearEnd: (typeof YEAR_ENDS)[number]
}

/** How a company parts its years: into whole months or, with a retail calendar, into whole weeks. */
export type FiscalCalendar = {
  /** Month 1–12 with which the year begins; of a retail calendar the month that its first period stands for. */
  readonly firstMonth: number
  /** A year is called by the calendar year of its first month, or of its last. */
  readonly namedBy: (typeof YEAR_NAMES)[number]
  readonly retail: RetailCalendar | null
}

export const FISCAL_PARTS = ['fiscal_week', 'fiscal_period', 'fiscal_quarter', 'fiscal_year'] as const
export type FiscalPart = (typeof FISCAL_PARTS)[number]

/** Where a day stands: the year's name, and from 1 on the quarter, period and, of a retail calendar, week in it. */
export type FiscalPlace = {
  readonly year: number
  readonly quarter: number
  readonly period: number
  readonly week: number | null
}

/** First and last day, both included, as YYYY-MM-DD. */
export type FiscalRange = readonly [from: string, to: string]

export const CALENDAR_YEARS: FiscalCalendar = { firstMonth: 1, namedBy: 'end', retail: null }

const MONDAY = 1
const PERIODS: Readonly<Record<Exclude<FiscalPart, 'fiscal_week'>, number>> = {
  fiscal_period: 1,
  fiscal_quarter: 3,
  fiscal_year: 12,
}

/** The parts of a year that are not the calendar's own under another name. */
export function fiscalPartsOf({ firstMonth, retail }: FiscalCalendar): readonly FiscalPart[] {
  if (retail !== null) return FISCAL_PARTS
  return firstMonth === 1 ? [] : ['fiscal_quarter', 'fiscal_year']
}

/** The days of the part that a day falls into. Without a retail calendar periods are months and weeks those from Monday. */
export function fiscalRange(day: string, part: FiscalPart, calendar: FiscalCalendar): FiscalRange {
  const number = numberOf(day)
  if (part === 'fiscal_week') {
    const first = weekOf(number, calendar.retail?.weekStart ?? MONDAY)
    return [dayOf(first), dayOf(first + 6)]
  }
  const index = indexOf(number, calendar)
  const first = index - remainder(index, PERIODS[part])
  return [dayOf(startOf(first, calendar)), dayOf(startOf(first + PERIODS[part], calendar) - 1)]
}

/** Where in its fiscal year a day stands. */
export function fiscalPlace(day: string, calendar: FiscalCalendar): FiscalPlace {
  const { firstMonth, namedBy, retail } = calendar
  const number = numberOf(day)
  const index = indexOf(number, calendar)
  const period = remainder(index, 12)
  return {
    year: Math.floor(index / 12) + (firstMonth > 1 && namedBy === 'end' ? 1 : 0),
    quarter: Math.floor(period / 3) + 1,
    period: period + 1,
    week: retail === null ? null : Math.floor((number - startOf(index - period, calendar)) / 7) + 1,
  }
}

/** How many whole periods a range of days is; null when it does not begin and end with one. */
export function fiscalPeriodsIn([from, to]: FiscalRange, calendar: FiscalCalendar): number | null {
  const [first, after] = [numberOf(from), numberOf(to) + 1]
  const [one, other] = [indexOf(first, calendar), indexOf(after, calendar)]
  const isWhole = startOf(one, calendar) === first && startOf(other, calendar) === after
  return isWhole && other > one ? other - one : null
}

/** The same day of another period, counted from its first; null where that period is too short for it. */
export function addFiscalPeriods(day: string, count: number, calendar: FiscalCalendar): string | null {
  const number = numberOf(day)
  const index = indexOf(number, calendar)
  const moved = startOf(index + count, calendar) + number - startOf(index, calendar)
  return moved < startOf(index + count + 1, calendar) ? dayOf(moved) : null
}

/** Weeks of the year that are over before each period, one after another. */
export function weeksBefore(pattern: RetailCalendar['pattern']): readonly number[] {
  const [first = 0, second = 0] = pattern.split('-').map(Number)
  return [0, 13, 26, 39].flatMap((weeks) => [weeks, weeks + first, weeks + first + second])
}

/**
 * The day of the week by whose month a week belongs to a year, in days after the week's first: its last day where the
 * year ends with the last weekday of a month, its middle where with the nearest to the month's end.
 */
export function decidingDay({ yearEnd }: RetailCalendar): number {
  return yearEnd === 'last' ? 6 : 3
}

/** The number of a period: twelve for each year, from that which began in the year 0 on. */
function indexOf(number: number, calendar: FiscalCalendar): number {
  const { firstMonth, retail } = calendar
  if (retail === null) return monthsOf(number) - firstMonth + 1
  const week = weekOf(number, retail.weekStart)
  const months = monthsOf(week + decidingDay(retail)) - firstMonth + 1
  const year = months - remainder(months, 12)
  const weeks = (week - startOf(year, calendar)) / 7
  return year + weeksBefore(retail.pattern).findLastIndex((before) => before <= weeks)
}

/** The first day of a period by its number. */
function startOf(index: number, { firstMonth, retail }: FiscalCalendar): number {
  if (retail === null) return monthStart(index + firstMonth - 1)
  const period = remainder(index, 12)
  const year = weekOf(monthStart(index - period + firstMonth - 1) + 6 - decidingDay(retail), retail.weekStart)
  return year + 7 * (weeksBefore(retail.pattern)[period] ?? 0)
}

const DAY = 86_400_000
const THURSDAY = 4

/** Days since 1970-01-01, a Thursday. */
function numberOf(day: string): number {
  return Date.parse(day) / DAY
}

function dayOf(number: number): string {
  return new Date(number * DAY).toISOString().slice(0, 10)
}

function weekOf(number: number, weekStart: number): number {
  return number - remainder(number + THURSDAY - weekStart, 7)
}

/** Months since January of the year 0. */
function monthsOf(number: number): number {
  const date = new Date(number * DAY)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

function monthStart(months: number): number {
  const date = new Date(0)
  date.setUTCFullYear(Math.floor(months / 12), remainder(months, 12), 1)
  return date.getTime() / DAY
}

function remainder(number: number, size: number): number {
  return ((number % size) + size) % size
}

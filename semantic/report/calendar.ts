import type { DateRange } from './periods.ts'

/** On which days the company works. */
export type WorkCalendar = {
  /** ISO days of the week on which people work, 1 is Monday. */
  readonly workingDays: readonly number[]
  readonly holidays: readonly { readonly date: string }[]
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Whether a value is a day of the calendar as YYYY-MM-DD; 2026-02-30 is none. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !DAY.test(value)) return false
  const time = Date.parse(value)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}

/** The working days of a period, both ends included, as YYYY-MM-DD. */
export function workingDaysIn([from, to]: DateRange, calendar: WorkCalendar): string[] {
  const holidays = new Set(calendar.holidays.map(({ date }) => date))
  const days: string[] = []
  for (let day = from; day <= to; day = dayAfter(day, 1)) {
    const weekday = new Date(day).getUTCDay() || 7
    if (calendar.workingDays.includes(weekday) && !holidays.has(day)) days.push(day)
  }
  return days
}

/** The period up to its n-th working day; the whole of it when it has fewer. */
export function firstWorkingDays(range: DateRange, count: number, calendar: WorkCalendar): DateRange {
  const days = workingDaysIn(range, calendar)
  if (count >= days.length) return range
  return [range[0], days[count - 1] ?? range[0]]
}

/** YYYY-MM-DD so many days later, earlier for a count below zero. */
export function dayAfter(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10)
}

/** Days of a period, both ends included. */
export function lengthOf([from, to]: DateRange): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
}

export type Calendar = {
  /** ISO days of the week on which people work, 1 is Monday. */
  readonly workingDays: readonly number[]
  readonly holidays: readonly { readonly date: string }[]
}
export type DayRange = readonly [from: string, to: string]

/** One month as it is looked at today: an unfinished one is compared with as many working days of the earlier one. */
export type MonthView = {
  /** YYYY-MM */
  readonly month: string
  readonly range: DayRange
  /** Days that count so far: to today in the present month, else the whole month. */
  readonly soFar: DayRange
  readonly isCurrent: boolean
  readonly workingDays: number
  readonly workingDaysDone: number
  readonly workingDaysLeft: number
  readonly compare: { readonly month: string; readonly range: DayRange; readonly isPartial: boolean }
}

const DAY = 86_400_000

/** Whether a text is a month of this century, YYYY-MM. */
export function isMonth(text: string): boolean {
  return /^20\d{2}-(0[1-9]|1[0-2])$/.test(text)
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10)
}

/** 2026-01 + -1 → 2025-12 */
export function addMonths(month: string, count: number): string {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7)
}

export function monthRange(month: string): DayRange {
  const first = `${month}-01`
  return [first, addDays(`${addMonths(month, 1)}-01`, -1)]
}

/** The days of a range on which people work. */
export function workingDaysOf([from, to]: DayRange, calendar: Calendar): readonly string[] {
  const holidays = new Set(calendar.holidays.map(({ date }) => date))
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const weekday = new Date(day).getUTCDay() || 7
    if (calendar.workingDays.includes(weekday) && !holidays.has(day)) days.push(day)
  }
  return days
}

/** How many days of a month people work. */
export function workingDaysIn(month: string, calendar: Calendar): number {
  return workingDaysOf(monthRange(month), calendar).length
}

/** The days of a month up to its n-th working day. */
function firstWorkingDays(month: string, count: number, calendar: Calendar): DayRange {
  const whole = monthRange(month)
  const days = workingDaysOf(whole, calendar)
  return [whole[0], days[Math.min(count, days.length) - 1] ?? whole[0]]
}

/** Looks at `month` from `today` (both local), beside the month before. Today counts as a working day that has begun. */
export function viewMonth(month: string, today: string, calendar: Calendar): MonthView {
  const range = monthRange(month)
  const isCurrent = month === today.slice(0, 7)
  const soFar: DayRange = isCurrent ? [range[0], today] : range
  const all = workingDaysIn(month, calendar)
  const done = workingDaysOf(soFar, calendar).length
  const days = { workingDays: all, workingDaysDone: done, workingDaysLeft: all - done }
  const view = { month, range, soFar, isCurrent, ...days }
  return { ...view, compare: compareOf(view, addMonths(month, -1), calendar) }
}

/** The same month beside that of the year before. */
export function besideYearBefore(view: MonthView, calendar: Calendar): MonthView {
  return { ...view, compare: compareOf(view, addMonths(view.month, -12), calendar) }
}

type Present = Pick<MonthView, 'isCurrent' | 'workingDaysDone'>

function compareOf(
  { isCurrent, workingDaysDone }: Present,
  earlier: string,
  calendar: Calendar,
): MonthView['compare'] {
  const range = isCurrent ? firstWorkingDays(earlier, workingDaysDone, calendar) : monthRange(earlier)
  return { month: earlier, range, isPartial: isCurrent }
}

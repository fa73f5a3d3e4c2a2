import type { Config } from '#config'
import { fiscalPlace, fiscalRange } from '#config/fiscal-calendar'
import type { TextRow } from './streams.ts'

type Company = Pick<Config['company'], 'calendar' | 'fiscalCalendar'>
type TeamCalendar = Config['company']['teamCalendars'][number]

const FIRST_YEAR = 2010
const LAST_YEAR = 2035

/**
 * Every day of 2010 to 2035 by the company's calendar. Working hours are a decimal number of hours; a working day
 * opens and closes at local times of day.
 */
export function calendarDays({ calendar, fiscalCalendar }: Company): readonly TextRow[] {
  const hours = (minutesOf(calendar.hours.to) - minutesOf(calendar.hours.from)) / 60
  return workDays(calendar).map(({ day, isWorking, holiday }) => ({
    ...dayColumns({ day, isWorking }, calendar),
    working_hours: isWorking ? hours.toFixed(4) : '0',
    is_holiday: String(holiday !== undefined),
    holiday_name: holiday ?? null,
    ...fiscalColumns(day, fiscalCalendar),
  }))
}

/** The same days by the calendars of branches and departments that have one. */
export function teamCalendarDays(calendars: readonly TeamCalendar[]): readonly TextRow[] {
  return calendars.flatMap(({ kind, team, calendar }) =>
    workDays(calendar).map((each) => ({ kind, team, ...dayColumns(each, calendar) })),
  )
}

type WorkCalendar = Company['calendar']
type WorkDay = { readonly day: string; readonly isWorking: boolean; readonly holiday: string | undefined }

function workDays(calendar: WorkCalendar): WorkDay[] {
  const holidays = new Map(calendar.holidays.map(({ date, name }) => [date, name]))
  const days: WorkDay[] = []
  for (let at = Date.UTC(FIRST_YEAR, 0, 1); at <= Date.UTC(LAST_YEAR, 11, 31); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10)
    const holiday = holidays.get(day)
    const isWorking = calendar.workingDays.includes(new Date(at).getUTCDay() || 7) && holiday === undefined
    days.push({ day, isWorking, holiday })
  }
  return days
}

function dayColumns({ day, isWorking }: Omit<WorkDay, 'holiday'>, { hours }: WorkCalendar): TextRow {
  return {
    day,
    is_working: String(isWorking),
    opens_at: isWorking ? hours.from : null,
    closes_at: isWorking ? hours.to : null,
  }
}

function fiscalColumns(day: string, calendar: Company['fiscalCalendar']): TextRow {
  const { year, quarter, period, week } = fiscalPlace(day, calendar)
  return {
    fiscal_year: String(year),
    fiscal_quarter: String(quarter),
    fiscal_period: String(period),
    fiscal_week: week === null ? null : String(week),
    fiscal_year_start: fiscalRange(day, 'fiscal_year', calendar)[0],
    fiscal_quarter_start: fiscalRange(day, 'fiscal_quarter', calendar)[0],
    fiscal_period_start: fiscalRange(day, 'fiscal_period', calendar)[0],
    fiscal_week_start: week === null ? null : fiscalRange(day, 'fiscal_week', calendar)[0],
  }
}

function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}

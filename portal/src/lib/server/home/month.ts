import { addMonths, besideYearBefore, isMonth, viewMonth, type MonthView } from '#lib/period/month.ts'
import type { AgainstPeriod, Scope } from '#lib/scope/page-scope.ts'
import { localDate, type FilterClause } from '#semantic/report'
import type { Services } from '#services'
import { ofDepartments, ofPerson, textOf, type Ask } from './ask.ts'

const DATES = [
  ['deals_report.count', 'deals_report.closed_at'],
  ['calls_report.count', 'calls_report.started_at'],
] as const

async function latestMonth(ask: Ask): Promise<string | null> {
  const found = await Promise.all(
    DATES.map(async ([measure, dimension]) => {
      const { rows } = await ask({
        measures: [measure],
        timeDimensions: [{ dimension, granularity: 'month' }],
        filters: [{ member: dimension, operator: 'set' }],
        order: { [dimension]: 'desc' },
        limit: 1,
      })
      return textOf(rows[0], `${dimension}.month`)?.slice(0, 7) ?? textOf(rows[0], dimension)?.slice(0, 7)
    }),
  )
  return (
    found
      .filter((month) => month !== undefined)
      .sort()
      .at(-1) ?? null
  )
}

/** One month of a home page, and the departments it is of; none stands for all that the reader may see. */
export type HomeView = MonthView & {
  readonly present: string
  readonly against: Exclude<AgainstPeriod, 'nothing'>
  readonly departments: readonly string[]
  /** Whose numbers these are: the filters of the reports behind them, by bare names of fields. */
  readonly whose: readonly FilterClause[]
}

/** The scope of the address, and the person whose page it is where it is one's own. */
type Asked = Scope & { readonly personId?: string | null }

/**
 * The month a home page shows: the one asked for, else the present one, else – where the data ended more
 * than a month ago – the last one that has data.
 */
export async function chooseMonth(
  ask: Ask,
  { config, now }: Pick<Services, 'config' | 'now'>,
  { period, against: asked, department, personId = null }: Asked,
): Promise<HomeView> {
  const { timezone, calendar } = config.company
  const today = localDate({ now: now(), zone: timezone })
  const present = today.slice(0, 7)
  const month = monthOf(period, present) ?? (await usualMonth(ask, present))
  const against = asked === 'last_year' ? 'last_year' : 'previous'
  const beside = viewMonth(month, today, calendar)
  const view = against === 'last_year' ? besideYearBefore(beside, calendar) : beside
  return {
    ...view,
    present,
    against,
    departments: department,
    whose: [...ofDepartments(department), ...ofPerson(personId)],
  }
}

/** A period that is one month, not one to come; null for any other. */
function monthOf(period: string, present: string): string | null {
  if (period === 'this_month') return present
  if (period === 'last_month') return addMonths(present, -1)
  return isMonth(period) && period <= present ? period : null
}

async function usualMonth(ask: Ask, present: string): Promise<string> {
  const latest = await latestMonth(ask)
  return latest === null || latest >= addMonths(present, -1) ? present : latest
}

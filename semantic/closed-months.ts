import type { Database } from './database.ts'
import type { ViewMeta } from './meta.ts'
import type { PassportWords } from './passport-words.ts'
import { membersOf, type CubeQuery } from './query.ts'

/** The fields by which a result belongs to a month, by report type. */
const TIMES: Readonly<Record<string, readonly string[]>> = {
  deals_report: ['closed_at', 'won_at', 'lost_at'],
  targets_report: ['month'],
}

type Days = readonly [from: string, to: string]

/** The closed months that a published file has kept results of, YYYY-MM, in order. */
export async function readClosedMonths(database: Database): Promise<readonly string[]> {
  const rows = await database.query(
    `select distinct strftime(month_start, '%Y-%m') as month from main.fct_closed_results order by 1`,
  )
  return rows.map(({ month }) => String(month))
}

/**
 * Of the closed months those whose results a query asks for by today's data and rules: the ones that its dates of closing
 * (targets: months) reach into, all of them where it goes by such a date without naming any, none as of an earlier day.
 */
export function closedMonthsIn(
  query: CubeQuery,
  view: Pick<ViewMeta, 'name'>,
  closed: readonly string[],
): readonly string[] {
  const times = (TIMES[view.name] ?? []).map((field) => `${view.name}.${field}`)
  if (closed.length === 0 || query.asOf !== undefined) return []
  if (!membersOf(query).some((name) => times.includes(name))) return []
  const ranges = rangesOf(query, times)
  return closed.filter((month) =>
    ranges.every(([from, to]) => from.slice(0, 7) <= month && month <= to.slice(0, 7)),
  )
}

function rangesOf(
  { filters = [], timeDimensions = [] }: CubeQuery,
  times: readonly string[],
): readonly Days[] {
  const filtered = filters.flatMap((filter) =>
    'member' in filter && times.includes(filter.member) && filter.operator === 'inDateRange'
      ? daysOf(filter.values ?? [])
      : [],
  )
  const dated = timeDimensions.flatMap(({ dimension, dateRange }) =>
    times.includes(dimension) && dateRange !== undefined ? daysOf([dateRange].flat()) : [],
  )
  return [...filtered, ...dated]
}

/** The first and the last of some days; nothing for what is no day, as "last week". */
function daysOf(values: readonly (string | null)[]): readonly Days[] {
  const [from, to = from] = values
  if (from == null || to == null || ![from, to].every((day) => /^\d{4}-\d\d-\d\d/.test(day))) return []
  return [[from, to]]
}

/** What a reader must know of numbers of closed months; undefined where there are none. */
export function closedNote(months: readonly string[], words: PassportWords): string | undefined {
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return undefined
  return words.closed(months.length > 3 ? words.manyMonths(months.length, first, last) : months.join(', '))
}

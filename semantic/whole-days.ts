import type { ViewMeta } from './meta.ts'
import type { CubeQuery, Filter, MemberFilter } from './query.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const TIME_OPERATORS: Readonly<Record<string, MemberFilter['operator']>> = {
  equals: 'onTheDate',
  gt: 'afterDate',
  gte: 'afterOrOnDate',
  lt: 'beforeDate',
  lte: 'beforeOrOnDate',
}

/**
 * Gives a day in a filter on a time its whole length. Cube takes it as its first moment, so "until 31 January"
 * would leave that day out and "after 31 January" would keep it.
 */
export function withWholeDays(query: CubeQuery, view: ViewMeta): CubeQuery {
  if (query.filters === undefined) return query
  const times = new Set(view.members.filter(({ kind }) => kind === 'time').map(({ name }) => name))
  return { ...query, filters: query.filters.map((filter) => wholeDays(filter, times)) }
}

function wholeDays(filter: Filter, times: ReadonlySet<string>): Filter {
  if ('and' in filter) return { and: filter.and.map((part) => wholeDays(part, times)) }
  if ('or' in filter) return { or: filter.or.map((part) => wholeDays(part, times)) }
  if (!times.has(filter.member) || filter.values === undefined) return filter
  const [value] = filter.values
  const isDay = filter.values.length === 1 && typeof value === 'string' && DAY.test(value)
  if (filter.operator === 'equals' && !isDay) return filter
  const operator = TIME_OPERATORS[filter.operator] ?? filter.operator
  const endsDay = isDay && (operator === 'afterDate' || operator === 'beforeOrOnDate')
  return { ...filter, operator, values: endsDay ? [`${value}T23:59:59.999`] : filter.values }
}

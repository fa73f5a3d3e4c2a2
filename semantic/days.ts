import type { CompiledSql } from './answer.ts'
import type { CubeQuery, Filter } from './query.ts'
import { isDay } from './report/calendar.ts'

/** A query whose periods have stand-ins for their days, and the day of each stand-in. */
export type WithoutDays = { readonly query: CubeQuery; readonly days: ReadonlyMap<string, string> }

// The first or last day of the n-th period; no company has records of 1800 to 1899.
const STAND_IN = /"18\d\d-(?:02-03|10-11)/
const MOST_PERIODS = 50

/**
 * A query with stand-ins for the days of its periods. Undefined where a period is in words such as `last month`, which
 * mean other days tomorrow, or is not made of two days in order, or where the query could be mistaken for stand-ins.
 */
export function withoutDays(query: CubeQuery): WithoutDays | undefined {
  const days = new Map<string, string>()
  const isPlain = (query.timeDimensions ?? []).every(
    ({ dateRange, compareDateRange }) =>
      compareDateRange === undefined && (dateRange === undefined || isPeriod(dateRange)),
  )
  if (!isPlain || STAND_IN.test(JSON.stringify(query))) return undefined
  const open = {
    ...query,
    ...(query.timeDimensions && {
      timeDimensions: query.timeDimensions.map((time) =>
        isPeriod(time.dateRange) ? { ...time, dateRange: standIns(time.dateRange, days) } : time,
      ),
    }),
    ...(query.filters && { filters: query.filters.map((filter) => openFilter(filter, days)) }),
  }
  return days.size > 2 * MOST_PERIODS ? undefined : { query: open, days }
}

/** Puts the days in the place of their stand-ins. Cube gives each end of a period as a parameter, a day and a time. */
export function withDays(compiled: CompiledSql, days: ReadonlyMap<string, string>): CompiledSql {
  const params = compiled.params.map((param) => {
    const day = typeof param === 'string' ? days.get(param.slice(0, 10)) : undefined
    return day === undefined ? param : `${day}${String(param).slice(10)}`
  })
  return { ...compiled, params }
}

function openFilter(filter: Filter, days: Map<string, string>): Filter {
  if ('and' in filter) return { and: filter.and.map((part) => openFilter(part, days)) }
  if ('or' in filter) return { or: filter.or.map((part) => openFilter(part, days)) }
  const { operator, values } = filter
  return operator === 'inDateRange' && isPeriod(values)
    ? { ...filter, values: standIns(values, days) }
    : filter
}

function standIns([from, to]: readonly [string, string], days: Map<string, string>): [string, string] {
  const period = days.size / 2
  const [first, last] = [`${1800 + period}-02-03`, `${1800 + MOST_PERIODS + period}-10-11`]
  days.set(first, from).set(last, to)
  return [first, last]
}

function isPeriod(range: unknown): range is [string, string] {
  if (!Array.isArray(range) || range.length !== 2) return false
  const [from, to]: unknown[] = range
  return isDay(from) && isDay(to) && from <= to
}

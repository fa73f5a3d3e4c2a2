import type { Role } from '#config'
import type { Admitted } from './admit.ts'
import { fiscalPartsOf, type FiscalCalendar } from '#config/fiscal-calendar'
import { calendarOf } from './report/fiscal.ts'
import { mapMembers, membersOf, type CubeQuery, type Filter, type MemberFilter } from './query.ts'
import type { Twin } from './twins.ts'

type Asked = Admitted & { readonly role: Role; readonly fiscalCalendar: FiscalCalendar }

/**
 * The first twin that gives the same answer as the facts: it has every member, each time is split and cut only where
 * its own months or days begin and end, and records are not listed one by one. Twins hold nothing but what adds up, so
 * distinct counts and medians are never found in one. Undefined where the facts must be asked.
 */
export function routeOf(
  { query, view, role, fiscalCalendar }: Asked,
  twins: readonly Twin[],
): Twin | undefined {
  if (query.ungrouped === true || (query.segments ?? []).length > 0) return undefined
  const fitting = twins.filter(({ views, roles }) => views.has(view.name) && roles.has(role))
  return fitting.find((twin) => hasMembers(query, twin) && hasTimes(query, twin, fiscalCalendar))
}

/** The same question to a twin. */
export function askTwin(query: CubeQuery, viewName: string, { cube, slice }: Twin): CubeQuery {
  const renamed = (member: string): string => `${cube}${member.slice(viewName.length)}`
  const { filters = [], ...rest } = mapMembers(query, renamed)
  const isSlice: MemberFilter = { member: `${cube}.slice`, operator: 'equals', values: [slice] }
  return { ...rest, filters: [...filters, isSlice] }
}

const nameOf = (member: string): string => member.split('.')[1] ?? ''

function hasMembers(query: CubeQuery, { measures, dimensions, times }: Twin): boolean {
  const isThere = (member: string): boolean => {
    const name = nameOf(member)
    return measures.has(name) || dimensions.has(name) || times.has(name)
  }
  // A time by itself is asked for to the second.
  return (
    membersOf(query).every(isThere) && !(query.dimensions ?? []).some((member) => times.has(nameOf(member)))
  )
}

const SPLITS: Readonly<Record<Twin['grain'], readonly string[]>> = {
  day: ['day', 'week', 'month', 'quarter', 'year'],
  month: ['month', 'quarter', 'year'],
}

/** By what a twin can split a time. Months are no parts of a retail calendar, whose years are of whole weeks. */
function splitsOf(grain: Twin['grain'], time: string, fiscal: FiscalCalendar): readonly string[] {
  const calendar = calendarOf(time, fiscal)
  const hasParts = grain === 'day' || calendar.retail === null
  return hasParts ? [...SPLITS[grain], ...fiscalPartsOf(calendar)] : SPLITS[grain]
}

function hasTimes(query: CubeQuery, { grain, times }: Twin, fiscal: FiscalCalendar): boolean {
  const isSplit = (query.timeDimensions ?? []).every(
    ({ dimension, granularity, dateRange, compareDateRange }) =>
      (granularity === undefined || splitsOf(grain, dimension, fiscal).includes(granularity)) &&
      (dateRange === undefined || (Array.isArray(dateRange) && isWhole(dateRange, grain))) &&
      compareDateRange === undefined,
  )
  const isCut = (filter: Filter): boolean => {
    if ('and' in filter) return filter.and.every(isCut)
    if ('or' in filter) return filter.or.every(isCut)
    return !times.has(nameOf(filter.member)) || isCutWhole(filter, grain)
  }
  return isSplit && (query.filters ?? []).every(isCut)
}

function isCutWhole({ operator, values = [] }: MemberFilter, grain: Twin['grain']): boolean {
  const [only] = values
  switch (operator) {
    case 'set':
    case 'notSet':
      return true
    case 'inDateRange':
    case 'notInDateRange':
      return isWhole(values, grain)
    case 'gte':
    case 'afterOrOnDate':
    case 'lt':
    case 'beforeDate':
      return values.length === 1 && isFirstDay(only, grain)
    case 'gt':
    case 'afterDate':
    case 'lte':
    case 'beforeOrOnDate':
      return values.length === 1 && isLastDay(only, grain)
    default:
      return false
  }
}

function isWhole(range: readonly (string | null)[], grain: Twin['grain']): boolean {
  return range.length === 2 && isFirstDay(range[0], grain) && isLastDay(range[1], grain)
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

function isFirstDay(value: string | null | undefined, grain: Twin['grain']): boolean {
  return typeof value === 'string' && DAY.test(value) && (grain === 'day' || value.endsWith('-01'))
}

function isLastDay(value: string | null | undefined, grain: Twin['grain']): boolean {
  if (typeof value !== 'string' || !DAY.test(value)) return false
  return grain === 'day' || new Date(Date.parse(value) + 86_400_000).getUTCDate() === 1
}

import { UserError } from '#config'
import type { MemberMeta, ViewMeta } from './meta.ts'
import { membersOf, type CubeQuery, type Filter, type MemberFilter } from './query.ts'

/** What one reader may ask: the views that his meta lists, and their members by name. */
export type Allowed = {
  readonly views: readonly ViewMeta[]
  readonly members: ReadonlyMap<string, MemberMeta>
}

/** The members of views by name. */
export function allowedOf(views: readonly ViewMeta[]): Allowed {
  return {
    views,
    members: new Map(views.flatMap((view) => view.members.map((member) => [member.name, member]))),
  }
}

/** A query that was let through, with the view it asks. */
export type Admitted = { readonly query: CubeQuery; readonly view: ViewMeta }

const TEXT_OPERATORS = new Set([
  'contains',
  'notContains',
  'startsWith',
  'notStartsWith',
  'endsWith',
  'notEndsWith',
])
const ORDER_OPERATORS = new Set(['gt', 'gte', 'lt', 'lte'])
const DATE_OPERATORS = new Set(
  'inDateRange notInDateRange onTheDate beforeDate beforeOrOnDate afterDate afterOrOnDate'.split(' '),
)
const DATE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?$/

/**
 * Lets a query through only when every member it names, in whatever place, is one that this reader's meta
 * lists, all of one view, each in a place that suits it. Throws UserError otherwise; a hidden member and one
 * that does not exist are refused in the same words. Excluded records are left out, unless a filter names `is_excluded`.
 */
export function admit(query: CubeQuery, { views, members }: Allowed): Admitted {
  const named = membersOf(query)
  for (const name of named) known(members, name)
  checkPlaces(query, members)
  for (const filter of query.filters ?? []) checkFilter(filter, members)
  const view = onlyView(named, views)
  return { query: withoutExcluded(query, view), view }
}

/** Records that a rule excludes are in no answer, unless a filter of the query says which of them are meant. */
function withoutExcluded(query: CubeQuery, { name, members }: ViewMeta): CubeQuery {
  const member = `${name}.is_excluded`
  if (membersOf({ filters: query.filters }).includes(member) || !members.some((one) => one.name === member))
    return query
  const filter: MemberFilter = { member, operator: 'equals', values: ['false'] }
  return { ...query, filters: [...(query.filters ?? []), filter] }
}

function known(members: ReadonlyMap<string, MemberMeta>, name: string): MemberMeta {
  const member = members.get(name)
  if (member === undefined) {
    throw new UserError(`There is no field "${name}" that you may use. Choose one from the list of fields.`)
  }
  return member
}

function onlyView(named: readonly string[], views: readonly ViewMeta[]): ViewMeta {
  const names = new Set(named.map((member) => member.split('.')[0]))
  if (names.size > 1) {
    throw new UserError(
      `One query can't mix the report types ${[...names].join(' and ')}. Ask them one by one.`,
    )
  }
  const view = views.find(({ name }) => names.has(name))
  if (view === undefined) throw new UserError('The query asks for nothing. Add at least one field or number.')
  return view
}

function checkPlaces(query: CubeQuery, members: ReadonlyMap<string, MemberMeta>): void {
  const expect = (names: readonly string[], place: string, kinds: readonly MemberMeta['kind'][]): void => {
    const wrong = names.find((name) => !kinds.includes(known(members, name).kind))
    if (wrong !== undefined) throw new UserError(`"${wrong}" can't stand under ${place}.`)
  }
  expect(query.measures ?? [], 'measures', ['measure'])
  expect(query.dimensions ?? [], 'dimensions', ['dimension', 'time'])
  const times = query.timeDimensions ?? []
  expect(
    times.map(({ dimension }) => dimension),
    'time dimensions',
    ['time'],
  )
  const selects = (query.measures ?? []).length + (query.dimensions ?? []).length
  if (selects === 0 && times.every(({ granularity }) => granularity === undefined)) {
    throw new UserError('The query asks for nothing. Add at least one field or number.')
  }
  if (times.filter(({ compareDateRange }) => compareDateRange !== undefined).length > 1) {
    throw new UserError('Only one time can be compared at once.')
  }
}

function checkFilter(filter: Filter, members: ReadonlyMap<string, MemberMeta>): void {
  if ('and' in filter) return filter.and.forEach((part) => checkFilter(part, members))
  if ('or' in filter) {
    const kinds = new Set(leaves(filter).map(({ member }) => known(members, member).kind === 'measure'))
    if (kinds.size > 1)
      throw new UserError('One "or" can\'t mix numbers and fields. Make two conditions of it.')
    return filter.or.forEach((part) => checkFilter(part, members))
  }
  checkValues(filter, known(members, filter.member))
}

function leaves(filter: Filter): MemberFilter[] {
  if ('and' in filter) return filter.and.flatMap(leaves)
  if ('or' in filter) return filter.or.flatMap(leaves)
  return [filter]
}

function checkValues({ operator, values = [] }: MemberFilter, { title, type, kind }: MemberMeta): void {
  if (operator === 'set' || operator === 'notSet') return
  if (values.length === 0) throw new UserError(`The filter on ${title} has no value. Give one, or remove it.`)
  const isTime = kind === 'time'
  const isNumber = kind === 'measure' || type === 'number'
  const suits =
    DATE_OPERATORS.has(operator) === isTime || operator === 'equals' || operator === 'notEquals' || isTime
  const isWrong =
    (TEXT_OPERATORS.has(operator) && type !== 'string') ||
    (ORDER_OPERATORS.has(operator) && !isNumber && !isTime)
  if (!suits || isWrong) throw new UserError(`A filter on ${title} can't use "${operator}".`)
  const wrong = values.find((value) => value !== null && !isValue(value, type, isNumber ? 'number' : kind))
  if (wrong !== undefined) throw new UserError(`"${wrong}" is not a value for ${title}, which is a ${type}.`)
}

function isValue(value: string, type: string, kind: MemberMeta['kind'] | 'number'): boolean {
  if (kind === 'time') return DATE.test(value)
  if (kind === 'number') return value.trim() !== '' && Number.isFinite(Number(value))
  return type !== 'boolean' || value === 'true' || value === 'false'
}

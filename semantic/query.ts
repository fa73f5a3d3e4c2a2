import { z } from 'zod'
import { UserError } from '#config'
import { GRANULARITIES as REPORT_GRANULARITIES } from './report/definition.ts'

export const OPERATORS = [
  'equals',
  'notEquals',
  'contains',
  'notContains',
  'startsWith',
  'notStartsWith',
  'endsWith',
  'notEndsWith',
  'set',
  'notSet',
  'gt',
  'gte',
  'lt',
  'lte',
  'inDateRange',
  'notInDateRange',
  'onTheDate',
  'beforeDate',
  'beforeOrOnDate',
  'afterDate',
  'afterOrOnDate',
] as const

export const GRANULARITIES = [...REPORT_GRANULARITIES, 'hour', 'minute', 'second'] as const

const MEMBER = z
  .string()
  .regex(/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/, 'is not a member name such as deals_report.count')
const COLUMN = z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){1,2}$/, 'is not a member name')
const DIRECTION = z.enum(['asc', 'desc'])
const DATES = z.union([z.tuple([z.string(), z.string()]), z.string().min(1).max(100)])

export type MemberFilter = {
  member: string
  operator: (typeof OPERATORS)[number]
  values?: (string | null)[] | undefined
}
export type Filter = MemberFilter | { and: Filter[] } | { or: Filter[] }

const FILTER: z.ZodType<Filter> = z.lazy(() =>
  z.union([
    z.strictObject({
      member: MEMBER,
      operator: z.enum(OPERATORS),
      values: z.array(z.string().nullable()).max(10_000).optional(),
    }),
    z.strictObject({ and: z.array(FILTER).min(1).max(1_000) }),
    z.strictObject({ or: z.array(FILTER).min(1).max(1_000) }),
  ]),
)

const QUERY = z.strictObject({
  measures: z.array(MEMBER).max(100).optional(),
  dimensions: z.array(MEMBER).max(100).optional(),
  timeDimensions: z
    .array(
      z.strictObject({
        dimension: MEMBER,
        granularity: z.enum(GRANULARITIES).optional(),
        dateRange: DATES.optional(),
        compareDateRange: z.array(DATES).min(1).max(10).optional(),
      }),
    )
    .max(10)
    .optional(),
  filters: z.array(FILTER).max(1_000).optional(),
  segments: z.array(MEMBER).max(100).optional(),
  order: z.union([z.record(COLUMN, DIRECTION), z.array(z.tuple([COLUMN, DIRECTION]))]).optional(),
  limit: z.int().min(1).optional(),
  offset: z.int().min(0).optional(),
  ungrouped: z.boolean().optional(),
  /** Last day whose knowledge counts, by the company's clock: the answer is what it would have been at its end. */
  asOf: z.iso.date().optional(),
})

/** A question to the semantic layer, in Cube's words and `asOf`. Nothing else that Cube accepts is let through. */
export type CubeQuery = z.infer<typeof QUERY>

/** Checks the shape of a query. Throws UserError with the place of the first thing that is wrong. */
export function parseQuery(query: unknown): CubeQuery {
  const parsed = QUERY.safeParse(query)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const place = issue === undefined || issue.path.length === 0 ? 'query' : issue.path.join('.')
  throw new UserError(`The query is not understood at ${place}: ${issue?.message ?? 'it is wrong'}.`)
}

/** Every member that a query names, wherever it stands; order may name a granularity, which is dropped. */
export function membersOf(query: CubeQuery): string[] {
  const order = Array.isArray(query.order)
    ? query.order.map(([member]) => member)
    : Object.keys(query.order ?? {})
  return [
    ...new Set([
      ...selectedMembers(query),
      ...(query.timeDimensions ?? []).map(({ dimension }) => dimension),
      ...(query.segments ?? []),
      ...order.map((member) => member.split('.').slice(0, 2).join('.')),
      ...filterMembers(query.filters ?? []),
    ]),
  ]
}

/** The members whose values the result shows, in order. */
export function selectedMembers(query: CubeQuery): string[] {
  const times = (query.timeDimensions ?? []).filter(({ granularity }) => granularity !== undefined)
  return [...(query.dimensions ?? []), ...times.map(({ dimension }) => dimension), ...(query.measures ?? [])]
}

/** The same query with every member under another name. */
export function mapMembers(query: CubeQuery, nameOf: (member: string) => string): CubeQuery {
  const { measures, dimensions, timeDimensions, filters, segments, order } = query
  return {
    ...query,
    ...(measures && { measures: measures.map(nameOf) }),
    ...(dimensions && { dimensions: dimensions.map(nameOf) }),
    ...(timeDimensions && {
      timeDimensions: timeDimensions.map((time) => ({ ...time, dimension: nameOf(time.dimension) })),
    }),
    ...(filters && { filters: filters.map((filter) => mapFilter(filter, nameOf)) }),
    ...(segments && { segments: segments.map(nameOf) }),
    ...(order && { order: mapOrder(order, nameOf) }),
  }
}

function mapFilter(filter: Filter, nameOf: (member: string) => string): Filter {
  if ('and' in filter) return { and: filter.and.map((part) => mapFilter(part, nameOf)) }
  if ('or' in filter) return { or: filter.or.map((part) => mapFilter(part, nameOf)) }
  return { ...filter, member: nameOf(filter.member) }
}

function mapOrder(
  order: NonNullable<CubeQuery['order']>,
  nameOf: (member: string) => string,
): CubeQuery['order'] {
  if (Array.isArray(order)) {
    return order.map(([member, direction]): [string, 'asc' | 'desc'] => [nameOf(member), direction])
  }
  return Object.fromEntries(Object.entries(order).map(([member, direction]) => [nameOf(member), direction]))
}

function filterMembers(filters: readonly Filter[]): string[] {
  return filters.flatMap((filter) => {
    if ('and' in filter) return filterMembers(filter.and)
    if ('or' in filter) return filterMembers(filter.or)
    return [filter.member]
  })
}

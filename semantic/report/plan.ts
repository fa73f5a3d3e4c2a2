import type { FiscalCalendar } from '#config/fiscal-calendar'
import { isRanked, rankedBy, rankedCases } from './cases.ts'
import type { Comparison, ComparisonClock } from './comparison.ts'
import { comparisonOf, filtersBefore } from './comparison.ts'
import type { Field, FilterClause, ReportDefinition } from './definition.ts'
import { membersOf, rankedLimit } from './definition.ts'
import { withFormulas } from './formula/members.ts'
import { proportionCases } from './likely.ts'
import type { GivenParameters, ParameterContext, ResolvedParameter } from './parameters.ts'
import { resolveParameters } from './parameters.ts'
import { asOfDay, localDate } from './periods.ts'
import { canBeRanged } from './ranges/range.ts'
import { ReportError } from './report-error.ts'
import type { ShownValue } from './shown.ts'
import { shownValues } from './shown.ts'
import type { QueryFilter, ReportQuery, ReportView } from './types.ts'
import { findMember, requireMember } from './view.ts'
import type { SentenceWords } from './words.ts'
import { englishWords } from './words.ts'
import { countsFor } from './zero.ts'

/** How many row fields and column fields a query groups by: {0, 0} is the grand total. */
export type Grain = { readonly rows: number; readonly columns: number }

export type Time = 'now' | 'before'

export type PlannedQuery = {
  readonly key: string
  readonly purpose: 'grain' | 'others' | 'order'
  /** The report's own period, or the one it is compared with. */
  readonly time: Time
  readonly grain: Grain
  readonly query: ReportQuery
}

export type ReportPlan = {
  readonly definition: ReportDefinition
  readonly view: ReportView
  readonly chosen: readonly ResolvedParameter[]
  /** Filters with dates in place, the one against excluded records included. */
  readonly filters: readonly FilterClause[]
  /** The values of the first row field that are shown, best first; null shows all of them. */
  readonly top: readonly (string | null)[] | null
  readonly queries: readonly PlannedQuery[]
  readonly comparison: Comparison | null
  readonly shown: readonly ShownValue[]
  /** The day at whose end the report stands as it was known then; null for now. */
  readonly asOf: string | null
  /** The local day on which the report is asked. */
  readonly today: string
  /** Into what the company parts its years. */
  readonly fiscalCalendar: FiscalCalendar
  readonly words: SentenceWords
}

export type PlanContext = ParameterContext & {
  readonly view: ReportView
  /** What a working day is, for periods that are not over; every day is one without it. */
  readonly calendar?: ComparisonClock['calendar']
  /** The reader's language; English without it. */
  readonly words?: SentenceWords | undefined
  readonly given: GivenParameters
  /** The most rows a grain may return; the service says when there were more. */
  readonly limit: number
}

/**
 * One query per grain: the leaves, every subtotal on both axes, and the grand total. Totals are asked for at
 * their own grain and never added up, so ratios, distinct counts and medians are right.
 * @param top the ranked values of the first row field, when the report shows only the best (see rankingQuery)
 */
export function planReport(
  definition: ReportDefinition,
  context: PlanContext,
  top: readonly (string | null)[] | null = null,
): ReportPlan {
  membersOf(definition).forEach((name) => requireMember(context.view, name))
  refuseRangesOf(definition, context.view)
  const view = withFormulas(context.view, definition)
  const { chosen, filters: own } = resolveParameters(definition, context.given, context)
  const filters = withExclusion(definition, own, view)
  const comparison = comparisonOf(definition, filters, context)
  const shown = shownValues(definition, view, comparison !== null)
  const asOf = asOfDay(definition.options, context)
  const base = { definition, view, filters, limit: context.limit, shown, asOf, time: 'now' as const }
  const before = comparison && {
    ...base,
    filters: filtersBefore(filters, comparison),
    time: 'before' as const,
  }
  return {
    ...{ definition, view, chosen, filters, top, comparison, shown, asOf },
    queries: [
      ...numberQueries(base, top),
      ...(before ? numberQueries(before, top) : []),
      ...orderQueries(base),
    ],
    today: localDate(context),
    fiscalCalendar: context.fiscalCalendar,
    words: context.words ?? englishWords,
  }
}

function refuseRangesOf({ rows, columns }: ReportDefinition, view: ReportView): void {
  for (const { member, ranges } of [...rows, ...columns]) {
    const found = requireMember(view, member)
    if (ranges === undefined || canBeRanged(found)) continue
    throw new ReportError(`${found.title} holds no numbers, so it has no ranges: take them away`)
  }
}

function numberQueries(base: Base, top: Top): PlannedQuery[] {
  const grains = grainsOf(base).map((grain) => grainQuery(base, grain, top))
  return [...grains, ...(top && base.definition.options.others ? othersQueries(base, top) : [])]
}

/**
 * The query whose rows, in their order, are the best values of the first row field; null without a limit. People
 * ranked by a rate come all, with the counts of their cases: the best are those of whom enough is known.
 */
export function rankingQuery(definition: ReportDefinition, context: PlanContext): ReportQuery | null {
  const { sort } = definition.options
  const limit = rankedLimit(definition)
  const [first] = definition.rows
  const value = rankedBy(definition)
  if (limit === null || !first || value === null) return null
  const plan = planReport(definition, context)
  const cases = isRanked(first, definition) ? rankedCases(definition, context.view) : []
  const query = grouped([first], [value, ...cases], {
    filters: plan.filters,
    limit: cases.length > 0 ? context.limit : limit,
    asOf: plan.asOf,
  })
  return {
    ...query,
    order: [
      [value, sort?.member === value ? sort.direction : 'desc'],
      [first.member, 'asc'],
    ],
  }
}

export function toQueryFilter({ member, operator, values }: FilterClause): QueryFilter {
  const bare = operator === 'set' || operator === 'notSet'
  return bare ? { member, operator } : { member, operator, values: [...values] }
}

/** Filters that hold exactly the given values of a field, null among them, or exactly the others. */
export function topFilters(field: Field, top: readonly (string | null)[], others: boolean): FilterClause[] {
  const { member } = field
  const values = top.filter((value) => value !== null)
  const hasNull = values.length < top.length
  if (!others) return hasNull ? [] : [{ member, operator: 'equals', values }]
  const rest: FilterClause[] = values.length > 0 ? [{ member, operator: 'notEquals', values }] : []
  return hasNull ? [...rest, { member, operator: 'set', values: [] }] : rest
}

export function grainKey(purpose: PlannedQuery['purpose'], grain: Grain, time: Time = 'now'): string {
  return `${time === 'now' ? '' : 'before:'}${purpose}:${grain.rows}:${grain.columns}`
}

type Top = readonly (string | null)[] | null

type Base = {
  readonly definition: ReportDefinition
  readonly view: ReportView
  readonly filters: readonly FilterClause[]
  readonly limit: number
  readonly shown: readonly ShownValue[]
  readonly asOf: string | null
  readonly time: Time
}

function grainsOf({ definition, shown, view }: Base): Grain[] {
  const { rows, columns, options, values } = definition
  const rowLevels = levels(rows.length, options.columnTotals, options.subtotals)
  const columnLevels = levels(columns.length, options.rowTotals, options.subtotals)
  const drawn = rowLevels.flatMap((row) => columnLevels.map((column) => ({ rows: row, columns: column })))
  // Sorting by a number compares each level's own total, and a share is of its column's, shown or not.
  const isSorted =
    values.some(({ member }) => member === options.sort?.member) || rankedCases(definition, view).length > 0
  const sorted = isSorted ? rows.map((_, index) => ({ rows: index + 1, columns: 0 })) : []
  const isShared = shown.some(({ part }) => part === 'share')
  const wholes = isShared ? columnLevels.map((column) => ({ rows: 0, columns: column })) : []
  const all = new Map([...drawn, ...sorted, ...wholes].map((grain) => [grainKey('grain', grain), grain]))
  // Without a value a total asks for nothing.
  return [...all.values()].filter((grain) => values.length > 0 || grain.rows + grain.columns > 0)
}

function levels(fields: number, total: boolean, subtotals: boolean): number[] {
  const between = subtotals ? Array.from({ length: Math.max(0, fields - 1) }, (_, index) => index + 1) : []
  return fields === 0 ? [0] : [...(total ? [0] : []), ...between, fields]
}

function grainQuery(base: Base, grain: Grain, top: Top): PlannedQuery {
  const { rows, columns } = base.definition
  const fields = [...rows.slice(0, grain.rows), ...columns.slice(0, grain.columns)]
  const narrowed = top && rows[0] && grain.rows > 0 ? topFilters(rows[0], top, false) : []
  const filters = [...base.filters, ...narrowed]
  const query = grouped(fields, measuresOf(base), { ...base, filters })
  return { key: grainKey('grain', grain, base.time), purpose: 'grain', time: base.time, grain, query }
}

function measuresOf({ definition, view }: Base): string[] {
  const measures = definition.values.map(({ member }) => member)
  const cases = measures.flatMap((measure) => proportionCases(measure, view))
  return [...measures, ...countsFor(measures, view), ...cases, ...rankedCases(definition, view)]
}

function othersQueries(base: Base, top: readonly (string | null)[]): PlannedQuery[] {
  const { rows, columns } = base.definition
  const [first] = rows
  if (!first) return []
  const filters = [...base.filters, ...topFilters(first, top, true)]
  const columnGrains = new Set(grainsOf(base).map((grain) => grain.columns))
  return [...columnGrains].map((count) => {
    const grain = { rows: 0, columns: count }
    const query = grouped(columns.slice(0, count), measuresOf(base), { ...base, filters })
    return { key: grainKey('others', grain, base.time), purpose: 'others', time: base.time, grain, query }
  })
}

/** Stages are shown in the order of their pipeline, which is a member of its own beside the name. */
function orderQueries(base: Base): PlannedQuery[] {
  const { view } = base
  const { rows, columns } = base.definition
  return [...rows, ...columns].flatMap(({ member }, index) => {
    const order = findMember(view, `${member}_order`)
    if (!order) return []
    const query = {
      dimensions: [member, order.name],
      filters: base.filters.map(toQueryFilter),
      limit: base.limit,
      ...day(base),
    }
    const grain = { rows: index, columns: 0 }
    return [{ key: `order:${member}`, purpose: 'order' as const, time: base.time, grain, query }]
  })
}

function grouped(
  fields: readonly Field[],
  measures: readonly string[],
  { filters, limit, asOf }: Pick<Base, 'filters' | 'limit' | 'asOf'>,
): ReportQuery {
  const dimensions = fields.filter((field) => !field.granularity).map(({ member }) => member)
  const timeDimensions = fields.flatMap(({ member, granularity }) =>
    granularity ? [{ dimension: member, granularity }] : [],
  )
  return {
    measures: [...new Set(measures)],
    dimensions: [...new Set(dimensions)],
    timeDimensions,
    filters: filters.map(toQueryFilter),
    limit,
    ...day({ asOf }),
  }
}

function day({ asOf }: Pick<Base, 'asOf'>): Pick<ReportQuery, 'asOf'> {
  return asOf === null ? {} : { asOf }
}

/** Excluded records are left out or, where the report counts them too, asked for by name. */
function withExclusion(
  { options, reportType }: ReportDefinition,
  filters: readonly FilterClause[],
  view: ReportView,
): FilterClause[] {
  const member = `${reportType}.is_excluded`
  if (!findMember(view, member) || filters.some((clause) => clause.member === member)) return [...filters]
  const values = options.includeExcluded ? ['false', 'true'] : ['false']
  return [...filters, { member, operator: 'equals', values }]
}

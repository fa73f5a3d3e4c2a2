import type { FiscalCalendar } from '#config/fiscal-calendar'
import { cellBefore, filtersBefore } from './comparison.ts'
import type { Field, FilterClause } from './definition.ts'
import { calendarOf } from './fiscal.ts'
import { bucketRange } from './periods.ts'
import { toQueryFilter } from './plan.ts'
import { rangeClauses, rangeOf } from './ranges/range.ts'
import { ReportError } from './report-error.ts'
import type { ReportColumn, ReportRow, ReportTable } from './table.ts'
import type { QueryFilter, ReportMember, ReportQuery, ReportView } from './types.ts'
import { isDistinct, recordColumns, recordKey } from './records.ts'
import type { Path } from './values.ts'
import { findMember, requireMember } from './view.ts'

/** Filters that hold exactly the records under a path of field values. */
export function pathFilters(path: Path, fields: readonly Field[], fiscal: FiscalCalendar): FilterClause[] {
  return path.flatMap((value, index) => {
    const field = fields[index]
    return field ? valueFilters(field, value, fiscal) : []
  })
}

/** The filters of one cell beyond the report's own: those of its row and of its column. */
export function cellDrill(
  row: Pick<ReportRow, 'drill'>,
  column: Pick<ReportColumn, 'drill'>,
): FilterClause[] {
  return [...row.drill, ...column.drill]
}

export type CellFilters = {
  readonly filters: readonly FilterClause[]
  readonly cell: readonly FilterClause[]
}

/**
 * The filters of the records behind a cell: the report's and the cell's own, moved for a number of the compared
 * period. Null where a number stands for no records of its own: running totals, and places outside the table.
 */
export function cellFilters(table: ReportTable, row: number, column: number): CellFilters | null {
  const [line, slot] = [table.rows[row], table.columns[column]]
  const part = table.valueFields[slot?.value ?? 0]?.part ?? 'value'
  if (!line || !slot || part === 'running') return null
  const { filters, comparison } = table
  const cell = cellDrill(line, slot)
  if (part !== 'before' || comparison === null) return { filters, cell }
  return { filters: filtersBefore(filters, comparison), cell: cellBefore(cell, comparison) }
}

export type DrillRequest = {
  readonly view: ReportView
  /** The report's filters, dates in place (ReportTable.filters). */
  readonly filters: readonly FilterClause[]
  /** The cell's filters (cellDrill). */
  readonly cell: readonly FilterClause[]
  readonly measure: string
  /** Members to list instead of the report type's usual ones. */
  readonly columns?: readonly string[] | undefined
  /** The day at whose end the report stands (ReportTable.asOf). */
  readonly asOf?: string | null | undefined
  readonly search?: { readonly member: string; readonly text: string } | undefined
  readonly limit: number
}

/**
 * The query that lists the records a number is made of, one row per record: the deals of a deal measure,
 * the clients of a distinct count of clients. Throws a ReportError where records have no key to list by.
 */
export function drillQuery(request: DrillRequest): ReportQuery {
  const { view, limit } = request
  const measure = requireMember(view, request.measure)
  const key = recordKey(view, measure)
  const [first] = key
  if (first === undefined) throw new ReportError(`${measure.title} in ${view.title} has no records to list`)
  const chosen = isDistinct(measure.name) ? undefined : request.columns
  const columns = chosen ?? recordColumns(view, measure)
  const dimensions = [...new Set([...key, ...columns])].filter((name) => findMember(view, name))
  return {
    dimensions,
    measures: [measure.name],
    filters: drillFilters(request, measure),
    order: [[first, 'asc']],
    limit,
    ...(request.asOf ? { asOf: request.asOf } : {}),
  }
}

function drillFilters({ filters, cell, search }: DrillRequest, measure: ReportMember): QueryFilter[] {
  const found: QueryFilter[] = search?.text
    ? [{ member: search.member, operator: 'contains', values: [search.text] }]
    : []
  return [...[...filters, ...cell].map(toQueryFilter), hasPart(measure), ...found]
}

/** Holds the records that the measure counts: those whose own part of it is not nothing. */
function hasPart({ name, format }: ReportMember): QueryFilter {
  return format === 'integer'
    ? { member: name, operator: 'gt', values: ['0'] }
    : { member: name, operator: 'set' }
}

function valueFilters(
  { member, granularity, ranges }: Field,
  value: string | null,
  fiscal: FiscalCalendar,
): FilterClause[] {
  if (value === null) return [{ member, operator: 'notSet', values: [] }]
  if (ranges) return rangeClauses(member, rangeOf(value))
  if (!granularity) return [{ member, operator: 'equals', values: [value] }]
  const days = bucketRange(value, granularity, calendarOf(member, fiscal))
  return [{ member, operator: 'inDateRange', values: [...days] }]
}

/** The drill of a cell found by its place in the table. */
export function drillOf(table: ReportTable, row: number, column: number): FilterClause[] {
  const found = table.rows[row]
  const slot = table.columns[column]
  return found && slot ? cellDrill(found, slot) : []
}

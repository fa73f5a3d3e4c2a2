import type { Field } from './definition.ts'
import { columnHeaders, columnSlots } from './columns.ts'
import type { ColumnSlot } from './columns.ts'
import { pathFilters } from './drill.ts'
import type { Compare } from './order.ts'
import { fieldOrder, numberOrder } from './order.ts'
import type { Grain, ReportPlan } from './plan.ts'
import { grainKey, topFilters } from './plan.ts'
import { ReportError } from './report-error.ts'
import { sentenceOf } from './sentence.ts'
import type { Cell, HeaderCell, LineKind, ReportColumn, ReportRow, ReportTable, TableField } from './table.ts'
import type { Line } from './tree.ts'
import { layAxis } from './tree.ts'
import type { GrainResult, ReportPassport, ResultRow } from './types.ts'
import type { Path } from './values.ts'
import { pathKey, pathOf, textOf } from './values.ts'
import { requireMember } from './view.ts'

/** Results by the key of the planned query they answer. */
export type GrainResults = ReadonlyMap<string, GrainResult>

/**
 * Puts the results of a plan together: each leaf once, subtotals and totals taken from the query of their
 * own grain. Throws a ReportError when a planned query has no result.
 */
export function assembleReport(plan: ReportPlan, results: GrainResults): ReportTable {
  const cube = indexResults(plan, results)
  const { rows, columns, values } = plan.definition
  const columnLines = columnAxis(plan, results)
  const slots = columnSlots(columnLines, values.length)
  const rowLines = rowAxis(plan, results, cube)
  const sentence = sentenceOf(plan.definition, plan.view, { chosen: plan.chosen })
  return {
    title: plan.definition.title ?? sentence,
    sentence,
    columnHeaders: columnHeaders(slots, columns, values),
    columns: slots.map((slot) => reportColumn(slot, columns)),
    rows: rowLines.map((line) => reportRow(line, slots, { plan, cube })),
    rowFields: rows.map((field) => tableField(plan, field)),
    columnFields: columns.map((field) => tableField(plan, field)),
    valueFields: values.map((value) => ({ ...tableField(plan, value), format: formatOf(plan, value) })),
    filters: plan.filters,
    passport: passportOf(plan, results),
    durationMs: Math.max(0, ...[...results.values()].map((result) => result.durationMs)),
  }
}

/** Result rows by grain, then by their path over rows and columns. */
type Cube = ReadonlyMap<string, ReadonlyMap<string, ResultRow>>

function indexResults(plan: ReportPlan, results: GrainResults): Cube {
  return new Map(
    plan.queries
      .filter(({ purpose }) => purpose !== 'order')
      .map(({ key, purpose, grain }) => {
        const fields = fieldsOf(plan, purpose === 'others' ? { rows: 0, columns: grain.columns } : grain)
        const rows = resultOf(results, key).rows.map((row) => [pathKey(pathOf(row, fields)), row] as const)
        return [key, new Map(rows)]
      }),
  )
}

function fieldsOf({ definition }: ReportPlan, grain: Grain): Field[] {
  return [...definition.rows.slice(0, grain.rows), ...definition.columns.slice(0, grain.columns)]
}

function resultOf(results: GrainResults, key: string): GrainResult {
  const result = results.get(key)
  if (!result) throw new ReportError(`The result of query ${key} is missing: run every query of the plan`)
  return result
}

function columnAxis(plan: ReportPlan, results: GrainResults): Line[] {
  const { columns, options } = plan.definition
  const orders = columns.map((field) => fieldOrder(field, plan, results))
  return layAxis(leafPaths(plan, results, 'columns'), {
    fields: columns.length,
    subtotals: options.subtotals,
    total: options.rowTotals,
    others: false,
    compare: (left, right) => comparePaths(left, right, orders),
  })
}

function rowAxis(plan: ReportPlan, results: GrainResults, cube: Cube): Line[] {
  const { rows, options } = plan.definition
  const orders = rows.map((field) => rowOrder(field, plan, results))
  const byValue = valueOrder(plan, cube)
  return layAxis(leafPaths(plan, results, 'rows'), {
    fields: rows.length,
    subtotals: options.subtotals,
    total: options.columnTotals,
    others: plan.queries.some((query) => query.purpose === 'others') && hasOthers(cube),
    compare: (left, right) => byValue(left, right) || comparePaths(left, right, orders),
  })
}

/** Paths of the finest grain on one axis, those outside the shown top left out. */
function* leafPaths(plan: ReportPlan, results: GrainResults, axis: 'rows' | 'columns'): Generator<Path> {
  const { rows, columns } = plan.definition
  const leaf = resultOf(results, grainKey('grain', { rows: rows.length, columns: columns.length }))
  const shown = plan.top && new Set(plan.top)
  const firsts = rows.slice(0, 1)
  for (const row of leaf.rows) {
    if (axis === 'rows' && shown && !shown.has(pathOf(row, firsts)[0] ?? null)) continue
    yield pathOf(row, plan.definition[axis])
  }
  if (axis === 'rows' || !plan.top) return
  const others = results.get(grainKey('others', { rows: 0, columns: columns.length }))
  for (const row of others?.rows ?? []) yield pathOf(row, columns)
}

function hasOthers(cube: Cube): boolean {
  return [...cube].some(([key, rows]) => key.startsWith('others:') && [...rows.values()].some(hasNumber))
}

/** A query without groups answers with one row even when it found nothing. */
function hasNumber(row: ResultRow): boolean {
  return Object.values(row).some((value) => value !== null && value !== '0' && value !== '')
}

function rowOrder(field: Field, plan: ReportPlan, results: GrainResults): Compare {
  const compare = fieldOrder(field, plan, results)
  const ranked =
    plan.top && plan.definition.rows[0] === field && plan.definition.options.sort?.member !== field.member
  if (!ranked) return compare
  const ranks = new Map(plan.top?.map((value, index) => [value, index]))
  return (left, right) => (ranks.get(left) ?? 0) - (ranks.get(right) ?? 0)
}

function valueOrder(plan: ReportPlan, cube: Cube): (left: Path, right: Path) => number {
  const { sort } = plan.definition.options
  if (!sort || !plan.definition.values.some(({ member }) => member === sort.member)) return () => 0
  const compare = numberOrder(sort.direction)
  const numberAt = (path: Path) => {
    const rows = cube.get(grainKey('grain', { rows: path.length, columns: 0 }))
    return textOf(rows?.get(pathKey(path))?.[sort.member])
  }
  return (left, right) => compare(numberAt(left), numberAt(right))
}

/** Compares by the last part: the parts before it are equal among neighbours of one parent. */
function comparePaths(left: Path, right: Path, orders: readonly Compare[]): number {
  const last = left.length - 1
  return orders[last]?.(left[last] ?? null, right[last] ?? null) ?? 0
}

function reportColumn({ line, value }: ColumnSlot, columns: readonly Field[]): ReportColumn {
  const { kind, level, path } = line
  return { kind, level, value, path, drill: pathFilters(path, columns) }
}

function reportRow(
  line: Line,
  slots: readonly ColumnSlot[],
  { plan, cube }: { plan: ReportPlan; cube: Cube },
): ReportRow {
  const { rows, values } = plan.definition
  const cells = slots.map(({ line: column, value }): Cell => {
    const purpose = line.kind === 'others' ? 'others' : 'grain'
    const found = cube.get(grainKey(purpose, { rows: line.level, columns: column.level }))
    const row = found?.get(pathKey([...line.path, ...column.path]))
    return { value: textOf(row?.[values[value]?.member ?? '']), kind: cellKind(line.kind, column.kind) }
  })
  return {
    kind: line.kind,
    level: line.level,
    header: rowHeader(line, rows),
    cells,
    drill: rowDrill(line, plan),
  }
}

function cellKind(row: LineKind, column: LineKind): LineKind {
  return row === 'leaf' ? column : row
}

function rowHeader({ kind, path }: Line, rows: readonly Field[]): HeaderCell[] {
  const members = path.map((value, index): HeaderCell => {
    const field = rows[index]
    const { member = null, granularity } = field ?? {}
    return { kind: 'member', value, member, granularity, span: 1, depth: 1 }
  })
  if (kind === 'leaf') return members
  return [...members, { kind, value: null, member: null, span: rows.length - path.length, depth: 1 }]
}

function rowDrill({ kind, path }: Line, plan: ReportPlan) {
  const [first] = plan.definition.rows
  if (kind === 'others' && first && plan.top) return topFilters(first, plan.top, true)
  return pathFilters(path, plan.definition.rows)
}

function tableField({ view }: ReportPlan, { member, granularity }: Field): TableField {
  const { title, shortTitle, type, format } = requireMember(view, member)
  return { member, title: shortTitle ?? title, type, format: format ?? null, granularity }
}

function formatOf(
  { view }: ReportPlan,
  value: { member: string; format?: string | undefined },
): string | null {
  return value.format ?? requireMember(view, value.member).format ?? null
}

function passportOf(plan: ReportPlan, results: GrainResults): ReportPassport {
  const { rows, columns } = plan.definition
  const leaf = resultOf(results, grainKey('grain', { rows: rows.length, columns: columns.length }))
  return { ...leaf.passport, isComplete: [...results.values()].every((result) => result.isComplete) }
}

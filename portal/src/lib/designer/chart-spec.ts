import type { ChartSpec } from '#lib/components/chart/chart-spec.ts'
import type { Formatter } from '#lib/format/index.ts'
import type { Messages } from '#lib/messages/index.ts'
import { bucketRange, calendarOf, type ReportTable, type TableField } from '#semantic/report'
import { bucketText, formatValue, notedText } from './labels.ts'

/** A chart of a report, with where in the table each bar comes from. */
export type ReportChart = {
  readonly spec: ChartSpec
  /** Index of the table's row for each point, and of its column for each series. */
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  /** True when rows, or series, are left to the table. */
  readonly isCut: boolean
  readonly isSeriesCut: boolean
  /** False when numbers in another unit than the first one's are left to the table. */
  readonly isOneUnit: boolean
}

type Words = { readonly t: Messages; readonly f: Formatter; readonly locale: string }
type Kind = ChartSpec['kind']
const MOST_POINTS = 60
const MOST_SERIES = 8

/** The leaves of a table as a chart draws them: rows along the axis, columns or numbers as series. */
export function reportChart(table: ReportTable, kind: Kind, words: Words): ReportChart | null {
  const leaves = table.rows.flatMap(({ kind: line }, index) =>
    line === 'leaf' || line === 'others' ? [index] : [],
  )
  const all = firstUnit(table)
  if (table.rowFields.length === 0 || all.length === 0) return null
  const rows = leaves.slice(0, MOST_POINTS)
  const columns = largest(table, all, rows)
  const value = table.valueFields[table.columns[columns[0] ?? 0]?.value ?? 0]
  const show = (number: number) =>
    formatValue(words.f, String(number), { format: value?.format, type: 'number' })
  const spec: ChartSpec = {
    kind,
    title: table.title,
    points: rows.map((row) => ({
      ...{ key: String(row), label: rowLabel(table, row, words) },
      isIncomplete: isUnfinished(table, row),
    })),
    series: columns.map((column) => seriesOf(table, { column, rows }, words)),
    format: show,
    formatAxis: (number) => axisText(number, value?.format, words),
    isHorizontal: kind !== 'line' && !isTime(table) && rows.length > 6,
  }
  const cut = { isCut: rows.length < leaves.length, isSeriesCut: columns.length < all.length }
  return { spec, rows, columns, ...cut, isOneUnit: all.length === leafColumns(table).length }
}

/** Columns of numbers in their own unit: shares, running totals and changes are left to the table. */
function leafColumns({ columns, valueFields }: ReportTable): number[] {
  return columns.flatMap(({ kind, value }, index) => {
    const part = valueFields[value]?.part ?? 'value'
    return kind === 'leaf' && (part === 'value' || part === 'before') ? [index] : []
  })
}

/** The columns that hold most, in their order; a time across keeps its last ones. */
function largest(table: ReportTable, columns: readonly number[], rows: readonly number[]): number[] {
  if (columns.length <= MOST_SERIES) return [...columns]
  if (table.columnFields.at(-1)?.granularity !== undefined) return columns.slice(-MOST_SERIES)
  const sizeOf = (column: number) =>
    rows.reduce((sum, row) => sum + Math.abs(Number(table.rows[row]?.cells[column]?.value ?? 0)), 0)
  const kept = new Set([...columns].sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, MOST_SERIES))
  return columns.filter((column) => kept.has(column))
}

/** True for the month, week or year that today falls into: it is not over. */
function isUnfinished({ rows, rowFields, today, fiscalCalendar }: ReportTable, index: number): boolean {
  const { granularity, member = '' } = rowFields.at(-1) ?? {}
  const start = rows[index]?.header.at(-1)?.value
  if (granularity === undefined || !start) return false
  const [from, to] = bucketRange(start, granularity, calendarOf(member, fiscalCalendar))
  return from <= today && today < to
}

/** A chart has one axis: only columns in the first number's unit share it. */
function firstUnit(table: ReportTable): number[] {
  const columns = leafColumns(table)
  const unitOf = (column: number) => table.valueFields[table.columns[column]?.value ?? 0]?.format
  const unit = unitOf(columns[0] ?? 0)
  return columns.filter((column) => unitOf(column) === unit)
}

function axisText(number: number, format: string | null | undefined, { f }: Words): string {
  if (format === 'percent') return f.percent(number, 0)
  return format === 'currency' ? f.moneyCompact(number) : f.compact(number)
}

function isTime({ rowFields }: ReportTable): boolean {
  return rowFields.at(-1)?.granularity !== undefined
}

function rowLabel(table: ReportTable, index: number, words: Words): string {
  return (table.rows[index]?.header ?? []).map((cell) => notedText(cell, table, words)).join(' · ')
}

function seriesOf(
  table: ReportTable,
  { column, rows }: { readonly column: number; readonly rows: readonly number[] },
  words: Words,
) {
  const slot = table.columns[column]
  const value = table.valueFields[slot?.value ?? 0]
  const path = (slot?.path ?? []).map((part, depth) =>
    partText(part, table.columnFields[depth], { ...words, ...table }),
  )
  const isNamedByPath = table.valueFields.length === 1 && path.length > 0
  const name = (isNamedByPath ? path : [...path, value?.title ?? '']).join(' · ')
  const values = rows.map((row) => numberOf(table.rows[row]?.cells[column]?.value ?? null))
  return { key: String(column), name, values, isComparison: value?.part === 'before' }
}

function partText(
  part: string | null,
  field: TableField | undefined,
  words: Words & Pick<ReportTable, 'fiscalCalendar'>,
): string {
  if (part === null) return words.f.number(null)
  return field?.granularity ? bucketText(part, field, words) : part
}

function numberOf(value: string | null): number | null {
  return value === null ? null : Number(value)
}

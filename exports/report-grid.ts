import { calendarOf, FEWEST_CASES, fiscalText, isFiscal } from '#semantic/report'
import type { FiscalCalendar, HeaderCell, ReportTable } from '#semantic/report'
import { exportWords } from './messages.ts'
import type { ExportWords } from './messages.ts'
import type { ColumnFormat } from './member-format.ts'
import { memberFormat } from './member-format.ts'
import type { CellValue } from './xlsx-workbook.ts'

/** A header cell with its place: zero-based row and column in the header block, and what it covers. */
export type PlacedHeader = {
  readonly text: string
  readonly row: number
  readonly column: number
  readonly span: number
  readonly depth: number
  readonly isNumber: boolean
}

export type GridLine = {
  readonly kind: 'leaf' | 'subtotal' | 'total'
  readonly outlineLevel: number
  readonly labels: readonly CellValue[]
  readonly values: readonly CellValue[]
  /** Which values are rates of too few cases to judge by. */
  readonly few: readonly boolean[]
}

/** A report as a sheet shows it: labels at the left, one column per value under its headers. */
export type ReportGrid = {
  readonly headerRows: number
  readonly labelColumns: number
  readonly headers: readonly PlacedHeader[]
  readonly labelFormats: readonly ColumnFormat[]
  readonly valueFormats: readonly ColumnFormat[]
  readonly lines: readonly GridLine[]
}

export type GridOptions = { readonly locale: string; readonly currency: string }

type Words = { readonly words: ExportWords; readonly locale: string }

/** Lays a report out in rows and columns, with every header in its place. */
export function reportGrid(table: ReportTable, options: GridOptions): ReportGrid {
  const { locale } = options
  const words = { words: exportWords(locale), locale }
  const labelColumns = Math.max(1, table.rowFields.length)
  const headerRows = Math.max(1, table.columnHeaders.length)
  const labelFormats = table.rowFields.map((field) => labelFormat(field.type, field.granularity))
  return {
    headerRows,
    labelColumns,
    headers: [...labelHeaders(table, headerRows), ...placeHeaders(table, labelColumns, words)],
    labelFormats: labelFormats.length === 0 ? [{ kind: 'text' }] : labelFormats,
    valueFormats: table.columns.map((column) => valueFormat(table, column.value, options.currency)),
    lines: table.rows.map((row) => gridLine(table, row, { labelColumns, ...words })),
  }
}

function labelFormat(type: string, granularity: string | undefined): ColumnFormat {
  return granularity === 'quarter' || isFiscal(granularity)
    ? { kind: 'text' }
    : memberFormat(type, undefined, { granularity })
}

function valueFormat(table: ReportTable, value: number, currency: string): ColumnFormat {
  const field = table.valueFields[value]
  return memberFormat(field?.type ?? 'number', field?.format ?? undefined, { currency })
}

function labelHeaders({ rowFields }: ReportTable, headerRows: number): PlacedHeader[] {
  const titles = rowFields.length === 0 ? [''] : rowFields.map((field) => field.title)
  const place = { row: 0, span: 1, depth: headerRows, isNumber: false }
  return titles.map((text, column) => ({ ...place, text, column }))
}

function placeHeaders(table: ReportTable, firstColumn: number, words: Words): PlacedHeader[] {
  const taken = new Set<string>()
  return table.columnHeaders.flatMap((cells, row) => {
    let column = firstColumn
    return cells.map((cell) => {
      while (taken.has(`${row}:${column}`)) column += 1
      const placed = {
        row,
        column,
        span: cell.span,
        depth: cell.depth,
        isNumber: row + cell.depth === table.columnHeaders.length,
      }
      for (let down = 0; down < cell.depth; down += 1) {
        for (let right = 0; right < cell.span; right += 1) taken.add(`${row + down}:${column + right}`)
      }
      column += cell.span
      return { ...placed, text: headerText(table, cell, words) }
    })
  })
}

function headerText(table: ReportTable, cell: HeaderCell, { words, locale }: Words): string {
  if (cell.kind === 'total' || cell.kind === 'subtotal') return words.total
  if (cell.kind === 'others') return words.others
  if (cell.kind === 'measure') return table.valueFields[cell.field ?? 0]?.title ?? ''
  if (cell.kind === 'part') return table.valueFields[cell.field ?? 0]?.partTitle ?? ''
  if (cell.value === null) return words.none
  const field = table.columnFields.find(({ member }) => member === cell.member)
  if (field?.type === 'time') return bucketText(cell.value, cell, { ...table, locale })
  return field?.type === 'boolean' ? booleanText(cell.value, words) : cell.value
}

type LineOptions = Words & { readonly labelColumns: number }

function gridLine(
  table: ReportTable,
  row: ReportTable['rows'][number],
  { labelColumns, ...words }: LineOptions,
): GridLine {
  const labels = row.header.flatMap((cell) =>
    labelValue(table, cell, words).map((label) => withNote(label, cell)),
  )
  const kind = row.kind === 'others' ? 'leaf' : row.kind
  const isGrouped = table.rows.some((line) => line.kind === 'subtotal')
  return {
    kind,
    outlineLevel: isGrouped && kind !== 'total' ? Math.max(0, row.level - 1) : 0,
    labels: Array.from({ length: labelColumns }, (_, index) => labels[index] ?? null),
    values: row.cells.map((cell, index) => numberOrText(table, index, cell.value)),
    few: row.cells.map(({ likely }) => likely !== undefined && likely.cases < FEWEST_CASES),
  }
}

function labelValue(table: ReportTable, cell: HeaderCell, { words, locale }: Words): CellValue[] {
  if (cell.kind === 'total' || cell.kind === 'subtotal') return [words.total]
  if (cell.kind === 'others') return [words.others]
  if (cell.value === null) return [words.none]
  const field = table.rowFields.find(
    ({ member, granularity }) => member === cell.member && granularity === cell.granularity,
  )
  if (field?.type === 'boolean') return [booleanText(cell.value, words)]
  if (field?.type === 'number') return [Number(cell.value)]
  if (field?.type !== 'time') return [cell.value]
  const isNamed = cell.granularity === 'quarter' || isFiscal(cell.granularity)
  return [isNamed ? bucketText(cell.value, cell, { ...table, locale }) : excelSerial(cell.value)]
}

function withNote(label: CellValue, { note }: HeaderCell): CellValue {
  return note === undefined ? label : `${String(label)} · ${note}`
}

function numberOrText(table: ReportTable, column: number, value: string | null): CellValue {
  if (value === null) return null
  const field = table.valueFields[table.columns[column]?.value ?? 0]
  if (field?.type === 'time') return excelSerial(value)
  const number = Number(value)
  return value.trim() === '' || Number.isNaN(number) ? value : number
}

/** The words for a month, quarter or year that starts at an ISO time; other buckets by their first day. */
export function bucketText(
  start: string,
  { granularity, member }: Pick<HeaderCell, 'granularity' | 'member'>,
  { fiscalCalendar, locale }: { readonly fiscalCalendar: FiscalCalendar; readonly locale: string },
): string {
  if (isFiscal(granularity)) {
    const own = calendarOf(member ?? '', fiscalCalendar)
    return fiscalText(start, granularity, { fiscalCalendar: own, locale })
  }
  const moment = new Date(utcTime(start))
  if (granularity === 'year') return start.slice(0, 4)
  if (granularity === 'quarter')
    return `${locale.startsWith('es') ? 'T' : 'Q'}${Math.floor(moment.getUTCMonth() / 3) + 1} ${moment.getUTCFullYear()}`
  if (granularity !== 'month') return start.slice(0, 10)
  return new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(moment)
}

/** Days since 1899-12-30, as Excel counts them, of a time without a zone. */
export function excelSerial(time: string): number {
  return utcTime(time) / 86_400_000 + 25_569
}

function utcTime(time: string): number {
  const text = time.replace(' ', 'T')
  return Date.parse(/T/.test(text) && !/Z$/.test(text) ? `${text}Z` : text)
}

function booleanText(value: string, words: ExportWords): string {
  return value === 'true' ? words.yes : words.no
}

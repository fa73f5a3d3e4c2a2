import { colourRules } from './xlsx-colours.ts'
import type { GridLine, ReportGrid } from './report-grid.ts'
import type { ReportRun } from './report-run.ts'
import { fewStyle, headerStyle, quietStyle, titleStyle, valueStyle } from './xlsx-styles.ts'
import type { CellStyle, CellValue, Sheet, XlsxFile } from './xlsx-workbook.ts'

export type ReportSheet = ReportRun & { readonly name: string }

const FLUSH_ROWS = 500

/** Writes a report as the screen shows it, and returns how many lines were written. */
export async function addReportSheet(file: XlsxFile, report: ReportSheet): Promise<number> {
  const { name, grid, parameters } = report
  const headingRows = 2 + parameters.length + 1
  const sheet = file.addSheet({
    name,
    widths: columnWidths(grid),
    frozenRows: headingRows + grid.headerRows,
    frozenColumns: grid.labelColumns,
    isLandscape: true,
  })
  addHeading(sheet, report)
  addHeaders(sheet, grid, headingRows)
  const stylesOf = lineStyles(grid)
  for (const [index, line] of grid.lines.entries()) {
    sheet.addRow([...line.labels, ...line.values], {
      styles: stylesOf(line),
      outlineLevel: line.outlineLevel,
    })
    if (index % FLUSH_ROWS === FLUSH_ROWS - 1) await sheet.flush()
  }
  const header = headingRows + grid.headerRows
  const filtered = grid.lines.filter((line) => line.kind !== 'total').length
  const right = grid.labelColumns + grid.valueFormats.length
  sheet.filterBy({ top: header, left: 1, bottom: header + filtered, right })
  colourColumns(sheet, report, header + 1)
  await sheet.finish()
  return grid.lines.length
}

/** Columns of a coloured value: limits judge every line, a scale and bars the leaves with each other. */
function colourColumns(sheet: Sheet, { table, grid }: ReportSheet, firstRow: number): void {
  const leaves = leafRuns(grid, firstRow)
  const all = { top: firstRow, bottom: firstRow + grid.lines.length - 1 }
  table.columns.forEach(({ value }, index) => {
    const colour = table.valueFields[value]?.colour
    if (colour === undefined) return
    const column = grid.labelColumns + index + 1
    const rows = colour.by === 'limits' ? [all] : leaves
    sheet.colour(
      rows.map((range) => ({ ...range, left: column, right: column })),
      colourRules(colour),
    )
  })
}

/** Rows of leaves that follow one another, by their place on the sheet. */
function leafRuns({ lines }: ReportGrid, firstRow: number): { top: number; bottom: number }[] {
  const runs: { top: number; bottom: number }[] = []
  lines.forEach(({ kind }, index) => {
    if (kind !== 'leaf') return
    const row = firstRow + index
    const last = runs.at(-1)
    if (last && last.bottom === row - 1) last.bottom = row
    else runs.push({ top: row, bottom: row })
  })
  return runs
}

function addHeading(sheet: Sheet, { table, parameters }: ReportSheet): void {
  sheet.addRow([table.title], { styles: [titleStyle], height: 22 })
  sheet.addRow([table.sentence === table.title ? table.passport.filters : table.sentence], {
    styles: [quietStyle],
  })
  for (const { label, value } of parameters) sheet.addRow([`${label}: ${value}`], { styles: [quietStyle] })
  sheet.addRow([])
}

function addHeaders(sheet: Sheet, grid: ReportGrid, headingRows: number): void {
  const width = grid.labelColumns + grid.valueFormats.length
  for (let row = 0; row < grid.headerRows; row += 1) {
    const values: CellValue[] = Array.from({ length: width }, () => null)
    const styles: CellStyle[] = Array.from({ length: width }, () => headerStyle('left'))
    for (const header of grid.headers.filter((cell) => cell.row === row)) {
      values[header.column] = header.text
      styles[header.column] = headerStyle(header.span > 1 ? 'center' : header.isNumber ? 'right' : 'left')
    }
    sheet.addRow(values, { styles })
  }
  for (const { row, column, span, depth } of grid.headers) {
    if (span === 1 && depth === 1) continue
    const top = headingRows + row + 1
    sheet.merge({ top, left: column + 1, bottom: top + depth - 1, right: column + span })
  }
}

/** Styles by kind of line, made once: exceljs looks a style up by identity. */
function lineStyles(grid: ReportGrid): (line: GridLine) => readonly (CellStyle | undefined)[] {
  const styles = (kind: GridLine['kind']) => [
    ...grid.labelFormats.map((format) => valueStyle(kind, format.numberFormat, 'left')),
    ...grid.valueFormats.map((format) => valueStyle(kind, format.numberFormat)),
  ]
  const usual = { leaf: styles('leaf'), subtotal: styles('subtotal'), total: styles('total') }
  const slanted = {
    leaf: usual.leaf.map(fewStyle),
    subtotal: usual.subtotal.map(fewStyle),
    total: usual.total.map(fewStyle),
  }
  return ({ kind, few }) =>
    usual[kind].map((style, column) =>
      few[column - grid.labelColumns] === true ? slanted[kind][column] : style,
    )
}

const LABEL_WIDTH = { least: 14, most: 42 }
const VALUE_WIDTH = { least: 12, most: 28 }
const SAMPLED_LINES = 500

function columnWidths(grid: ReportGrid): number[] {
  const labels = grid.labelFormats.map((_, column) => labelWidth(grid, column))
  const values = grid.valueFormats.map((_, column) => valueWidth(grid, column))
  return [...labels, ...values]
}

function labelWidth(grid: ReportGrid, column: number): number {
  const sample = grid.lines.slice(0, SAMPLED_LINES)
  const lengths = sample.map((line) => String(line.labels[column] ?? '').length + 2)
  return within(LABEL_WIDTH, lengths)
}

/** Totals are the widest numbers, and they are bold. */
function valueWidth(grid: ReportGrid, column: number): number {
  const headers = grid.headers.filter((cell) => cell.column === column + grid.labelColumns && cell.span === 1)
  const lines = [...grid.lines.slice(0, SAMPLED_LINES), ...grid.lines.slice(-1)]
  const format = grid.valueFormats[column]?.numberFormat ?? ''
  const numbers = lines.map((line) => shownLength(line.values[column] ?? null, format) + 3)
  return within(VALUE_WIDTH, [...headers.map((cell) => cell.text.length + 3), ...numbers])
}

function shownLength(value: CellValue, format: string): number {
  if (typeof value !== 'number') return String(value ?? '').length
  const digits = Math.trunc(Math.abs(value)).toString().length
  const separators = Math.floor((digits - 1) / 3)
  const decimals = /\.(0+)/.exec(format)?.[0].length ?? 0
  const unit = /"(.*)"/.exec(format)?.[1]?.length ?? 0
  return digits + separators + decimals + (unit === 0 ? 0 : unit + 1)
}

function within(
  width: { readonly least: number; readonly most: number },
  lengths: readonly number[],
): number {
  return Math.min(width.most, Math.max(width.least, ...lengths))
}

import type { ReportTable } from '#semantic/report'
import { sheetName } from './file-name.ts'
import { exportMessages as words } from './messages.ts'
import type { GridLine, ReportGrid } from './report-grid.ts'
import { headerStyle, quietStyle, titleStyle, valueStyle } from './xlsx-styles.ts'
import type { CellStyle, CellValue, Sheet, XlsxFile } from './xlsx-workbook.ts'

export type ReportSheet = {
  readonly table: ReportTable
  readonly grid: ReportGrid
  readonly parameters: readonly { readonly label: string; readonly value: string }[]
}

const FLUSH_ROWS = 500

/** Writes a report as the screen shows it, and returns how many lines were written. */
export async function addReportSheet(file: XlsxFile, report: ReportSheet): Promise<number> {
  const { grid, table, parameters } = report
  const headingRows = 2 + parameters.length + 1
  const sheet = file.addSheet({
    name: sheetName(table.title, [words.aboutSheet]),
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
  sheet.filterBy(header, 1, header + filtered, grid.labelColumns + grid.valueFormats.length)
  await sheet.finish()
  return grid.lines.length
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
    sheet.merge(top, column + 1, top + depth - 1, column + span)
  }
}

/** Styles by kind of line, made once: exceljs looks a style up by identity. */
function lineStyles(grid: ReportGrid): (line: GridLine) => readonly (CellStyle | undefined)[] {
  const styles = (kind: GridLine['kind']) => [
    ...grid.labelFormats.map((format) => valueStyle(kind, format.numberFormat, 'left')),
    ...grid.valueFormats.map((format) => valueStyle(kind, format.numberFormat)),
  ]
  const byKind = { leaf: styles('leaf'), subtotal: styles('subtotal'), total: styles('total') }
  return (line) => byKind[line.kind]
}

function columnWidths(grid: ReportGrid): number[] {
  const labels = grid.labelFormats.map((_, column) =>
    longest(grid, (line) => line.labels[column] ?? null, 14, 42),
  )
  const values = grid.valueFormats.map((_, column) => {
    const header = grid.headers.filter(
      (cell) => cell.column === column + grid.labelColumns && cell.span === 1,
    )
    return Math.min(24, Math.max(14, ...header.map((cell) => cell.text.length + 3)))
  })
  return [...labels, ...values]
}

function longest(
  grid: ReportGrid,
  valueOf: (line: GridLine) => CellValue,
  least: number,
  most: number,
): number {
  const sample = grid.lines.slice(0, 500).map((line) => String(valueOf(line) ?? '').length + 2)
  return Math.min(most, Math.max(least, ...sample))
}

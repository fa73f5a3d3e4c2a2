import { sheetName } from './file-name.ts'
import type { ColumnFormat } from './member-format.ts'
import { headerStyle, quietStyle, titleStyle, valueStyle, wrappedStyle } from './xlsx-styles.ts'
import type { CellValue, XlsxFile } from './xlsx-workbook.ts'

/** A column of a finished table; a wide one is of sentences. */
export type TableColumn = ColumnFormat & { readonly title: string; readonly isWide?: boolean }

export type TableLine = {
  readonly kind: 'leaf' | 'subtotal' | 'total'
  readonly values: readonly CellValue[]
}

/** A table that stands on a page as it is: its cells are written, not asked for again. */
export type FinishedTable = {
  readonly title: string
  readonly sentence: string
  readonly columns: readonly TableColumn[]
  readonly lines: readonly TableLine[]
}

const HEADING_ROWS = 4

/** Writes a table to a sheet of its own; `used` are the names of the sheets before it. Returns its name. */
export async function addTableSheet(
  file: XlsxFile,
  { title, sentence, columns, lines }: FinishedTable,
  used: readonly string[],
): Promise<string> {
  const name = sheetName(title, used)
  const widths = columns.map(widthOf)
  const sheet = file.addSheet({ name, widths, frozenRows: HEADING_ROWS, frozenColumns: 1, isLandscape: true })
  sheet.addRow([title], { styles: [titleStyle], height: 22 })
  sheet.addRow([sentence], { styles: [quietStyle] })
  sheet.addRow([])
  sheet.addRow(
    columns.map((column) => column.title),
    { styles: columns.map(({ kind }) => headerStyle(kind === 'number' ? 'right' : 'left')) },
  )
  for (const { kind, values } of lines) {
    const styles = columns.map(({ numberFormat, isWide }) =>
      isWide === true ? wrappedStyle : valueStyle(kind, numberFormat),
    )
    sheet.addRow(values, { styles })
  }
  await sheet.finish()
  return name
}

function widthOf({ kind, title, isWide }: TableColumn): number {
  if (isWide === true) return 90
  const wanted = { text: 24, number: 16, time: 18, boolean: 10 }[kind]
  return Math.min(30, Math.max(wanted, title.length + 2))
}

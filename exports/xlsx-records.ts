import { exportWords } from './messages.ts'
import { sheetName } from './file-name.ts'
import type { RecordColumn } from './record-columns.ts'
import { headerStyle, quietStyle, titleStyle, valueStyle } from './xlsx-styles.ts'
import type { CellStyle, CellValue, Sheet, XlsxFile } from './xlsx-workbook.ts'

export type RecordRows = AsyncIterable<readonly (readonly CellValue[])[]>

export type RecordSheets = {
  readonly title: string
  readonly sentence: string
  readonly locale: string
  readonly columns: readonly RecordColumn[]
  readonly rows: RecordRows
  /** Rows a sheet may have, its headings among them. */
  readonly sheetRows: number
}

/** The most rows that a sheet of an XLSX can have. */
export const EXCEL_ROWS = 1_048_576

const HEADING_ROWS = 4
const FLUSH_ROWS = 500

/** Writes records under a title, on as many sheets as they need, and returns how many rows were written. */
export async function addRecordSheets(file: XlsxFile, records: RecordSheets): Promise<number> {
  const styles = records.columns.map(({ kind, numberFormat }) =>
    valueStyle('leaf', numberFormat, kind === 'time' ? 'left' : undefined),
  )
  const sheets = sheetSequence(file, records)
  let sheet = sheets.next()
  let written = 0
  for await (const batch of records.rows) {
    for (const row of batch) {
      if (sheet.rows === records.sheetRows - HEADING_ROWS) {
        await closeSheet(sheet, records.columns.length)
        sheet = sheets.next()
      }
      await addRecord(sheet, row, styles)
      written += 1
    }
  }
  await closeSheet(sheet, records.columns.length)
  return written
}

type OpenSheet = { readonly sheet: Sheet; rows: number }

function sheetSequence(file: XlsxFile, records: RecordSheets) {
  const names: string[] = [exportWords(records.locale).aboutSheet]
  return {
    next(): OpenSheet {
      const name = sheetName(records.title, names)
      names.push(name)
      return { sheet: openSheet(file, name, records), rows: 0 }
    },
  }
}

function openSheet(file: XlsxFile, name: string, { title, sentence, columns }: RecordSheets): Sheet {
  const widths = columns.map(columnWidth)
  const sheet = file.addSheet({ name, widths, frozenRows: HEADING_ROWS, isLandscape: true })
  sheet.addRow([title], { styles: [titleStyle], height: 22 })
  sheet.addRow([sentence], { styles: [quietStyle] })
  sheet.addRow([])
  const styles = columns.map((column) => headerStyle(column.kind === 'number' ? 'right' : 'left'))
  sheet.addRow(
    columns.map((column) => column.title),
    { styles },
  )
  return sheet
}

async function addRecord(
  open: OpenSheet,
  row: readonly CellValue[],
  styles: readonly (CellStyle | undefined)[],
): Promise<void> {
  open.sheet.addRow(row, { styles })
  open.rows += 1
  if (open.rows % FLUSH_ROWS === 0) await open.sheet.flush()
}

async function closeSheet({ sheet, rows }: OpenSheet, columns: number): Promise<void> {
  sheet.filterBy({ top: HEADING_ROWS, left: 1, bottom: HEADING_ROWS + rows, right: Math.max(1, columns) })
  await sheet.finish()
}

function columnWidth({ kind, title }: RecordColumn): number {
  const wanted = { text: 24, number: 14, time: 20, boolean: 10 }[kind]
  return Math.min(40, Math.max(wanted, title.length + 4))
}

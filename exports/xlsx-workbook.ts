import { open } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import type ExcelJS from 'exceljs'
import { isRecord } from './guards.ts'
import type { ColourRule } from './xlsx-colours.ts'

/** A cell is a value, or a value with its own style. A string is always text, never a formula. */
export type CellValue = string | number | boolean | Date | null
export type CellStyle = Partial<ExcelJS.Style>

export type SheetOptions = {
  readonly name: string
  /** Rows kept in view above the scrolled part, and columns kept in view at its left. */
  readonly frozenRows?: number
  readonly frozenColumns?: number
  readonly widths: readonly number[]
  readonly isLandscape?: boolean
}

export type RowOptions = {
  readonly styles?: readonly (CellStyle | undefined)[]
  readonly outlineLevel?: number
  readonly height?: number
}

/** Cells from top left to bottom right, counted from one, both ends included. */
export type Area = {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

export type Sheet = {
  addRow(values: readonly CellValue[], options?: RowOptions): void
  /** Merges cells of rows that are not yet flushed. */
  merge(area: Area): void
  filterBy(area: Area): void
  /** Colours the numbers of these areas by their size; the areas of one call are compared with each other. */
  colour(areas: readonly Area[], rules: readonly ColourRule[]): void
  /** Hands the rows so far to the file and waits until it has taken them. */
  flush(): Promise<void>
  finish(): Promise<void>
}

export type XlsxFile = {
  addSheet(options: SheetOptions): Sheet
  finish(): Promise<void>
  /** Closes the file unfinished. */
  abandon(): Promise<void>
}

const LONGEST_TEXT = 32_767
const WAITING_BYTES = 1 << 20

/** Opens an XLSX at `path` that is written row by row; what was flushed is no longer held in memory. */
export async function openXlsx(path: string, created: Date): Promise<XlsxFile> {
  // Read when the first file is written: it takes longer than a command that writes none.
  const { default: excel } = await import('exceljs')
  const output = (await open(path, 'w', 0o600)).createWriteStream()
  const workbook = new excel.stream.xlsx.WorkbookWriter({
    stream: output,
    useStyles: true,
    useSharedStrings: false,
    zip: { zlib: { level: 1 } },
  })
  workbook.creator = 'Embut'
  workbook.created = created
  return {
    addSheet: (options) => addSheet(workbook, options),
    async finish() {
      const written = finished(output)
      await workbook.commit()
      await written
    },
    async abandon() {
      // Without its error it ends like any other; only then may its folder go.
      await finished(output.destroy()).catch(() => {})
    },
  }
}

function addSheet(workbook: ExcelJS.stream.xlsx.WorkbookWriter, options: SheetOptions): Sheet {
  const sheet = workbook.addWorksheet(options.name, {
    views: [frozenView(options)],
    properties: { outlineLevelRow: 7, outlineProperties: { summaryBelow: true, summaryRight: false } },
    pageSetup: {
      paperSize: 9,
      orientation: options.isLandscape === true ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
    },
  })
  sheet.columns = options.widths.map((width) => ({ width }))
  let pending: ExcelJS.Row[] = []
  const flush = async () => {
    for (const row of pending) row.commit()
    pending = []
    await waitForRoom(sheet)
  }
  return {
    addRow: (values, rowOptions) => void pending.push(writeRow(sheet, values, rowOptions)),
    merge: ({ top, left, bottom, right }) => sheet.mergeCells(top, left, bottom, right),
    filterBy({ top, left, bottom, right }) {
      sheet.autoFilter = { from: { row: top, column: left }, to: { row: bottom, column: right } }
    },
    colour: (areas, rules) => colourAreas(sheet, areas, rules),
    flush,
    async finish() {
      await flush()
      sheet.commit()
    },
  }
}

/** One range of a rule may be of several areas: leaves without the subtotals between them. */
function colourAreas(sheet: ExcelJS.Worksheet, areas: readonly Area[], rules: readonly ColourRule[]): void {
  if (areas.length === 0 || rules.length === 0) return
  const ref = areas.map(({ top, left, bottom, right }) => `${address(top, left)}:${address(bottom, right)}`)
  const numbered = rules.map((rule, index) => ({ ...rule, priority: index + 1 }))
  // The library writes bars, but its type of a rule does not list them.
  sheet.addConditionalFormatting({
    ref: ref.join(' '),
    rules: numbered as ExcelJS.ConditionalFormattingRule[],
  })
}

/** 3, 28 → AB3 */
function address(row: number, column: number): string {
  let [rest, letters] = [column, '']
  while (rest > 0) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
    rest = Math.floor((rest - 1) / 26)
  }
  return `${letters}${row}`
}

function frozenView(options: SheetOptions): Partial<ExcelJS.WorksheetView> {
  if (options.frozenRows === undefined && options.frozenColumns === undefined) return { showGridLines: false }
  const split = { xSplit: options.frozenColumns ?? 0, ySplit: options.frozenRows ?? 0 }
  return { state: 'frozen', showGridLines: false, ...split }
}

function writeRow(
  sheet: ExcelJS.Worksheet,
  values: readonly CellValue[],
  options: RowOptions = {},
): ExcelJS.Row {
  const row = sheet.addRow(values.map(storable))
  if (options.outlineLevel !== undefined) row.outlineLevel = options.outlineLevel
  if (options.height !== undefined) row.height = options.height
  options.styles?.forEach((style, index) => {
    if (style !== undefined) row.getCell(index + 1).style = style
  })
  return row
}

/** Excel refuses a file with a longer text; the cut is marked. */
function storable(value: CellValue): CellValue {
  if (typeof value !== 'string' || value.length <= LONGEST_TEXT) return value
  return `${value.slice(0, LONGEST_TEXT - 1)}…`
}

/** exceljs ignores its output's back-pressure: without this wait every row of a large file would sit in memory. */
async function waitForRoom(sheet: ExcelJS.Worksheet): Promise<void> {
  await setImmediate()
  const target = outputOf(sheet)
  while (target !== undefined && target._writableState.length > WAITING_BYTES) await setImmediate()
}

/** The stream between exceljs and the zip, of an age that shows what waits in it only in its inner state. */
type ZipInput = { readonly _writableState: { readonly length: number } }

function outputOf(sheet: unknown): ZipInput | undefined {
  if (!isRecord(sheet) || !isRecord(sheet.stream) || !Array.isArray(sheet.stream.pipes)) return undefined
  const target: unknown = sheet.stream.pipes[0]
  return isZipInput(target) ? target : undefined
}

function isZipInput(value: unknown): value is ZipInput {
  return isRecord(value) && isRecord(value._writableState) && typeof value._writableState.length === 'number'
}

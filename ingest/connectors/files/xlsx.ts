import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import exceljs from 'exceljs'
import type { CellValue, Row } from 'exceljs'
import { UserError } from '#config'

const { stream } = exceljs

/** Which sheet, by name or number (default the first), and what to call the file in a message. */
export type SheetWanted = { readonly label: string; readonly sheet: string | number | undefined }

/**
 * Writes one sheet of an XLSX file as CSV in UTF-8, by stream, each row followed by its number in the sheet. The first
 * row that is not empty is the header. Throws UserError when there is no such sheet or it is empty.
 */
export async function sheetToCsv(path: string, to: string, { label, sheet }: SheetWanted): Promise<void> {
  const reader = new stream.xlsx.WorkbookReader(path, {
    sharedStrings: 'cache',
    styles: 'cache',
    worksheets: 'emit',
  })
  const seen: string[] = []
  for await (const worksheet of reader) {
    const name = nameOf(worksheet)
    seen.push(name)
    const isWanted = sheet === undefined || sheet === name || sheet === seen.length
    if (isWanted) return writeSheet(worksheet, to, label)
  }
  throw new UserError(
    `${label} has no sheet ${sheet}. Its sheets are: ${seen.join(', ')}. Mend sheet in embut.yaml.`,
  )
}

function nameOf(worksheet: object): string {
  return 'name' in worksheet && typeof worksheet.name === 'string' ? worksheet.name : ''
}

async function writeSheet(rows: AsyncIterable<Row>, to: string, label: string): Promise<void> {
  const output = createWriteStream(to)
  let header: readonly string[] | null = null
  for await (const row of rows) {
    const cells = textsOf(row, header?.length)
    if (cells.every((cell) => cell === '')) continue
    header ??= cells
    const last = cells === header ? '_sheet_row' : String(row.number)
    if (!output.write(`${[...cells, last].map(quoted).join(',')}\n`)) await once(output, 'drain')
  }
  output.end()
  await once(output, 'close')
  if (header === null)
    throw new UserError(`${label} is empty: its sheet has no header row. Fill it or remove it.`)
}

function textsOf(row: Row, width: number | undefined): readonly string[] {
  const last = width ?? row.cellCount
  return Array.from({ length: last }, (_, index) => textOf(row.getCell(index + 1).value).trim())
}

/** A cell as text: dates in ISO without a zone, times of day and durations as hh:mm:ss, numbers as SQL writes them. */
export function textOf(value: CellValue): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return dateText(value)
  if (typeof value !== 'object') return String(value)
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('hyperlink' in value) return String(value.text)
  if ('result' in value) return textOf(value.result)
  return 'error' in value ? value.error : ''
}

/** Excel's day 0 is 30 December 1899: a date before 1901 is a length of time. */
function dateText(value: Date): string {
  const sinceZero = value.getTime() - Date.UTC(1899, 11, 30)
  if (value.getUTCFullYear() < 1901) {
    const seconds = Math.round(sinceZero / 1000)
    const two = (number: number) => String(number).padStart(2, '0')
    return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  }
  // Excel keeps days as fractions, so a time comes out some microseconds off; the nearest second is meant.
  const text = new Date(Math.round(value.getTime() / 1000) * 1000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ')
  return text.endsWith(' 00:00:00') ? text.slice(0, 10) : text
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

import { open, readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { readXlsx, streamXlsxRows } from 'hucre/xlsx'
import type { CellValue, StreamRow } from 'hucre/xlsx'
import { reasonOf, UserError } from '#config'

/** Which sheet, by name or number (default the first), and what to call the file in a message. */
export type SheetWanted = { readonly label: string; readonly sheet: string | number | undefined }

/**
 * Writes one sheet of an XLSX file as CSV in UTF-8, by stream, each row followed by its number in the sheet. The first
 * row that is not empty is the header. Of the file its compressed bytes are held in memory, never its rows. Throws
 * UserError when it is no workbook, is protected by a password, has no such sheet, or the sheet is empty.
 */
export async function sheetToCsv(path: string, to: string, { label, sheet }: SheetWanted): Promise<void> {
  const workbook = await readFile(path)
  const wanted = typeof sheet === 'number' ? sheet - 1 : sheet
  const options = wanted === undefined ? {} : { sheet: wanted }
  // Opened before the first row is read: a stream that fails at once would make its file after this has ended.
  await using file = await open(to, 'w')
  const output = file.createWriteStream()
  await pipeline(linesOf(readable(streamXlsxRows(workbook, options), label)), output)
  if (output.bytesWritten === 0) throw await nothingIn(workbook, label, sheet)
}

async function* readable(rows: AsyncIterable<StreamRow>, label: string): AsyncGenerator<StreamRow> {
  try {
    yield* rows
  } catch (error) {
    const reason = reasonOf(error)
    throw new UserError(
      `${label} cannot be read as a workbook: ${reason}. Save it again in Excel as .xlsx without a password, and sync again.`,
      { cause: error },
    )
  }
}

async function nothingIn(
  workbook: Uint8Array,
  label: string,
  sheet: SheetWanted['sheet'],
): Promise<UserError> {
  const names = await sheetNames(workbook)
  const isThere = typeof sheet === 'string' ? names.includes(sheet) : names.length >= (sheet ?? 1)
  return isThere
    ? new UserError(`${label} is empty: its sheet has no header row. Fill it or remove it.`)
    : new UserError(
        `${label} has no sheet ${sheet ?? 1}. Its sheets are: ${names.join(', ')}. Mend sheet in embut.yaml.`,
      )
}

async function sheetNames(workbook: Uint8Array): Promise<readonly string[]> {
  const names: string[] = []
  const note = ({ name }: { readonly name: string }) => {
    names.push(name)
    return false
  }
  await readXlsx(workbook, { sheets: note })
  return names
}

/** The lines of a sheet as CSV; none when there is nothing in it. */
async function* linesOf(rows: AsyncIterable<StreamRow>): AsyncGenerator<string> {
  let header: readonly string[] | null = null
  for await (const { index, values } of rows) {
    const cells = textsOf(values, header?.length)
    if (cells.every((cell) => cell === '')) continue
    header ??= cells
    const last = cells === header ? '_sheet_row' : String(index + 1)
    yield `${[...cells, last].map(quoted).join(',')}\n`
  }
}

function textsOf(values: readonly CellValue[], width = values.length): readonly string[] {
  return Array.from({ length: width }, (_, index) => textOf(values[index]).trim())
}

/** A cell as text: dates in ISO without a zone, times of day and durations as hh:mm:ss, numbers as SQL writes them. */
function textOf(value: CellValue | undefined): string {
  return value instanceof Date ? dateText(value) : String(value ?? '')
}

/** A date before 1901 is a length of time: the days since Excel's day 0. */
function dateText(value: Date): string {
  if (value.getUTCFullYear() < 1901) {
    const seconds = Math.round((value.getTime() - dayZero(value)) / 1000)
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

/** Excel counts a 29 February 1900 that never was, so what comes after it is a day further from day 0. */
function dayZero(value: Date): number {
  return Date.UTC(1899, 11, value.getTime() < Date.UTC(1900, 2, 1) ? 31 : 30)
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { reasonOf, UserError } from '#config'
import { readRows } from './rows.ts'
import type { SheetRow } from './rows.ts'
import { spoolSharedStrings } from './shared-strings.ts'
import { openWorkbook } from './workbook.ts'
import type { Sheet, Workbook } from './workbook.ts'

/** Which sheet, by name or number (default the first), and what to call the file in a message. */
export type SheetWanted = { readonly label: string; readonly sheet: string | number | undefined }

/**
 * Writes one sheet of an XLSX file as CSV in UTF-8, by stream, each row followed by its number in the sheet. The first
 * row that is not empty is the header. Neither the rows nor the texts that they share are held in memory; beside `to`
 * lies, until it is written, a file of those. Throws UserError when it is no workbook, is protected by a password, is
 * damaged, has no such sheet, or the sheet is empty.
 */
export async function sheetToCsv(path: string, to: string, wanted: SheetWanted): Promise<void> {
  const { label } = wanted
  // Opened before the first row is read: a stream that fails at once would make its file after this has ended.
  await using file = await open(to, 'w')
  await using workbook = await openWorkbook(path).catch((error: unknown) => {
    throw unreadable(label, error)
  })
  const output = file.createWriteStream()
  const rows = rowsOf(workbook, sheetPart(workbook, wanted), `${to}.texts`)
  await pipeline(linesOf(readable(rows, label)), output)
  if (output.bytesWritten === 0)
    throw new UserError(`${label} is empty: its sheet has no header row. Fill it or remove it.`)
}

function sheetPart({ sheets }: Workbook, { label, sheet }: SheetWanted): string {
  const found =
    typeof sheet === 'string' ? sheets.find(({ name }) => name === sheet) : sheets[(sheet ?? 1) - 1]
  if (found === undefined) {
    const names = sheets.map(({ name }) => name).join(', ')
    throw new UserError(
      `${label} has no sheet ${sheet ?? 1}. Its sheets are: ${names}. Mend sheet in embut.yaml.`,
    )
  }
  return partOf(found, label)
}

function partOf({ name, part }: Sheet, label: string): string {
  if (part !== null) return part
  throw new UserError(`The sheet ${name} of ${label} has no rows. Name one with rows as sheet in embut.yaml.`)
}

async function* rowsOf(workbook: Workbook, part: string, scratch: string) {
  const { stringsPart, dateStyles, is1904 } = workbook
  using strings = stringsPart === null ? null : await spoolSharedStrings(workbook.read(stringsPart), scratch)
  const sharedText = (index: number) => strings?.at(index)
  yield* readRows(workbook.read(part), { dateStyles, is1904, sharedText })
}

async function* readable<T>(rows: AsyncIterable<T>, label: string): AsyncGenerator<T> {
  try {
    yield* rows
  } catch (error) {
    throw unreadable(label, error)
  }
}

function unreadable(label: string, error: unknown): UserError {
  const reason = reasonOf(error)
  return new UserError(
    `${label} cannot be read as a workbook: ${reason}. Save it again in Excel as .xlsx without a password, and sync again.`,
    { cause: error },
  )
}

/** The lines of a sheet as CSV, some at a time; none when there is nothing in it. */
async function* linesOf(pieces: AsyncIterable<readonly SheetRow[]>): AsyncGenerator<string> {
  let width: number | null = null
  for await (const rows of pieces) {
    let lines = ''
    for (const { number, texts } of rows) {
      const cells = trimmed(texts, width ?? texts.length)
      if (cells.every((cell) => cell === '')) continue
      const last = width === null ? '_sheet_row' : String(number)
      width ??= cells.length
      lines += `${[...cells, last].map(quoted).join(',')}\n`
    }
    if (lines !== '') yield lines
  }
}

function trimmed(texts: SheetRow['texts'], width: number): readonly string[] {
  return Array.from({ length: width }, (_, index) => (texts[index] ?? '').trim())
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

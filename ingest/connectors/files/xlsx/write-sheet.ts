import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { readRows } from './rows.ts'
import type { SheetRow } from './rows.ts'
import { spoolSharedStrings } from './shared-strings.ts'
import { openWorkbook } from './workbook.ts'
import type { Workbook } from './workbook.ts'

/** A part of a workbook that holds the rows of a sheet, and where they are to be written. */
export type SheetJob = { readonly path: string; readonly part: string; readonly to: string }

/**
 * Writes the rows of a sheet as CSV in UTF-8, by stream, each followed by its number in the sheet; the first row that is
 * not empty is the header. Neither the rows nor the texts that they share are held in memory; beside `to` lies, until it
 * is written, a file of those. Returns how many bytes it wrote. Throws Error when the workbook is damaged.
 */
export async function writeSheet({ path, part, to }: SheetJob): Promise<number> {
  // Opened before the first row is read: a stream that fails at once would make its file after this has ended.
  await using file = await open(to, 'w')
  await using workbook = await openWorkbook(path)
  const output = file.createWriteStream()
  await pipeline(linesOf(rowsOf(workbook, part, `${to}.texts`)), output)
  return output.bytesWritten
}

async function* rowsOf(workbook: Workbook, part: string, scratch: string) {
  const { stringsPart, dateStyles, is1904 } = workbook
  using strings = stringsPart === null ? null : await spoolSharedStrings(workbook.read(stringsPart), scratch)
  const sharedText = (index: number) => strings?.at(index)
  yield* readRows(workbook.read(part), { dateStyles, is1904, sharedText })
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

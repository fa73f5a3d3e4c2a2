import { reasonOf, UserError } from '#config'
import { writeSheetInWorker } from './in-worker.ts'
import { openWorkbook } from './workbook.ts'
import type { Sheet } from './workbook.ts'

/** Which sheet, by name or number (default the first), and what to call the file in a message. */
export type SheetWanted = { readonly label: string; readonly sheet: string | number | undefined }

/**
 * Writes one sheet of an XLSX file as `writeSheet` does. Throws UserError when it is no workbook, is protected by a
 * password, is damaged, has no such sheet, or the sheet is empty.
 */
export async function sheetToCsv(
  path: string,
  to: string,
  { label, sheet, write = writeSheetInWorker }: SheetWanted & { readonly write?: typeof writeSheetInWorker },
): Promise<void> {
  const readable = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      throw unreadable(label, error)
    })
  const part = sheetPart(await readable(sheetsOf(path)), { label, sheet })
  if ((await readable(write({ path, part, to }))) > 0) return
  throw new UserError(`${label} is empty: its sheet has no header row. Fill it or remove it.`)
}

async function sheetsOf(path: string): Promise<readonly Sheet[]> {
  await using workbook = await openWorkbook(path)
  return workbook.sheets
}

function sheetPart(sheets: readonly Sheet[], { label, sheet }: SheetWanted): string {
  const found =
    typeof sheet === 'string' ? sheets.find(({ name }) => name === sheet) : sheets[(sheet ?? 1) - 1]
  if (found === undefined) {
    const names = sheets.map(({ name }) => name).join(', ')
    throw new UserError(
      `${label} has no sheet ${sheet ?? 1}. Its sheets are: ${names}. Mend sheet in embut.yaml.`,
    )
  }
  if (found.part !== null) return found.part
  throw new UserError(
    `The sheet ${found.name} of ${label} has no rows. Name one with rows as sheet in embut.yaml.`,
  )
}

function unreadable(label: string, error: unknown): UserError {
  const reason = reasonOf(error)
  return new UserError(
    `${label} cannot be read as a workbook: ${reason}. Save it again in Excel as .xlsx without a password, and sync again.`,
    { cause: error },
  )
}

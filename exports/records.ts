import { UserError } from '#config'
import { addAboutSheet } from './xlsx-about.ts'
import { exportFileName } from './file-name.ts'
import { CSV_TYPE, XLSX_TYPE } from './ports.ts'
import type { ExportFile, ExportOptions, RecordsRequest } from './ports.ts'
import { withPublishedRecords } from './published-records.ts'
import type { PublishedRecords } from './published-records.ts'
import { compileRecords } from './record-set.ts'
import type { RecordSet } from './record-set.ts'
import { createTemporaryFile, removeOnFailure, streamAndRemove } from './temporary-file.ts'
import type { TemporaryFile } from './temporary-file.ts'
import { recordSentence } from './sentence.ts'
import { addRecordSheets, EXCEL_ROWS } from './xlsx-records.ts'
import { openXlsx } from './xlsx-workbook.ts'

/** Writes records to an XLSX with a sheet about the numbers. Throws when a row is missing; nothing is sent then. */
export async function writeRecordsXlsx(options: ExportOptions, request: RecordsRequest): Promise<ExportFile> {
  const write = async ({ file, records, published, expected }: Job) => {
    const workbook = await openXlsx(file.path, options.now())
    try {
      const written = await addRecordSheets(workbook, {
        title: request.title,
        sentence: recordSentence(records.passport, expected, request.locale),
        locale: request.locale,
        columns: records.columns,
        rows: published.rows(),
        sheetRows: options.sheetRows ?? EXCEL_ROWS,
      })
      await addAboutSheet(
        workbook,
        aboutRecords(options, request, { passport: records.passport, rows: written }),
      )
      await workbook.finish()
      return written
    } catch (error) {
      await workbook.abandon()
      throw error
    }
  }
  return writeRecords(options, request, { format: 'xlsx', write })
}

/** Lets DuckDB write records to a CSV with a byte order mark, so that Excel reads it as UTF-8. */
export async function writeRecordsCsv(options: ExportOptions, request: RecordsRequest): Promise<ExportFile> {
  const write = ({ file, published }: Job) => published.writeCsv(file.path)
  return writeRecords(options, request, { format: 'csv', write })
}

type Job = {
  readonly file: TemporaryFile
  readonly records: RecordSet
  readonly published: PublishedRecords
  /** count(*) of the SQL. */
  readonly expected: number
}
type Format = 'xlsx' | 'csv'

async function writeRecords(
  options: ExportOptions,
  request: RecordsRequest,
  { format, write }: { readonly format: Format; readonly write: (job: Job) => Promise<number> },
): Promise<ExportFile> {
  const records = await compileRecords(options, request)
  const file = await createTemporaryFile(options.tempDir, `records.${format}`)
  const rows = await removeOnFailure(file, () =>
    withPublishedRecords(records, async (published) => {
      const expected = await published.count()
      const written = await write({ file, records, published, expected })
      refuseIncomplete(request.title, written, expected)
      return written
    }),
  )
  await removeOnFailure(file, () => recordExport(options, request, { format, rows }))
  const filename = exportFileName(request.title, options.now(), format)
  const contentType = format === 'csv' ? CSV_TYPE : XLSX_TYPE
  return { stream: streamAndRemove(file, format === 'csv' ? '\uFEFF' : ''), filename, contentType, rows }
}

/** An export that lacks rows is worse than none. */
export function refuseIncomplete(title: string, written: number, expected: number): void {
  if (written === expected) return
  throw new UserError(
    `The export "${title}" was stopped: ${written} of ${expected} rows were written. Start it again; ` +
      'if it happens twice, tell your administrator',
  )
}

async function recordExport(
  { workspace }: ExportOptions,
  { reader, query, title }: RecordsRequest,
  { format, rows }: { readonly format: Format; readonly rows: number },
): Promise<void> {
  const detail = { kind: 'records', format, rows, query }
  await workspace.audit.append({ userId: reader.userId, action: 'export', subject: title, detail })
}

function aboutRecords(
  options: ExportOptions,
  request: RecordsRequest,
  { passport, rows }: Pick<RecordSet, 'passport'> & { readonly rows: number },
) {
  const { title, reader } = request
  const whole = { ...passport, rows, isComplete: true }
  const exportedFor = request.readerName ?? reader.userId
  const { locale } = request
  const report = { title, passport: whole, rows, parameters: [] }
  return { reports: [report], exportedAt: options.now(), exportedFor, locale }
}

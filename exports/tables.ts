import { writeFile } from 'node:fs/promises'
import type { ReportPassport } from '#semantic/report'
import { csvLine } from './csv-line.ts'
import { exportFileName } from './file-name.ts'
import { exportWords } from './messages.ts'
import { CSV_TYPE, XLSX_TYPE, type ExportFile, type ExportOptions } from './ports.ts'
import type { ReportRequest } from './report-run.ts'
import { createTemporaryFile, removeOnFailure, streamAndRemove } from './temporary-file.ts'
import { addAboutSheet, type AboutReport } from './xlsx-about.ts'
import { addTableSheet, type FinishedTable } from './xlsx-table.ts'
import { openXlsx } from './xlsx-workbook.ts'

/** Finished tables of a page for one file, with what their numbers are. */
export type TablesRequest = Pick<ReportRequest, 'reader' | 'locale' | 'readerName'> &
  Pick<AboutReport, 'parameters'> & {
    /** Names the file and its line in the audit log. */
    readonly title: string
    readonly tables: readonly FinishedTable[]
    readonly passport: ReportPassport
  }
export type TableRequest = Omit<TablesRequest, 'tables'> & { readonly table: FinishedTable }

/** Writes tables to one XLSX, a sheet each, with a sheet about their numbers. */
export async function writeTablesXlsx(options: ExportOptions, request: TablesRequest): Promise<ExportFile> {
  const file = await createTemporaryFile(options.tempDir, 'tables.xlsx')
  const rows = countOf(request.tables)
  await removeOnFailure(file, async () => {
    await writeBook(options, file.path, request)
    await recordExport(options, request, { format: 'xlsx', rows })
  })
  const filename = exportFileName(request.title, options.now(), 'xlsx')
  return { stream: streamAndRemove(file), filename, contentType: XLSX_TYPE, rows }
}

/** Writes a table to a CSV: one header line, times as ISO 8601, numbers in full. */
export async function writeTableCsv(options: ExportOptions, request: TableRequest): Promise<ExportFile> {
  const { table, title } = request
  const file = await createTemporaryFile(options.tempDir, 'table.csv')
  const rows = countOf([table])
  const lines = [table.columns.map((column) => column.title), ...table.lines.map(({ values }) => values)]
  await removeOnFailure(file, async () => {
    await writeFile(file.path, lines.map(csvLine).join(''), { mode: 0o600 })
    await recordExport(options, request, { format: 'csv', rows })
  })
  const filename = exportFileName(title, options.now(), 'csv')
  return { stream: streamAndRemove(file, '\uFEFF'), filename, contentType: CSV_TYPE, rows }
}

async function writeBook(options: ExportOptions, path: string, request: TablesRequest): Promise<void> {
  const { title, tables, passport, parameters, locale, reader, readerName } = request
  const workbook = await openXlsx(path, options.now())
  try {
    const names = [exportWords(locale).aboutSheet]
    for (const table of tables) names.push(await addTableSheet(workbook, table, names))
    const exportedFor = readerName ?? reader.userId
    const report = { title, passport, parameters, rows: countOf(tables.slice(0, 1)) }
    await addAboutSheet(workbook, { reports: [report], locale, exportedAt: options.now(), exportedFor })
    await workbook.finish()
  } catch (error) {
    await workbook.abandon()
    throw error
  }
}

/** Sums are no rows. */
function countOf(tables: readonly FinishedTable[]): number {
  return tables.flatMap(({ lines }) => lines).filter(({ kind }) => kind === 'leaf').length
}

async function recordExport(
  { workspace }: ExportOptions,
  { reader, title }: Pick<TablesRequest, 'reader' | 'title'>,
  { format, rows }: { readonly format: 'xlsx' | 'csv'; readonly rows: number },
): Promise<void> {
  const detail = { kind: 'tables', format, rows }
  await workspace.audit.append({ userId: reader.userId, action: 'export', subject: title, detail })
}

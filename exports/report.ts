import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { exportFileName } from './file-name.ts'
import { reportCsvLines } from './csv-report.ts'
import { CSV_TYPE, XLSX_TYPE } from './ports.ts'
import type { ExportFile, ExportOptions } from './ports.ts'
import { runForExport } from './report-run.ts'
import type { ReportRequest } from './report-run.ts'
import { createTemporaryFile, removeOnFailure, streamAndRemove } from './temporary-file.ts'
import { writeReportBook } from './xlsx-book.ts'
import type { BookRequest, WrittenReport } from './xlsx-book.ts'

/** Writes reports to one XLSX, each on a sheet that looks like the screen, with a sheet about their numbers. */
export async function writeReportsXlsx(options: ExportOptions, request: BookRequest): Promise<ExportFile> {
  const file = await createTemporaryFile(options.tempDir, 'report.xlsx')
  const written = await removeOnFailure(file, async () => {
    const reports = await writeReportBook(options, file.path, request)
    for (const report of reports) await recordExport(options, request, { ...report, format: 'xlsx' })
    return reports
  })
  const filename = exportFileName(request.title ?? written[0]?.title ?? '', options.now(), 'xlsx')
  const rows = written.reduce((sum, report) => sum + report.rows, 0)
  return { stream: streamAndRemove(file), filename, contentType: XLSX_TYPE, rows }
}

/** Writes a report to a CSV: one header line, the subtotals and totals of the screen among the lines. */
export async function writeReportCsv(options: ExportOptions, request: ReportRequest): Promise<ExportFile> {
  const { table, grid } = await runForExport(options, request)
  const { title, rows } = table
  const { reportType } = request.definition
  const file = await createTemporaryFile(options.tempDir, 'report.csv')
  await removeOnFailure(file, async () => {
    await pipeline(Readable.from(reportCsvLines(grid)), createWriteStream(file.path, { mode: 0o600 }))
    await recordExport(options, request, { title, rows: rows.length, reportType, format: 'csv' })
  })
  const filename = exportFileName(title, options.now(), 'csv')
  return { stream: streamAndRemove(file, '\uFEFF'), filename, contentType: CSV_TYPE, rows: rows.length }
}

async function recordExport(
  { workspace }: ExportOptions,
  { reader }: Pick<ReportRequest, 'reader'>,
  { title, format, rows, reportType }: WrittenReport & { readonly format: 'xlsx' | 'csv' },
): Promise<void> {
  const detail = { kind: 'report', format, rows, reportType }
  await workspace.audit.append({ userId: reader.userId, action: 'export', subject: title, detail })
}

import type { ExportFile, ExportOptions, RecordsRequest } from './ports.ts'
import { writeRecordsCsv, writeRecordsXlsx } from './records.ts'
import type { ReportRequest } from './report-run.ts'
import { writeReportCsv, writeReportsXlsx } from './report.ts'
import { writeTableCsv, writeTablesXlsx, type TableRequest, type TablesRequest } from './tables.ts'
import type { BookRequest } from './xlsx-book.ts'

/**
 * The numbers as files. Each resolves when the whole file is written and checked against the count of its
 * SQL, and leaves a line in the audit log; the file is deleted when its stream closes, so always consume or
 * destroy the stream. Throws UserError when rows are missing or the reader may not see a field.
 */
export type ExportService = {
  reportXlsx(request: ReportRequest): Promise<ExportFile>
  reportCsv(request: ReportRequest): Promise<ExportFile>
  /** Several reports as sheets of one file. */
  reportsXlsx(request: BookRequest): Promise<ExportFile>
  /** Finished tables of a page as sheets of one file. */
  tablesXlsx(request: TablesRequest): Promise<ExportFile>
  tableCsv(request: TableRequest): Promise<ExportFile>
  recordsXlsx(request: RecordsRequest): Promise<ExportFile>
  recordsCsv(request: RecordsRequest): Promise<ExportFile>
}

export function createExports(options: ExportOptions): ExportService {
  return {
    reportXlsx: (request) => writeReportsXlsx(options, { ...request, reports: [request] }),
    reportCsv: (request) => writeReportCsv(options, request),
    reportsXlsx: (request) => writeReportsXlsx(options, request),
    tablesXlsx: (request) => writeTablesXlsx(options, request),
    tableCsv: (request) => writeTableCsv(options, request),
    recordsXlsx: (request) => writeRecordsXlsx(options, request),
    recordsCsv: (request) => writeRecordsCsv(options, request),
  }
}

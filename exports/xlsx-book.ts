import type { ReportTable } from '#semantic/report'
import { sheetName } from './file-name.ts'
import { exportWords } from './messages.ts'
import type { ExportOptions } from './ports.ts'
import { runForExport } from './report-run.ts'
import type { ReportRequest, ReportRun } from './report-run.ts'
import { addAboutSheet } from './xlsx-about.ts'
import type { AboutReport } from './xlsx-about.ts'
import { addReportSheet } from './xlsx-report.ts'
import { openXlsx } from './xlsx-workbook.ts'
import type { XlsxFile } from './xlsx-workbook.ts'

/** Reports for one file, in the order of its sheets; `title` names the file, or else the first report does. */
export type BookRequest = Omit<ReportRequest, 'definition' | 'parameters'> & {
  readonly title?: string
  readonly reports: readonly Pick<ReportRequest, 'definition' | 'parameters'>[]
}

/** A report as it was written: its title and how many rows it has. */
export type WrittenReport = { readonly title: string; readonly rows: number; readonly reportType: string }

/** Runs each report and writes it to a sheet of the workbook at `path`, one at a time; the last sheet is about all. */
export async function writeReportBook(
  options: ExportOptions,
  path: string,
  request: BookRequest,
): Promise<readonly WrittenReport[]> {
  const workbook = await openXlsx(path, options.now())
  try {
    const written = await addReports(workbook, options, request)
    await workbook.finish()
    return written
  } catch (error) {
    await workbook.abandon()
    throw error
  }
}

async function addReports(
  workbook: XlsxFile,
  options: ExportOptions,
  { reports, ...request }: BookRequest,
): Promise<readonly WrittenReport[]> {
  const written: WrittenReport[] = []
  const abouts: AboutReport[] = []
  const { locale } = request
  const names = [exportWords(locale).aboutSheet]
  for (const report of reports) {
    const run = await runForExport(options, { ...request, ...report })
    const name = sheetName(run.table.title, names)
    names.push(name)
    abouts.push(aboutOf(run, await addReportSheet(workbook, { ...run, name })))
    const { title, rows } = run.table
    written.push({ title, rows: rows.length, reportType: report.definition.reportType })
  }
  const exportedFor = request.readerName ?? request.reader.userId
  await addAboutSheet(workbook, { reports: abouts, locale, exportedAt: options.now(), exportedFor })
  return written
}

/** What the last sheet says of a report; its rows are not held until then. */
function aboutOf({ table, grid, parameters, locale }: ReportRun, rows: number): AboutReport {
  const { title, passport } = table
  const hasFew = grid.lines.some(({ few }) => few.includes(true))
  return { title, passport, rows, parameters, hasFew, comparedWith: comparedWords(table, locale) }
}

/** The days that a report's numbers stand beside: 1–22 Oct 2026, the first 15 working days of the period. */
function comparedWords({ comparison }: ReportTable, locale: string): string | undefined {
  if (comparison === null) return undefined
  const [from, to] = comparison.before
  const { workingDays } = comparison
  const cut = workingDays === null ? '' : ` (${exportWords(locale).workingDays(workingDays)})`
  return `${from} – ${to}${cut}`
}

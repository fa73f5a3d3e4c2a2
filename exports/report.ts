import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { UserError } from '#config'
import type { Reader, ViewMeta } from '#semantic'
import { isRelativePeriod, resolveParameters, runReport, viewInLanguage, wordsFor } from '#semantic/report'
import type {
  GivenParameters,
  PlanContext,
  ReportDefinition,
  ReportTable,
  ReportView,
} from '#semantic/report'
import { exportWords } from './messages.ts'
import { exportFileName } from './file-name.ts'
import { checkedLoad, MOST_GROUPS } from './checked-load.ts'
import { reportCsvLines } from './csv-report.ts'
import { CSV_TYPE, XLSX_TYPE } from './ports.ts'
import type { ExportFile, ExportOptions } from './ports.ts'
import type { ReportGrid } from './report-grid.ts'
import { reportGrid } from './report-grid.ts'
import { createTemporaryFile, removeOnFailure, streamAndRemove } from './temporary-file.ts'
import { addAboutSheet } from './xlsx-about.ts'
import { addReportSheet } from './xlsx-report.ts'
import { openXlsx } from './xlsx-workbook.ts'

export type ReportRequest = {
  readonly reader: Reader
  readonly definition: ReportDefinition
  readonly parameters: GivenParameters
  readonly locale: string
  readonly readerName?: string
  readonly now?: Date
}

type Run = {
  readonly locale: string
  readonly table: ReportTable
  readonly grid: ReportGrid
  readonly parameters: readonly { readonly label: string; readonly value: string }[]
}

/** Writes a report to an XLSX that looks like the screen, with a sheet about its numbers. */
export async function writeReportXlsx(options: ExportOptions, request: ReportRequest): Promise<ExportFile> {
  const write = async (path: string, run: Run) => {
    const workbook = openXlsx(path, options.now())
    try {
      const rows = await addReportSheet(workbook, run)
      const { title, passport } = run.table
      const { locale, parameters } = run
      const comparedWith = comparedWords(run.table, locale)
      const about = { title, passport, rows, parameters, locale, comparedWith }
      const exportedFor = request.readerName ?? request.reader.userId
      await addAboutSheet(workbook, { ...about, exportedAt: options.now(), exportedFor })
      await workbook.finish()
    } catch (error) {
      workbook.abandon()
      throw error
    }
  }
  return writeReport(options, request, { format: 'xlsx', write })
}

/** Writes a report to a CSV: one header line, the subtotals and totals of the screen among the lines. */
export async function writeReportCsv(options: ExportOptions, request: ReportRequest): Promise<ExportFile> {
  const write = (path: string, { grid }: Run) =>
    pipeline(Readable.from(reportCsvLines(grid)), createWriteStream(path, { mode: 0o600 }))
  return writeReport(options, request, { format: 'csv', write })
}

type Writing = {
  readonly format: 'xlsx' | 'csv'
  readonly write: (path: string, run: Run) => Promise<void>
}

async function writeReport(
  options: ExportOptions,
  request: ReportRequest,
  { format, write }: Writing,
): Promise<ExportFile> {
  const run = await runForExport(options, request)
  const file = await createTemporaryFile(options.tempDir, `report.${format}`)
  const rows = run.table.rows.length
  await removeOnFailure(file, async () => {
    await write(file.path, run)
    await recordExport(options, request, { subject: run.table.title, format, rows })
  })
  const filename = exportFileName(run.table.title, options.now(), format)
  const contentType = format === 'csv' ? CSV_TYPE : XLSX_TYPE
  return { stream: streamAndRemove(file, format === 'csv' ? '\uFEFF' : ''), filename, contentType, rows }
}

async function runForExport(options: ExportOptions, request: ReportRequest): Promise<Run> {
  const context = await planContext(options, request)
  const table = await runReport(request.definition, context, checkedLoad(options.semantic, request.reader))
  const grid = reportGrid(table, { locale: request.locale, currency: options.company.currency })
  const { locale } = request
  return { locale, table, grid, parameters: parameterWords(request, context) }
}

async function planContext(
  { semantic, company, now }: ExportOptions,
  request: ReportRequest,
): Promise<PlanContext> {
  const { reader, definition, parameters } = request
  const view = (await semantic.meta(reader)).find(({ name }) => name === definition.reportType)
  if (view === undefined) {
    throw new UserError(
      `You may not use the report type ${definition.reportType}: ask your administrator for it`,
    )
  }
  return {
    view: viewInLanguage(reportView(view), request.locale),
    given: parameters,
    limit: MOST_GROUPS,
    now: request.now ?? now(),
    zone: company.timezone,
    fiscalYearStart: company.fiscalYearStart,
    calendar: company.calendar,
    words: wordsFor(request.locale),
    departmentIds: reader.departmentIds,
  }
}

function reportView({ name, title, description, members }: ViewMeta): ReportView {
  const known = members.map((member) => ({
    ...member,
    format: member.format ?? undefined,
    folder: member.folder ?? undefined,
  }))
  return { name, title, description, members: known }
}

function parameterWords({ definition, parameters }: ReportRequest, context: PlanContext): Run['parameters'] {
  const { chosen } = resolveParameters(definition, parameters, context)
  return chosen.map(({ name, values }) => {
    const label = definition.parameters.find((parameter) => parameter.name === name)?.label ?? name
    return { label, value: values.map((value) => spokenValue(value, context)).join(', ') }
  })
}

function spokenValue(value: string, { words }: PlanContext): string {
  if (words && isRelativePeriod(value)) return words.periods[value]
  if (words && value === 'my_department') return words.myDepartment
  return value.replace('..', ' – ')
}

/** The days that a report's numbers stand beside: 1–22 Oct 2026, the first 15 working days of the period. */
function comparedWords({ comparison }: ReportTable, locale: string): string | undefined {
  if (comparison === null) return undefined
  const [from, to] = comparison.before
  const { workingDays } = comparison
  const cut = workingDays === null ? '' : ` (${exportWords(locale).workingDays(workingDays)})`
  return `${from} – ${to}${cut}`
}

async function recordExport(
  { workspace }: ExportOptions,
  { reader, definition }: ReportRequest,
  {
    subject,
    ...written
  }: { readonly subject: string; readonly format: 'xlsx' | 'csv'; readonly rows: number },
): Promise<void> {
  const detail = { kind: 'report', ...written, reportType: definition.reportType }
  await workspace.audit.append({ userId: reader.userId, action: 'export', subject, detail })
}

import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { UserError } from '#config'
import type { Reader, ViewMeta } from '#semantic'
import { resolveParameters, runReport, wordsFor } from '#semantic/report'
import type {
  GivenParameters,
  PlanContext,
  ReportDefinition,
  ReportTable,
  ReportView,
} from '#semantic/report'
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
      const about = { title, passport, rows, parameters: run.parameters }
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
  return { table, grid, parameters: parameterWords(request, context) }
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
    view: reportView(view),
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
    return { label, value: values.map((value) => value.replaceAll('_', ' ').replace('..', ' – ')).join(', ') }
  })
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

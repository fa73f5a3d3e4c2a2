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
import { checkedLoad, MOST_GROUPS } from './checked-load.ts'
import type { ExportOptions } from './ports.ts'
import type { ReportGrid } from './report-grid.ts'
import { reportGrid } from './report-grid.ts'

export type ReportRequest = {
  readonly reader: Reader
  readonly definition: ReportDefinition
  readonly parameters: GivenParameters
  readonly locale: string
  readonly readerName?: string
  readonly now?: Date
}

/** A report that was run to be written: its table, how a sheet shows it, and the parameters in words. */
export type ReportRun = {
  readonly locale: string
  readonly table: ReportTable
  readonly grid: ReportGrid
  readonly parameters: readonly { readonly label: string; readonly value: string }[]
}

/** Runs a report whole, checked against its counts. Throws UserError where the reader may not use its report type. */
export async function runForExport(options: ExportOptions, request: ReportRequest): Promise<ReportRun> {
  const context = await planContext(options, request)
  const table = await runReport(request.definition, context, checkedLoad(options.semantic, request))
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
    fiscalCalendar: company.fiscalCalendar,
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

function parameterWords(
  { definition, parameters }: ReportRequest,
  context: PlanContext,
): ReportRun['parameters'] {
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

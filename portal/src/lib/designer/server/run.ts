import type { Reader, Services } from '#services'
import type {
  GivenParameters,
  GrainResult,
  PlanContext,
  ReportDefinition,
  ReportQuery,
  ReportTable,
  ReportView,
} from '#semantic/report'
import { inFiscalYear, planReport, ReportError, runReport, wordsFor } from '#semantic/report'
import type { RunAnswer } from '../answers.ts'
import { closedIn } from './closed.ts'

/** The most rows a preview asks of one grain; a file has no such end. */
const MOST_ROWS = 20_000

type Asked = {
  readonly services: Services
  readonly reader: Reader
  readonly locale: string
  readonly signal: AbortSignal
}
type Report = { readonly definition: ReportDefinition; readonly given: GivenParameters }

/** Runs a report as this reader; when it came out empty, says which filters emptied it. */
export async function runFor(asked: Asked, { definition: own, given }: Report): Promise<RunAnswer> {
  const context = await contextFor(asked, own, given)
  const definition = inFiscalYear(own, context.fiscalCalendar)
  const load = loaderOf(asked)
  const started = performance.now()
  const table = await runReport(definition, context, load)
  const emptiedBy = isEmpty(table, definition) ? await emptyingFilters(definition, context, load) : []
  const closed = await closedIn(table.passport, load)
  return { table, emptiedBy, closed, tookMs: Math.round(performance.now() - started) }
}

async function viewFor({ services, reader }: Asked, name: string): Promise<ReportView> {
  const view = (await services.semantic.meta(reader)).find((one) => one.name === name)
  if (view) return view
  throw new ReportError(`There is no report type ${name}, or your role may not use it: choose another`)
}

async function contextFor(
  asked: Asked,
  definition: ReportDefinition,
  given: GivenParameters,
): Promise<PlanContext> {
  const { config, now } = asked.services
  const { timezone: zone, fiscalCalendar, calendar } = config.company
  const view: ReportView = await viewFor(asked, definition.reportType)
  const { departmentIds } = asked.reader
  const clock = { now: now(), zone, fiscalCalendar, calendar }
  return { ...clock, view, given, limit: MOST_ROWS, departmentIds, words: wordsFor(asked.locale) }
}

function loaderOf({ services, reader, signal }: Asked): (query: ReportQuery) => Promise<GrainResult> {
  return (query) => services.semantic.load(reader, query, { signal })
}

function isEmpty(table: ReportTable, { rows, columns }: ReportDefinition): boolean {
  if (rows.length + columns.length === 0) return false
  return !table.rows.some((row) => row.kind === 'leaf') || (columns.length > 0 && table.columns.length <= 1)
}

/** Places of the filters without which there would be something to show. */
async function emptyingFilters(
  definition: ReportDefinition,
  context: PlanContext,
  load: (query: ReportQuery) => Promise<GrainResult>,
): Promise<number[]> {
  const { limit: _limit, ...options } = definition.options
  const found = definition.filters.map(async (_, place) => {
    const filters = definition.filters.filter((_clause, index) => index !== place)
    const without = { ...definition, options, filters, columns: [], values: [] }
    const leaf = planReport(without, { ...context, limit: 1 }).queries.find(
      ({ purpose, grain }) => purpose === 'grain' && grain.rows === definition.rows.length,
    )
    const { rows } = leaf ? await load(leaf.query) : { rows: [] }
    return rows.length > 0 ? [place] : []
  })
  return (await Promise.all(found)).flat()
}

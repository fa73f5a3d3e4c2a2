import { assembleReport } from './assemble.ts'
import { casesOf, FEWEST_CASES, isRanked, rankedCases } from './cases.ts'
import type { ReportDefinition } from './definition.ts'
import { rankedLimit } from './definition.ts'
import { inFiscalYear } from './fiscal.ts'
import { withFormulaNumbers } from './formula/load.ts'
import { nameOrder } from './order.ts'
import type { PlanContext } from './plan.ts'
import { planReport, rankingQuery } from './plan.ts'
import { withRangeNumbers } from './ranges/load.ts'
import { ReportError } from './report-error.ts'
import type { ReportTable } from './table.ts'
import type { GrainResult, ReportQuery, ResultRow } from './types.ts'
import { fieldValue } from './values.ts'

export type LoadQuery = (query: ReportQuery) => Promise<GrainResult>

/** A report asked again more often than this while new data is being published is given up. */
const ATTEMPTS = 3

/**
 * Runs a whole report: the ranking first when only the best are shown, then every grain at once. The same
 * for the screen, files and mails; what differs is the limit and who loads. All its numbers are of one
 * published version: when a new one arrives in between, the report is asked again.
 */
export async function runReport(
  definition: ReportDefinition,
  context: PlanContext,
  load: LoadQuery,
): Promise<ReportTable> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const versions = new Set<string>()
    const noted = async (query: ReportQuery) => {
      const result = await load(query)
      versions.add(result.passport.version)
      return result
    }
    const numbers = withFormulaNumbers(noted, definition, context)
    const table = await runOnce(definition, context, withRangeNumbers(numbers, definition))
    if (versions.size <= 1) return table
  }
  throw new ReportError('New data kept arriving while the report ran: run it again in a minute')
}

async function runOnce(
  definition: ReportDefinition,
  context: PlanContext,
  load: LoadQuery,
): Promise<ReportTable> {
  const asked = inFiscalYear(definition, context.fiscalCalendar)
  const top = await rankTop(asked, context, load)
  const plan = planReport(asked, context, top)
  const results = await Promise.all(
    plan.queries.map(async ({ key, query }) => [key, await load(query)] as const),
  )
  return assembleReport(plan, new Map(results))
}

/** The best, in their order, and after them by name the people of whom too little is known to be ranked. */
async function rankTop(
  definition: ReportDefinition,
  context: PlanContext,
  load: LoadQuery,
): Promise<(string | null)[] | null> {
  const query = rankingQuery(definition, context)
  const [first] = definition.rows
  if (!query || !first) return null
  const { rows } = await load(query)
  const cases = isRanked(first, definition) ? rankedCases(definition, context.view) : []
  const isFew = (row: ResultRow) => cases.length > 0 && casesOf(row, cases) < FEWEST_CASES
  const best = rows.filter((row) => !isFew(row)).slice(0, rankedLimit(definition) ?? undefined)
  if (best.length === 0) return null
  const named = (row: ResultRow) => fieldValue(row, first)
  return [...best.map(named), ...rows.filter(isFew).map(named).sort(nameOrder())]
}

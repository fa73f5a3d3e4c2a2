import { counterpart } from './comparison.ts'
import type { Field } from './definition.ts'
import type { Grain, PlannedQuery, ReportPlan } from './plan.ts'
import { ReportError } from './report-error.ts'
import type { GrainResult, ResultRow } from './types.ts'
import type { Path } from './values.ts'
import { pathKey, pathOf } from './values.ts'

/** Results by the key of the planned query they answer. */
export type GrainResults = ReadonlyMap<string, GrainResult>

/** Result rows by grain, then by their path over rows and columns. */
export type Cube = ReadonlyMap<string, ReadonlyMap<string, ResultRow>>

/** Every number of a report by its place; those of the compared period stand at their counterparts. */
export function indexResults(plan: ReportPlan, results: GrainResults): Cube {
  return new Map(
    plan.queries
      .filter(({ purpose }) => purpose !== 'order')
      .map((query) => [query.key, rowsByPath(plan, query, resultOf(results, query.key))]),
  )
}

/** The answer to one planned query; throws a ReportError when it has none. */
export function resultOf(results: GrainResults, key: string): GrainResult {
  const result = results.get(key)
  if (!result) throw new ReportError(`The result of query ${key} is missing: run every query of the plan`)
  return result
}

/** The path of a result row among the report's own; null when a compared bucket has no counterpart. */
export function placeOf(
  row: ResultRow,
  fields: readonly Field[],
  { plan, time }: { readonly plan: ReportPlan; readonly time: PlannedQuery['time'] },
): Path | null {
  const path = pathOf(row, fields)
  const { comparison } = plan
  if (time === 'now' || comparison === null) return path
  const moved = path.map((value, index) => {
    const { member, granularity } = fields[index] ?? {}
    if (value === null || granularity === undefined || member !== comparison.member) return { value }
    return { value: counterpart(value, granularity, comparison), isMoved: true }
  })
  return moved.some(({ value, isMoved }) => isMoved === true && value === null)
    ? null
    : moved.map(({ value }) => value)
}

function rowsByPath(
  plan: ReportPlan,
  { purpose, grain, time }: PlannedQuery,
  result: GrainResult,
): ReadonlyMap<string, ResultRow> {
  const fields = fieldsOf(plan, purpose === 'others' ? { rows: 0, columns: grain.columns } : grain)
  const rows = new Map<string, ResultRow>()
  for (const row of result.rows) {
    const path = placeOf(row, fields, { plan, time })
    if (path === null) continue
    const key = pathKey(path)
    // Two buckets that meet at one counterpart can't be added up: better no number than a wrong one.
    rows.set(key, rows.has(key) ? {} : row)
  }
  return rows
}

function fieldsOf({ definition }: ReportPlan, grain: Grain): Field[] {
  return [...definition.rows.slice(0, grain.rows), ...definition.columns.slice(0, grain.columns)]
}

import type { ReportDefinition } from '../definition.ts'
import { toQueryFilter } from '../plan.ts'
import type { GrainResult, ReportQuery, ResultRow } from '../types.ts'
import { hasNumber } from '../values.ts'
import { rangeClauses, rangesBetween, rangeValue } from './range.ts'

type Load = (query: ReportQuery) => Promise<GrainResult>

/** A range of a field, and the filters that hold its records; those without a number are in none, and have null. */
type Part = { readonly value: string | null; readonly filters: NonNullable<ReportQuery['filters']> }

/**
 * A loader that knows a report's ranges: what is grouped by such a field is asked once for each range, with filters
 * that hold its records. So each range is counted at its own grain, medians and distinct counts too, and no reader
 * sees a record more.
 */
export function withRangeNumbers(load: Load, { rows, columns }: ReportDefinition): Load {
  const borders = new Map(
    [...rows, ...columns].flatMap(({ member, ranges }) => (ranges === undefined ? [] : [[member, ranges]])),
  )
  const loadParts: Load = async (query) => {
    const member = query.dimensions?.find((name) => borders.has(name))
    if (member === undefined) return load(query)
    const rest = { ...query, dimensions: query.dimensions?.filter((name) => name !== member) ?? [] }
    const results = await Promise.all(
      partsOf(member, borders.get(member) ?? []).map(async ({ value, filters }) => {
        const own = { ...rest, filters: [...(query.filters ?? []), ...filters] }
        const result = asksNothing(own) ? await anyOf(load, own, member) : await loadParts(own)
        return labelled(result, { [member]: value })
      }),
    )
    return together(results, query.limit)
  }
  return borders.size === 0 ? load : loadParts
}

function partsOf(member: string, borders: readonly number[]): readonly Part[] {
  const parts = rangesBetween(borders).map((range) => ({
    value: rangeValue(range),
    filters: rangeClauses(member, range).map(toQueryFilter),
  }))
  return [...parts, { value: null, filters: [{ member, operator: 'notSet' }] }]
}

function asksNothing({ measures = [], dimensions = [], timeDimensions = [] }: ReportQuery): boolean {
  return measures.length + dimensions.length + timeDimensions.length === 0
}

/** One row without anything else, where there is any record. */
async function anyOf(load: Load, query: ReportQuery, member: string): Promise<GrainResult> {
  const result = await load({ ...query, dimensions: [member], limit: 1 })
  return { ...result, rows: result.rows.map(() => ({ [member]: 'any' })), isComplete: true }
}

/** A query without groups answers with one row even where there is no record; that is left out. */
function labelled(result: GrainResult, label: ResultRow): GrainResult {
  return { ...result, rows: result.rows.filter(hasNumber).map((row) => ({ ...row, ...label })) }
}

function together(results: readonly GrainResult[], limit = Infinity): GrainResult {
  const [first] = results
  if (first === undefined) throw new RangeError('There is always the part without a number')
  const rows = results.flatMap((result) => result.rows)
  const isComplete = results.every((result) => result.isComplete) && rows.length <= limit
  return {
    rows: rows.slice(0, limit),
    isComplete,
    passport: { ...first.passport, rows: Math.min(rows.length, limit), isComplete },
    durationMs: Math.max(...results.map(({ durationMs }) => durationMs)),
  }
}

import { logLine } from '#lib/server/log.ts'
import type { FilterClause } from '#semantic/report'
import type { CubeQuery, Passport, QueryResult, Reader, Row, SemanticService } from '#services'
import type { DayRange } from '#lib/period/month.ts'

/** Asks as one reader. */
export type Ask = (query: CubeQuery) => Promise<QueryResult>

export function askAs(semantic: Pick<SemanticService, 'load'>, reader: Reader): Ask {
  return (query) => semantic.load(reader, query)
}

/** The filter of a report type that leaves chosen departments; none leaves all. Its field is a bare name. */
export function ofDepartments(departments: readonly string[]): FilterClause[] {
  return departments.length === 0
    ? []
    : [{ member: 'department', operator: 'equals', values: [...departments] }]
}

/** The filter of a report type that leaves what counts for one person. */
export function ofPerson(personId: string | null): FilterClause[] {
  return personId === null ? [] : [{ member: 'manager_id', operator: 'equals', values: [personId] }]
}

/** Asks about what some filters leave; every report type asked must have their fields. */
export function askOf(ask: Ask, whose: readonly FilterClause[]): Ask {
  if (whose.length === 0) return ask
  return (query) => {
    const filters = whose.map((clause) => ({ ...clause, member: `${viewOf(query)}.${clause.member}` }))
    return ask({ ...query, filters: [...(query.filters ?? []), ...filters] })
  }
}

function viewOf({ measures = [], dimensions = [] }: CubeQuery): string {
  return [...measures, ...dimensions][0]?.split('.')[0] ?? ''
}

/** A part of a page that may fail alone. */
export type Part<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string }

/** Keeps one failed question from taking the page with it; people read a UserError, the log reads the rest. */
export async function part<T>(work: Promise<T>, log: (line: string) => void = logLine): Promise<Part<T>> {
  try {
    return { ok: true, value: await work }
  } catch (error) {
    const known = error instanceof Error && error.name === 'UserError'
    if (!known) log(`level=error event=home_part_failed detail=${JSON.stringify(String(error))}`)
    return { ok: false, message: known ? error.message : '' }
  }
}

export function inRange(dimension: string, [from, to]: DayRange): NonNullable<CubeQuery['timeDimensions']> {
  return [{ dimension, dateRange: [from, to] }]
}

/** A value as the text the semantic layer gave, or null. */
export function textOf(row: Row | undefined, member: string): string | null {
  const value = row?.[member]
  return value === undefined || value === null || value === true || value === false ? null : value
}

/** For drawing lengths and shares only; what is read stays the text. */
export function sizeOf(row: Row | undefined, member: string): number {
  return Number(textOf(row, member) ?? 0)
}

export type Answer<T> = { readonly rows: T; readonly passport: Passport }

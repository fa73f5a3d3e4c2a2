import type { Row } from '#semantic'
import type { SqlRow } from '../../semantic/database.ts'

/** Rows that one answer has and the other has not, three of each, as text. */
export function difference(
  actual: readonly Row[],
  expected: readonly Row[],
): { leaked: string[]; missing: string[] } {
  return { leaked: without(actual, expected).slice(0, 3), missing: without(expected, actual).slice(0, 3) }
}

function without(rows: readonly Row[], others: readonly Row[]): string[] {
  const counts = new Map<string, number>()
  for (const text of comparable(others)) counts.set(text, (counts.get(text) ?? 0) + 1)
  return comparable(rows).filter((text) => {
    const left = counts.get(text) ?? 0
    counts.set(text, left - 1)
    return left <= 0
  })
}

// Sums of floats depend on the order in which threads add; times come with and without Z.
function comparable(rows: readonly Row[]): string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).map(([name, value]) => [name, rounded(value)])))
}

function rounded(value: SqlRow[string] | undefined): SqlRow[string] {
  if (typeof value !== 'string') return value ?? null
  if (/^-?\d+\.\d+(e[+-]?\d+)?$/.test(value)) return Number(value).toPrecision(10)
  return value.replace(/(T\d\d:\d\d:\d\d\.\d{3})Z$/, '$1')
}

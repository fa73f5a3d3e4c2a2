import type { Row } from '#semantic'

/** Averages of fractions depend on the order in which they were added. */
const TOLERANCE = 1e-9

/** What differs between two answers to one grouped question, three groups at most; measures are compared as numbers. */
export function differences(
  ours: readonly Row[],
  theirs: readonly Row[],
  measures: readonly string[],
): string[] {
  const byGroup = (rows: readonly Row[]) => new Map(rows.map((row) => [groupOf(row, measures), row]))
  const [one, other] = [byGroup(ours), byGroup(theirs)]
  const groups = new Set([...one.keys(), ...other.keys()])
  const differing = [...groups].filter((group) => !isSame(one.get(group), other.get(group), measures))
  const lengths = ours.length === theirs.length ? [] : [`${ours.length} rows and ${theirs.length}`]
  const shown = differing.slice(0, 3).map((group) => JSON.stringify([one.get(group), other.get(group)]))
  return [...lengths, ...shown]
}

function groupOf(row: Row, measures: readonly string[]): string {
  return JSON.stringify(Object.entries(row).filter(([name]) => !measures.includes(name)))
}

function isSame(one: Row | undefined, other: Row | undefined, measures: readonly string[]): boolean {
  if (one === undefined || other === undefined) return false
  return measures.every((name) => {
    const [a = null, b = null] = [one[name], other[name]]
    if (a === b) return true
    if (a === null || b === null) return false
    const [x, y] = [Number(a), Number(b)]
    return Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y))
  })
}

import { casesOf, FEWEST_CASES, isRanked, rankedCases } from './cases.ts'
import type { Cube } from './cube.ts'
import type { ReportPlan } from './plan.ts'
import { grainKey } from './plan.ts'
import type { Path } from './values.ts'
import { pathKey } from './values.ts'

/** The cases of the person at the end of a path, where there are too few of them to be ranked; else null. */
export type FewCases = (path: Path) => number | null

/** Tells the people of a report that stand outside its order. */
export function fewCases({ definition, view }: ReportPlan, cube: Cube): FewCases {
  const counts = rankedCases(definition, view)
  const ranked = definition.rows.map((field) => counts.length > 0 && isRanked(field, definition))
  return (path) => {
    if (ranked[path.length - 1] !== true) return null
    const rows = cube.get(grainKey('grain', { rows: path.length, columns: 0 }))
    const cases = casesOf(rows?.get(pathKey(path)), counts)
    return cases < FEWEST_CASES ? cases : null
  }
}

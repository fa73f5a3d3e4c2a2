import type { GrainResult, ReportPassport, ReportQuery } from '#semantic/report'
import type { ClosedMonths } from '../answers.ts'

const VIEW = 'closed_months_report'
const CHANGES = `${VIEW}.changes_count`
const DIFFERENCE = `${VIEW}.won_difference`

/**
 * The closed months among a report's numbers, and how their results differ now from what was published, of what the
 * reader may see of them; null where none is closed.
 */
export async function closedIn(
  { closedMonths = [] }: Pick<ReportPassport, 'closedMonths'>,
  load: (query: ReportQuery) => Promise<GrainResult>,
): Promise<ClosedMonths | null> {
  const [first, last] = [closedMonths[0], closedMonths.at(-1)]
  if (first === undefined || last === undefined) return null
  const days = [`${first}-01`, `${last}-01`]
  const { rows } = await load({
    measures: [CHANGES, DIFFERENCE],
    filters: [{ member: `${VIEW}.month`, operator: 'inDateRange', values: days }],
    limit: 1,
  })
  const [row] = rows
  const [changes, difference] = [row?.[CHANGES], row?.[DIFFERENCE]].map((value) => Number(value ?? 0))
  return { months: closedMonths, changes: changes ?? 0, difference: difference ?? 0 }
}

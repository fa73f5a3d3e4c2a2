import type { FunnelState } from '#lib/funnel/funnel-state.ts'
import type { Reader, SemanticService } from '#services'

type Semantic = Pick<SemanticService, 'load'>

const MOST = 500

/**
 * The departments that a page is of: those chosen, else the ones that a head heads. What he sees besides – clients of
 * his that others sold to – counts where it is asked for, not in his own numbers.
 */
export async function departmentsOf(
  semantic: Semantic,
  { role, departmentIds, ...reader }: Reader,
  chosen: readonly string[],
): Promise<readonly string[]> {
  if (role !== 'head' || chosen.length > 0) return chosen
  return namesOf(semantic, { role, departmentIds, ...reader }, { field: 'department', keys: departmentIds })
}

/** The funnel that a page without a choice shows a manager or a head: of the deals that count for them. */
export async function ownFunnel(
  semantic: Semantic,
  reader: Reader,
  state: FunnelState,
): Promise<FunnelState> {
  const { against, manager, department } = state
  const person = reader.role === 'manager' && manager.length === 0 ? reader.personId : null
  const [managers, departments] = await Promise.all([
    person === null || against === 'manager'
      ? manager
      : namesOf(semantic, reader, { field: 'manager', keys: [person] }),
    against === 'department' ? department : departmentsOf(semantic, reader, department),
  ])
  return { ...state, manager: managers, department: departments }
}

type Keyed = { readonly field: 'manager' | 'department'; readonly keys: readonly string[] }

/** Names as deals have them, in their order; none where no deal counts for them. */
async function namesOf(
  semantic: Semantic,
  reader: Reader,
  { field, keys }: Keyed,
): Promise<readonly string[]> {
  const name = `deals_report.${field}`
  const { rows } = await semantic.load(reader, {
    dimensions: [name],
    filters: [{ member: `${name}_id`, operator: 'equals', values: [...keys] }],
    order: { [name]: 'asc' },
    limit: MOST,
  })
  return rows.map((row) => row[name]).filter((value) => typeof value === 'string')
}

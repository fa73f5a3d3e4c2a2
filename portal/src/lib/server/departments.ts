import type { Reader, SemanticService } from '#services'

const MOST = 500

/** Departments that a reader can choose among; none where there are fewer than two, and for roles that don't compare them. */
export async function departmentChoices(
  semantic: Pick<SemanticService, 'values'>,
  reader: Reader,
): Promise<readonly string[]> {
  if (reader.role === 'manager' || reader.role === 'marketer') return []
  const names = await semantic.values(reader, 'deals_report.department', '', MOST)
  return names.length > 1 ? names : []
}

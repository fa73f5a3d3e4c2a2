import type { Reader, Services } from '#services'
import type { StepProgress } from '#workspace'
import { runsOf } from '#lib/designer/server/runs.ts'

const DAY = 86_400_000
const SHOWN = 5

/** Steps that failed in the last day, newest first. */
export async function failedRuns({
  workspace,
  now,
}: Pick<Services, 'workspace' | 'now'>): Promise<readonly StepProgress[]> {
  const since = now().getTime() - DAY
  const recent = await workspace.progress.recent(100)
  return recent
    .filter(({ error, updatedAt }) => error !== null && Date.parse(updatedAt) >= since)
    .slice(0, SHOWN)
}

export type UsedReport = {
  readonly id: string
  readonly name: string
  readonly runs: number
  readonly lastAt: string
}

/** The saved reports that are run most, of those this reader may run. */
export async function mostUsed(
  { workspace, templates }: Pick<Services, 'workspace' | 'templates'>,
  { userId, departmentIds }: Reader,
): Promise<readonly UsedReport[]> {
  const [visible, runs] = await Promise.all([
    templates.listFor({ userId, departmentIds }),
    runsOf({ workspace }),
  ])
  return visible
    .flatMap(({ id, name }) => {
      const known = runs.get(id)
      return known ? [{ id, name, runs: known.count, lastAt: known.lastAt }] : []
    })
    .sort((a, b) => b.runs - a.runs)
    .slice(0, SHOWN)
}

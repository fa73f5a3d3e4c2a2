import { loadExamples } from '#lib/server/findings.ts'
import { requireRole } from '#lib/server/guard.ts'
import { askAs, part } from '#lib/server/home/ask.ts'
import { groupUnused } from '#lib/server/unused.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const reader = requireRole(locals, ['administrator', 'analyst'])
  const { workspace, semantic } = servicesFor(locals)
  const [summaries, examples] = await Promise.all([
    workspace.quarantineSummaries.list({ limit: 500 }),
    part(loadExamples(askAs(semantic, reader))),
  ])
  const known = examples.ok ? examples.value : new Map<string, never>()
  return {
    groups: groupUnused(summaries).map((group) => ({
      ...group,
      example: known.get([group.sourceName, group.entity, group.column, group.reason].join(':')) ?? null,
    })),
  }
}

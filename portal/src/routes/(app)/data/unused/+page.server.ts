import { services } from '#services'
import { requireRole } from '#lib/server/guard.ts'
import { groupUnused } from '#lib/server/unused.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  requireRole(locals, ['administrator', 'analyst'])
  const { workspace } = services()
  return { groups: groupUnused(await workspace.quarantineSummaries.list({ limit: 500 })) }
}

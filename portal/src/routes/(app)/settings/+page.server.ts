import { services } from '#services'
import { requireRole } from '#lib/server/guard.ts'
import { loadLinks } from '#lib/server/links.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const reader = requireRole(locals, ['administrator'])
  const { workspace, semantic } = services()
  const [people, links] = await Promise.all([workspace.users.list(), loadLinks(semantic, reader)])
  return { people, links }
}

import { listCards } from '#lib/designer/server/templates.ts'
import { requireReader } from '#lib/server/guard.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const reader = requireReader(locals)
  const [cards, views] = await Promise.all([
    listCards(servicesFor(locals), reader),
    servicesFor(locals).semantic.meta(reader),
  ])
  return { cards, views, hasDepartment: reader.departmentIds.length > 0 }
}

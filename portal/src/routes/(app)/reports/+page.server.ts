import { services } from '#services'
import { listCards } from '#lib/designer/server/templates.ts'
import { requireReader } from '#lib/server/guard.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const reader = requireReader(locals)
  const [cards, views] = await Promise.all([listCards(services(), reader), services().semantic.meta(reader)])
  return { cards, views, hasDepartment: reader.departmentIds.length > 0 }
}

import { services } from '#services'
import { requireReader } from '#lib/server/guard.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const views = await services().semantic.meta(requireReader(locals))
  return {
    views: views.map(({ name, title, description, members }) => ({
      name,
      title,
      description,
      members: members.map(({ name, title, description, kind, isPersonal }) => ({
        ...{ name, title, description, kind, isPersonal },
      })),
    })),
  }
}

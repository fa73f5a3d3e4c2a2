import { requireReader } from '#lib/server/guard.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const views = await servicesFor(locals).semantic.meta(requireReader(locals))
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

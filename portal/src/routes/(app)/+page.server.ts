import { requireReader } from '#lib/server/guard.ts'
import { loadHome } from '#lib/server/home/index.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const reader = requireReader(locals)
  const isLinked =
    reader.role === 'manager'
      ? reader.personId !== null
      : reader.role !== 'head' || reader.departmentIds.length > 0
  return { isLinked, home: await loadHome(servicesFor(locals), reader, url.searchParams.get('month') ?? '') }
}

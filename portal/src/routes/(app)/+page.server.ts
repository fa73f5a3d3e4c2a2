import { departmentChoices } from '#lib/server/departments.ts'
import { departmentsOf } from '#lib/server/own.ts'
import { requireReader } from '#lib/server/guard.ts'
import { loadHome } from '#lib/server/home/index.ts'
import { homeScope } from '#lib/server/home/scope.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import { scopeUrl } from '#lib/scope/page-scope.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const reader = requireReader(locals)
  const services = servicesFor(locals)
  const isLinked =
    reader.role === 'manager'
      ? reader.personId !== null
      : reader.role !== 'head' || reader.departmentIds.length > 0
  const asked = scopeUrl.read(url.searchParams)
  const departments = isLinked ? await departmentChoices(services.semantic, reader) : []
  const chosen = departments.length > 0 ? asked.department : []
  const scope = { ...asked, department: await departmentsOf(services.semantic, reader, chosen) }
  const home = await loadHome(services, reader, scope)
  return {
    isLinked,
    home,
    scope: isLinked && home.month !== null ? homeScope(home.month, departments) : null,
  }
}

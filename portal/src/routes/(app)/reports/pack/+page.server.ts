import { beginPack, loadPack, monthOfPack } from '#lib/designer/server/pack.ts'
import { movePinned, pin } from '#lib/designer/server/pinned.ts'
import { attempt } from '#lib/server/attempt.ts'
import { requireReader } from '#lib/server/guard.ts'
import { departmentChoices } from '#lib/server/departments.ts'
import { part } from '#lib/server/home/ask.ts'
import { packScope } from '#lib/server/home/scope.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import { services } from '#services'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const reader = requireReader(locals)
  const from = servicesFor(locals)
  const month = await part(monthOfPack(from, reader, url.searchParams))
  if (!month.ok) return { month: null, problem: month.message, reports: [], scope: null }
  const [reports, departments] = await Promise.all([
    loadPack(from, reader, month.value),
    departmentChoices(from.semantic, reader),
  ])
  const scope = packScope(month.value, departments)
  return { month: month.value, problem: '', reports, scope }
}

export const actions: Actions = {
  begin: ({ locals }) => {
    const reader = requireReader(locals)
    return attempt(() => beginPack(services(), reader))
  },
  remove: ({ locals, request }) => {
    const { userId } = requireReader(locals)
    return attempt(async () => pin(services(), { userId, id: await idIn(request) }, false))
  },
  earlier: ({ locals, request }) => move(locals, request, -1),
  later: ({ locals, request }) => move(locals, request, 1),
}

function move(locals: App.Locals, request: Request, by: -1 | 1) {
  const { userId } = requireReader(locals)
  return attempt(async () => movePinned(services(), { userId, id: await idIn(request) }, by))
}

async function idIn(request: Request): Promise<string> {
  return String((await request.formData()).get('id') ?? '')
}

import { beginPack, loadPack } from '#lib/designer/server/pack.ts'
import { movePinned, pin } from '#lib/designer/server/pinned.ts'
import { attempt } from '#lib/server/attempt.ts'
import { requireReader } from '#lib/server/guard.ts'
import { askAs, part } from '#lib/server/home/ask.ts'
import { chooseMonth } from '#lib/server/home/month.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import { services } from '#services'
import type { Actions, PageServerLoad } from './$types'

/** `?month=YYYY-MM`: the reports of the reader's meeting pack in that month, else in the one that Home shows. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const reader = requireReader(locals)
  const from = servicesFor(locals)
  const asked = url.searchParams.get('month') ?? ''
  const month = await part(chooseMonth(askAs(from.semantic, reader), from, asked))
  if (!month.ok) return { month: null, problem: month.message, reports: [] }
  const reports = await loadPack(from, reader, month.value)
  return { month: month.value, problem: '', reports }
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

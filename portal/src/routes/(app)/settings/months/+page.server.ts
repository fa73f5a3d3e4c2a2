import { addMonths } from '#lib/period/month.ts'
import { attempt } from '#lib/server/attempt.ts'
import { requireRole, requireUser } from '#lib/server/guard.ts'
import { localDate } from '#semantic/report'
import { services } from '#services'
import type { Actions, PageServerLoad } from './$types'

/** How many months back one may be closed from here. */
const OFFERED = 12

/** Closed months and those that may be closed. The rights are the layout's: administrators only. */
export const load: PageServerLoad = async () => {
  const { workspace, config, now } = services()
  const closed = await workspace.closings.list()
  const months = new Set(closed.map(({ month }) => month))
  const open = monthsBefore(now(), config.company.timezone).filter((month) => !months.has(month))
  return { closed, open, history: await workspace.closings.history() }
}

export const actions: Actions = {
  close: ({ locals, request }) => change(locals, request, 'close'),
  reopen: ({ locals, request }) => change(locals, request, 'reopen'),
}

async function change(locals: App.Locals, request: Request, kind: 'close' | 'reopen') {
  const reader = requireRole(locals, ['administrator'])
  const month = (await request.formData()).get('month')
  const { months, control } = services()
  const author = requireUser(locals).name
  return attempt(async () => {
    await months[kind]({ month: typeof month === 'string' ? month : '', userId: reader.userId, author })
    await control.requestSync({ userId: reader.userId })
    return { isDone: true }
  })
}

/** The last months that are over, the latest first, as YYYY-MM. */
function monthsBefore(now: Date, zone: string): string[] {
  const month = localDate({ now, zone }).slice(0, 7)
  return Array.from({ length: OFFERED }, (_, index) => addMonths(month, -1 - index))
}

import { error } from '@sveltejs/kit'
import { localeOf } from '#lib/messages/context.ts'
import { planState } from '#lib/plan/state.ts'
import { attempt } from '#lib/server/attempt.ts'
import { requireReader, requireRole, requireUser } from '#lib/server/guard.ts'
import { loadOwnPlan } from '#lib/server/plan/own.ts'
import { loadPlan } from '#lib/server/plan/page.ts'
import { answerPlan } from '#lib/server/plan/answer.ts'
import { savePlan } from '#lib/server/plan/save.ts'
import { decideAnswer, takeStep } from '#lib/server/plan/steps.ts'
import { services } from '#services'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

/** A head plans for the people of the own departments, an administrator for all; a manager reads the own plan. */
export const load: PageServerLoad = async ({ depends, locals, url }) => {
  depends('embut:plan')
  const reader = requireReader(locals)
  const choice = planState.read(url.searchParams)
  if (reader.role === 'manager') {
    return { choice, plan: null, own: await loadOwnPlan(services(), reader, choice) }
  }
  requireRole(locals, ['administrator', 'head'])
  if (choice.total !== '' && !/^\d{1,13}(\.\d{1,2})?$/.test(choice.total)) {
    error(400, 'The total is a number of at most 13 digits, not below zero.')
  }
  return { choice, plan: await loadPlan(services(), reader, choice), own: null }
}

export const actions: Actions = {
  save: async ({ locals, request, url }) => {
    const reader = requireRole(locals, ['administrator', 'head'])
    const who = { reader, author: requireUser(locals).name }
    const posted = await request.formData()
    return attempt(async () => ({
      saved: await savePlan(services(), who, { choice: planState.read(url.searchParams), posted }),
    }))
  },
  step: (event) => plansWith(event, async (...asked) => ({ step: await takeStep(...asked) })),
  decide: (event) => plansWith(event, async (...asked) => ({ decided: await decideAnswer(...asked) })),
  answer: async ({ locals, request }) => {
    const reader = requireRole(locals, ['manager'])
    const { locale: companyLocale, timezone: timeZone, currency } = services().config.company
    const { locale } = localeOf({ code: locals.locale, companyLocale, timeZone, currency })
    const who = { reader, author: requireUser(locals).name, locale }
    const posted = await request.formData()
    return attempt(async () => ({ answered: await answerPlan(services(), who, posted) }))
  },
}

/** What a head or an administrator does with a plan. */
async function plansWith<T>(
  { locals, request, url }: RequestEvent,
  work: (...asked: Parameters<typeof takeStep>) => Promise<T>,
) {
  const reader = requireRole(locals, ['administrator', 'head'])
  const who = { reader, author: requireUser(locals).name }
  const posted = await request.formData()
  return attempt(() => work(services(), who, { choice: planState.read(url.searchParams), posted }))
}

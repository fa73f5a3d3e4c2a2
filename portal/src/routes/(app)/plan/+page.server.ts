import { error } from '@sveltejs/kit'
import { planState } from '#lib/plan/state.ts'
import { attempt } from '#lib/server/attempt.ts'
import { requireReader, requireRole, requireUser } from '#lib/server/guard.ts'
import { loadOwnPlan } from '#lib/server/plan/own.ts'
import { loadPlan } from '#lib/server/plan/page.ts'
import { savePlan } from '#lib/server/plan/save.ts'
import { services } from '#services'
import type { Actions, PageServerLoad } from './$types'

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
}

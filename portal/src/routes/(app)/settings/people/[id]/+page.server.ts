import { error, fail, redirect } from '@sveltejs/kit'
import { services } from '#services'
import { requireRole } from '#lib/server/guard.ts'
import { loadLinks } from '#lib/server/links.ts'
import { editForm, passwordForm, valuesOf, wrongFields, type WrongField } from '#lib/server/person-form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const reader = requireRole(locals, ['administrator'])
  const { workspace, semantic } = services()
  const [person, links] = await Promise.all([workspace.users.find(params.id), loadLinks(semantic, reader)])
  if (person === null) error(404, 'There is no such person.')
  return { person, links, isOwn: person.id === reader.userId }
}

const refused = (wrong: readonly WrongField[], message: string) =>
  fail(400, { wrong, message, done: '' as const })

async function attempt<T>(work: () => Promise<T>) {
  try {
    await work()
    return null
  } catch (problem) {
    if (problem instanceof Error && problem.name === 'UserError') return refused([], problem.message)
    throw problem
  }
}

export const actions: Actions = {
  save: async ({ locals, params, request }) => {
    const reader = requireRole(locals, ['administrator'])
    const parsed = editForm.safeParse(valuesOf(await request.formData()))
    if (!parsed.success) return refused(wrongFields(parsed.error), '')
    const { workspace } = services()
    const problem = await attempt(() => workspace.users.update(params.id, parsed.data))
    if (problem !== null) return problem
    const { name: _name, ...detail } = parsed.data
    await workspace.audit.append({ userId: reader.userId, action: 'user.update', subject: params.id, detail })
    return { wrong: [], message: '', done: 'saved' as const }
  },
  password: async ({ locals, params, request }) => {
    const reader = requireRole(locals, ['administrator'])
    const parsed = passwordForm.safeParse(Object.fromEntries(await request.formData()))
    if (!parsed.success) return refused(['password'], '')
    const { workspace } = services()
    const problem = await attempt(() => workspace.users.setPassword(params.id, parsed.data.password))
    if (problem !== null) return problem
    await workspace.audit.append({ userId: reader.userId, action: 'user.set_password', subject: params.id })
    return { wrong: [], message: '', done: 'password' as const }
  },
  remove: async ({ locals, params }) => {
    const reader = requireRole(locals, ['administrator'])
    const { workspace } = services()
    const problem = await attempt(() => workspace.users.remove(params.id))
    if (problem !== null) return problem
    await workspace.audit.append({ userId: reader.userId, action: 'user.remove', subject: params.id })
    redirect(303, '/settings')
  },
}

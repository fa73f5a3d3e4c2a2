import { fail, redirect } from '@sveltejs/kit'
import { services } from '#services'
import { requireRole } from '#lib/server/guard.ts'
import { loadLinks } from '#lib/server/links.ts'
import { newForm, valuesOf, wrongFields } from '#lib/server/person-form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const reader = requireRole(locals, ['administrator'])
  return { links: await loadLinks(services().semantic, reader) }
}

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const reader = requireRole(locals, ['administrator'])
    const values = valuesOf(await request.formData())
    const parsed = newForm.safeParse(values)
    if (!parsed.success) return fail(400, { wrong: wrongFields(parsed.error), message: '' })
    const { workspace } = services()
    try {
      const user = await workspace.users.create(parsed.data)
      await workspace.audit.append({
        userId: reader.userId,
        action: 'user.create',
        subject: user.id,
        detail: { role: user.role },
      })
    } catch (error) {
      if (error instanceof Error && error.name === 'UserError') {
        return fail(400, { wrong: ['email' as const], message: error.message })
      }
      throw error
    }
    redirect(303, '/settings')
  },
}

import { fail } from '@sveltejs/kit'
import { z } from 'zod'
import { services } from '#services'
import { copyCookies } from '#lib/server/cookies.ts'
import { requireUser } from '#lib/server/guard.ts'
import type { Actions } from './$types'

const form = z.object({ current: z.string().min(1).max(200), next: z.string().min(8).max(128) })

export const actions: Actions = {
  default: async ({ request, cookies, locals, getClientAddress }) => {
    const user = requireUser(locals)
    const parsed = form.safeParse(Object.fromEntries(await request.formData()))
    if (!parsed.success) return fail(400, { isChanged: false })
    const { auth, workspace } = services()
    const response = await auth.changePassword(parsed.data, request.headers, getClientAddress())
    if (!response.ok) return fail(response.status === 429 ? 429 : 400, { isChanged: false })
    copyCookies(response, cookies)
    await workspace.audit.append({ userId: user.id, action: 'user.change_own_password', subject: user.id })
    return { isChanged: true }
  },
}

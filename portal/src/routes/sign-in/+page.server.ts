import { fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { services } from '#services'
import { safeNext } from '#lib/server/access.ts'
import { copyCookies } from '#lib/server/cookies.ts'
import type { Actions, PageServerLoad } from './$types'

const form = z.object({
  email: z.string().trim().toLowerCase().min(3).max(200),
  password: z.string().min(1).max(200),
  remember: z.literal('on').optional(),
})

export const load: PageServerLoad = ({ locals, url }) => {
  const next = safeNext(url.searchParams.get('next'))
  if (locals.reader !== null) redirect(303, next)
  return { next, isSignedOut: url.searchParams.has('bye') }
}

export const actions: Actions = {
  default: async ({ request, url, cookies, getClientAddress }) => {
    const parsed = form.safeParse(Object.fromEntries(await request.formData()))
    if (!parsed.success) return fail(400, { email: '', problem: 'wrong' as const })
    const { email, password, remember } = parsed.data
    const { auth, workspace } = services()
    const response = await auth.signIn(
      { email, password, isRemembered: remember === 'on' },
      getClientAddress(),
    )
    if (!response.ok) {
      await workspace.audit.append({ userId: null, action: 'session.refuse', subject: email })
      const problem = response.status === 429 ? ('tooMany' as const) : ('wrong' as const)
      return fail(response.status === 429 ? 429 : 400, { email, problem })
    }
    copyCookies(response, cookies)
    await workspace.audit.append({ userId: null, action: 'session.begin', subject: email })
    redirect(303, safeNext(url.searchParams.get('next')))
  },
}

import { redirect } from '@sveltejs/kit'
import { services } from '#services'
import { copyCookies } from '#lib/server/cookies.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async ({ request, cookies, locals }) => {
  const { auth, workspace } = services()
  copyCookies(await auth.signOut(request.headers), cookies)
  if (locals.user !== null) {
    await workspace.audit.append({
      userId: locals.user.id,
      action: 'session.end',
      subject: locals.user.email,
    })
  }
  redirect(303, '/sign-in?bye')
}

import { redirect } from '@sveltejs/kit'
import { sequence, type Handle, type HandleServerError } from '@sveltejs/kit/hooks'
import { services } from '#services'
import { chooseLocale } from '#lib/messages/index.ts'
import { accessOf } from '#lib/server/access.ts'
import { describeError } from '#lib/server/describe-error.ts'
import { readerOf } from '#lib/server/reader.ts'
import { secure } from '#lib/server/security-headers.ts'
import { themeOf } from '#lib/server/theme.ts'

const identify: Handle = async ({ event, resolve }) => {
  const { auth, workspace, config } = services()
  const session = await auth.session(event.request.headers)
  const user = session === null ? null : await workspace.users.find(session.userId)
  event.locals.reader = user === null ? null : readerOf(user)
  event.locals.user = user
  const chosen = event.cookies.get('embut_locale') ?? user?.locale
  event.locals.locale = chooseLocale(
    chosen,
    event.request.headers.get('accept-language'),
    config.company.locale,
  )
  event.locals.theme = themeOf(event.cookies.get('embut_theme'))
  return resolve(event)
}

const closeByDefault: Handle = ({ event, resolve }) => {
  const access = accessOf(event.url.pathname, event.locals.reader !== null)
  if (access === 'refused') {
    return Response.json({ error: 'Sign in first.' }, { status: 401 })
  }
  if (access === 'to-sign-in') {
    const wanted = event.url.pathname + event.url.search
    redirect(303, wanted === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(wanted)}`)
  }
  return resolve(event)
}

const dress: Handle = async ({ event, resolve }) => {
  const response = await resolve(event, {
    transformPageChunk: ({ html }) =>
      html.replace('%embut.lang%', event.locals.locale).replace('%embut.theme%', event.locals.theme),
  })
  return secure(response, event.url.protocol === 'https:')
}

export const handle: Handle = sequence(identify, dress, closeByDefault)

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return undefined
  return describeError(error, { path: event.url.pathname, method: event.request.method })
}

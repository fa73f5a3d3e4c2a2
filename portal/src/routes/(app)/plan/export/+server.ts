import { sendFile } from '#lib/designer/server/file.ts'
import { localeOf } from '#lib/messages/context.ts'
import { planState } from '#lib/plan/state.ts'
import { requireRole, requireUser } from '#lib/server/guard.ts'
import { planFile } from '#lib/server/plan/file.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import type { RequestHandler } from './$types'

/** The plan that the page with these parameters shows: `?format=xlsx|csv`. */
export const GET: RequestHandler = ({ locals, url }) => {
  const reader = requireRole(locals, ['administrator', 'head'])
  const from = servicesFor(locals)
  const { locale, timezone, currency } = from.config.company
  const speaking = localeOf({
    ...{ code: locals.locale, timeZone: timezone, currency },
    companyLocale: locale,
  })
  return sendFile(() =>
    planFile(from, {
      ...{ reader, speaking, readerName: requireUser(locals).name },
      choice: planState.read(url.searchParams),
      format: url.searchParams.get('format') === 'csv' ? 'csv' : 'xlsx',
    }),
  )
}

import { sendFile } from '#lib/designer/server/file.ts'
import { requireRole, requireUser } from '#lib/server/guard.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import { unusedQuery } from '#lib/server/unused.ts'
import { messagesOf } from '#lib/messages/index.ts'
import { choiceOf } from '#lib/unused-choice.ts'
import type { RequestHandler } from './$types'

/** The rows that the page shows, all of them, as a CSV file. */
export const GET: RequestHandler = ({ locals, url }) => {
  const reader = requireRole(locals, ['administrator', 'analyst'])
  return sendFile(() =>
    servicesFor(locals).exports.recordsCsv({
      reader,
      query: unusedQuery(reader, choiceOf(url.searchParams)),
      title: messagesOf(locals.locale).data.tabs.unused,
      locale: locals.locale,
      readerName: requireUser(locals).name,
    }),
  )
}

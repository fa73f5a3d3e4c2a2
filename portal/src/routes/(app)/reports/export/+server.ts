import { services } from '#services'
import { decodeDefinition } from '#semantic/report'
import { givenIn } from '#lib/designer/address.ts'
import { sendFile } from '#lib/designer/server/file.ts'
import { requireReader, requireUser } from '#lib/server/guard.ts'
import type { RequestHandler } from './$types'

/** `?d=<definition>&format=xlsx|csv&p.<parameter>=<value>` */
export const GET: RequestHandler = ({ locals, url }) => {
  const reader = requireReader(locals)
  const { exports, now } = services()
  return sendFile(() => {
    const request = {
      reader,
      definition: decodeDefinition(url.searchParams.get('d') ?? ''),
      parameters: givenIn(url.searchParams),
      locale: locals.locale,
      readerName: requireUser(locals).name,
      now: now(),
    }
    return url.searchParams.get('format') === 'csv' ? exports.reportCsv(request) : exports.reportXlsx(request)
  })
}

import { z } from 'zod'
import { services, type CubeQuery } from '#services'
import { sendFile } from '#lib/designer/server/file.ts'
import { requireReader, requireUser } from '#lib/server/guard.ts'
import type { RequestHandler } from './$types'

const REQUEST = z.strictObject({
  // The semantic gate reads the query itself and refuses what this reader may not ask.
  query: z.custom<CubeQuery>((value) => typeof value === 'object' && value !== null),
  title: z.string().min(1).max(200),
  format: z.enum(['xlsx', 'csv']),
})

/** Records as a file: `{ query, title, format }`. */
export const POST: RequestHandler = ({ locals, request }) => {
  const reader = requireReader(locals)
  const { exports } = services()
  return sendFile(async () => {
    const { query, title, format } = REQUEST.parse(await request.json())
    const asked = { reader, query, title, locale: locals.locale, readerName: requireUser(locals).name }
    return format === 'csv' ? exports.recordsCsv(asked) : exports.recordsXlsx(asked)
  })
}

import { error } from '@sveltejs/kit'
import { services } from '#services'
import { sendFile } from '#lib/designer/server/file.ts'
import { audienceQuery, SEGMENT_MAKERS, segmentFor } from '#lib/server/clients/segments.ts'
import { requireRole, requireUser } from '#lib/server/guard.ts'
import type { RequestHandler } from './$types'

/** Who of a segment may be written to, as a file: `?format=xlsx|csv`. Without those held out. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const reader = requireRole(locals, SEGMENT_MAKERS)
  const { workspace, semantic, exports } = services()
  const segment = await segmentFor(workspace, reader, params.id)
  if (segment === null) error(404, 'There is no such segment.')
  return sendFile(async () => {
    const query = await audienceQuery(semantic, reader, segment.segmentId)
    const { locale } = locals
    const asked = { reader, query, title: segment.name, locale, readerName: requireUser(locals).name }
    return url.searchParams.get('format') === 'csv' ? exports.recordsCsv(asked) : exports.recordsXlsx(asked)
  })
}

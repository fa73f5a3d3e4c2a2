import { services } from '#services'
import { answer } from '#lib/designer/server/answer.ts'
import { previewSegment, SEGMENT_MAKERS } from '#lib/server/clients/segments.ts'
import { requireRole } from '#lib/server/guard.ts'
import { localDate, segmentRuleSchema } from '#semantic/report'
import type { RequestHandler } from './$types'

const FILTERS = segmentRuleSchema.pick({ filters: true })

/** How many clients the conditions find among those that the reader may see: `{ filters }`. */
export const POST: RequestHandler = ({ locals, request }) => {
  const reader = requireRole(locals, SEGMENT_MAKERS)
  return answer(async () => {
    const { filters } = FILTERS.parse(await request.json())
    const { semantic, config, now } = services()
    const today = localDate({ now: now(), zone: config.company.timezone })
    return previewSegment({ semantic, today }, reader, filters)
  })
}

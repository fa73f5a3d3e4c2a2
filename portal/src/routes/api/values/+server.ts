import { z } from 'zod'
import { services } from '#services'
import { answerJson } from '#lib/server/answer-json.ts'
import { requireReader } from '#lib/server/guard.ts'
import type { RequestHandler } from './$types'

const asked = z.object({
  member: z.string().regex(/^\w+\.\w+$/),
  search: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

/** Different values of a field that the reader may see: `?member=deals_report.manager&search=ma`. */
export const GET: RequestHandler = async ({ request, url, locals }) => {
  const reader = requireReader(locals)
  const parsed = asked.safeParse(Object.fromEntries(url.searchParams))
  if (!parsed.success) {
    return Response.json(
      { error: 'Ask with ?member=<report type>.<field>&search=<text>&limit=<1-500>.' },
      { status: 400 },
    )
  }
  const { member, search, limit } = parsed.data
  return answerJson(request, async () => ({
    values: await services().semantic.values(reader, member, search, limit),
  }))
}

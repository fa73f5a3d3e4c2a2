import { z } from 'zod'
import { services } from '#services'
import { answerJson } from '#lib/server/answer-json.ts'
import { requireReader } from '#lib/server/guard.ts'
import type { RequestHandler } from './$types'

// The semantic layer checks the query itself, member by member; here only its shell and size.
const body = z.looseObject({ limit: z.int().min(1).max(10_000).optional() })

/** A query in Cube's words, answered with the rows and passport that the signed-in reader may see. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const reader = requireReader(locals)
  const posted = body.safeParse(await request.json().catch(() => null))
  if (!posted.success) {
    return Response.json(
      { error: 'The body must be a query as JSON; limit is at most 10000.' },
      { status: 400 },
    )
  }
  return answerJson(request, () => services().semantic.load(reader, posted.data, { signal: request.signal }))
}

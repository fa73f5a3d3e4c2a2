import { answer } from '#lib/designer/server/answer.ts'
import { runRequest } from '#lib/designer/server/ask.ts'
import { runFor } from '#lib/designer/server/run.ts'
import { requireReader } from '#lib/server/guard.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = ({ locals, request }) => {
  const reader = requireReader(locals)
  return answer(async () => {
    const asked = runRequest.parse(await request.json())
    return runFor(
      { services: servicesFor(locals), reader, locale: locals.locale, signal: request.signal },
      asked,
    )
  })
}

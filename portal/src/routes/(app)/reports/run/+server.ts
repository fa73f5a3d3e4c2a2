import { answer } from '#lib/designer/server/answer.ts'
import { runRequest } from '#lib/designer/server/ask.ts'
import { noteRun } from '#lib/designer/server/runs.ts'
import { requireTemplate } from '#lib/designer/server/rights.ts'
import { runFor } from '#lib/designer/server/run.ts'
import { requireReader } from '#lib/server/guard.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = ({ locals, request }) => {
  const reader = requireReader(locals)
  return answer(async () => {
    const all = servicesFor(locals)
    const { template, ...asked } = runRequest.parse(await request.json())
    const result = await runFor(
      { services: all, reader, locale: locals.locale, signal: request.signal },
      asked,
    )
    if (template !== undefined) await noteRun(all, (await requireTemplate(all, reader, template)).id)
    return result
  })
}

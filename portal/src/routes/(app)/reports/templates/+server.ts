import { services } from '#services'
import { answer } from '#lib/designer/server/answer.ts'
import { saveTemplate, templateDraft } from '#lib/designer/server/templates.ts'
import { requireReader } from '#lib/server/guard.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = ({ locals, request }) => {
  const reader = requireReader(locals)
  return answer(async () => {
    const { id, version, name } = await saveTemplate(
      services(),
      reader,
      templateDraft.parse(await request.json()),
    )
    return { id, version, name }
  })
}

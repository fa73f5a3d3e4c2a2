import { json } from '@sveltejs/kit'
import { z } from 'zod'
import { services } from '#services'
import { encodeDefinition } from '#semantic/report'
import type { VersionCard } from '#lib/designer/answers.ts'
import { answer } from '#lib/designer/server/answer.ts'
import { pin } from '#lib/designer/server/pinned.ts'
import { requireManaged, requireTemplate } from '#lib/designer/server/rights.ts'
import { definitionOf } from '#lib/designer/server/templates.ts'
import { duplicateTemplate, restoreTemplate } from '#lib/designer/server/versions.ts'
import { requireReader } from '#lib/server/guard.ts'
import type { RequestHandler } from './$types'

const action = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('duplicate'), name: z.string().min(1).max(160) }),
  z.strictObject({
    action: z.literal('restore'),
    version: z.number().int(),
    expectedVersion: z.number().int(),
  }),
  z.strictObject({ action: z.literal('pin'), isPinned: z.boolean() }),
])

/** The versions of a template, newest first. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const reader = requireReader(locals)
  const { templates, workspace } = services()
  const template = await requireTemplate(services(), reader, params.id)
  const [versions, people] = await Promise.all([templates.history(template.id), workspace.users.list()])
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  const cards = versions.map((version): VersionCard => {
    const definition = definitionOf(version)
    const { name, readable, author, at } = version
    const code = definition ? encodeDefinition(definition) : null
    return { version: version.version, name, sentence: readable, author: nameOf.get(author) ?? '', at, code }
  })
  return json(cards)
}

export const POST: RequestHandler = ({ locals, params, request }) => {
  const reader = requireReader(locals)
  return answer(async () => {
    const asked = action.parse(await request.json())
    const { id } = params
    switch (asked.action) {
      case 'duplicate':
        return { id: (await duplicateTemplate(services(), reader, { id, name: asked.name })).id }
      case 'restore':
        return { id, version: (await restoreTemplate(services(), reader, { id, ...asked })).version }
      case 'pin':
        return setPinned(reader, id, asked.isPinned)
    }
  })
}

export const DELETE: RequestHandler = ({ locals, params }) => {
  const reader = requireReader(locals)
  return answer(async () => {
    const { templates, workspace } = services()
    const { id, name } = await requireManaged(services(), reader, params.id)
    await templates.remove(id, reader.userId)
    await workspace.audit.append({
      userId: reader.userId,
      action: 'template.remove',
      subject: id,
      detail: name,
    })
    return { id }
  })
}

type Reader = ReturnType<typeof requireReader>

/** Into the reader's own meeting pack, or out of it. */
async function setPinned(reader: Reader, id: string, isPinned: boolean) {
  const template = await requireTemplate(services(), reader, id)
  await pin(services(), { userId: reader.userId, id: template.id }, isPinned)
  return { isPinned }
}

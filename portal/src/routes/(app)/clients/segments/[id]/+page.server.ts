import { error, fail, redirect } from '@sveltejs/kit'
import { services } from '#services'
import { problemOf } from '#lib/server/clients/problem.ts'
import {
  readSegmentForm,
  SEGMENT_MAKERS,
  segmentFields,
  segmentFor,
  sizesOf,
} from '#lib/server/clients/segments.ts'
import { requireReader, requireRole } from '#lib/server/guard.ts'
import { part } from '#lib/server/home/ask.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import type { Actions, PageServerLoad } from './$types'

const NEW = 'new'

export const load: PageServerLoad = async ({ locals, params }) => {
  const isNew = params.id === NEW
  const reader = isNew ? requireRole(locals, SEGMENT_MAKERS) : requireReader(locals)
  const { workspace, semantic } = servicesFor(locals)
  const segment = isNew ? null : await segmentFor(workspace, reader, params.id)
  if (!isNew && segment === null) error(404, 'There is no such segment.')
  const [fields, sizes] = await Promise.all([
    segmentFields(semantic, reader),
    part(sizesOf(semantic, reader, isNew ? [] : [params.id])),
  ])
  return { segment, fields, sizes: sizes.ok ? (sizes.value[params.id] ?? []) : [] }
}

export const actions: Actions = {
  save: async ({ locals, params, request }) => {
    const reader = requireRole(locals, SEGMENT_MAKERS)
    const { workspace, control } = services()
    const before = params.id === NEW ? null : await segmentFor(workspace, reader, params.id)
    if (params.id !== NEW && before?.canEdit !== true) error(403, 'Only its owner may change this segment.')
    let draft
    try {
      draft = readSegmentForm(await request.formData(), before?.rule ?? null)
    } catch (problem) {
      const message = problemOf(problem)
      if (message === null) throw problem
      return fail(400, { message })
    }
    const author = reader.userId
    const id = before === null ? {} : { segmentId: before.segmentId }
    const saved = await workspace.segments.save({ ...draft, ...id, ownerId: author, author })
    const detail = { segmentId: saved.segmentId, definition: draft.definition }
    await workspace.audit.append({ userId: author, action: 'segment.save', subject: saved.name, detail })
    await control.requestSync({ sources: ['workspace'], userId: author })
    redirect(303, `/clients/segments/${saved.segmentId}?saved`)
  },
  remove: async ({ locals, params }) => {
    const reader = requireRole(locals, SEGMENT_MAKERS)
    const { workspace, control } = services()
    const segment = await segmentFor(workspace, reader, params.id)
    if (segment?.canEdit !== true) error(403, 'Only its owner may remove this segment.')
    await workspace.segments.remove(segment.segmentId)
    const detail = { segmentId: segment.segmentId, definition: segment.rule }
    await workspace.audit.append({
      userId: reader.userId,
      action: 'segment.remove',
      subject: segment.name,
      detail,
    })
    await control.requestSync({ sources: ['workspace'], userId: reader.userId })
    redirect(303, '/clients/segments')
  },
}

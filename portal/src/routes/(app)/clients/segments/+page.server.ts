import { services } from '#services'
import { requireReader } from '#lib/server/guard.ts'
import { part } from '#lib/server/home/ask.ts'
import { SEGMENT_MAKERS, segmentsFor, sizesOf } from '#lib/server/clients/segments.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const reader = requireReader(locals)
  const { workspace, semantic } = services()
  const segments = await segmentsFor(workspace, reader)
  const sizes = await part(
    sizesOf(
      semantic,
      reader,
      segments.map(({ segmentId }) => segmentId),
    ),
  )
  const people = await workspace.users.list()
  const owners = Object.fromEntries(people.map(({ id, name }) => [id, name]))
  return { segments, sizes, owners, canMake: SEGMENT_MAKERS.some((role) => role === reader.role) }
}

import { answerJson } from '#lib/server/answer-json.ts'
import { requireReader } from '#lib/server/guard.ts'
import { searchEverything } from '#lib/server/search.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import type { RequestHandler } from './$types'

/** What the command palette finds: `?q=mar`. */
export const GET: RequestHandler = ({ request, url, locals }) => {
  const reader = requireReader(locals)
  const text = (url.searchParams.get('q') ?? '').trim().slice(0, 100)
  return answerJson(request, () => searchEverything(servicesFor(locals), reader, text))
}

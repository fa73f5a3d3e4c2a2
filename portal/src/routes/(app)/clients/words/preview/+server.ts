import { z } from 'zod'
import { VOICE_LANGUAGES } from '#config'
import { services } from '#services'
import { answer } from '#lib/designer/server/answer.ts'
import { matchesOf } from '#lib/server/clients/words.ts'
import { requireReader } from '#lib/server/guard.ts'
import type { RequestHandler } from './$types'

const ASKED = z.strictObject({ word: z.string().trim().min(2).max(80), language: z.enum(VOICE_LANGUAGES) })

/** What a word would be found in, among what the reader may see: `{ word, language }`. */
export const POST: RequestHandler = ({ locals, request }) => {
  const reader = requireReader(locals)
  return answer(async () => matchesOf(services().semantic, reader, ASKED.parse(await request.json())))
}

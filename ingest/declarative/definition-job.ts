import { z } from 'zod'
import { requestSchema } from './definition-request.ts'

/**
 * Records that a service gathers first. `create` orders them, `{{ job.id }}` is what lies at `id` in the answer; `poll`
 * asks `every` so many seconds until `state` is one of `ready`, `longest` at most; the stream's own request then brings
 * them, once for each of `parts` in the last answer (`{{ part }}`), and `clean` takes them away, also after a failure.
 * What a list of keys lays over the stream's request is laid over `create`.
 */
export const jobSchema = z.strictObject({
  create: requestSchema,
  id: z.string(),
  poll: requestSchema,
  state: z.string(),
  ready: z.array(z.string()).min(1),
  failed: z.array(z.string()).default([]),
  every: z.number().positive(),
  longest: z.number().positive(),
  parts: z.string().optional(),
  clean: requestSchema.optional(),
})
export type JobDefinition = Readonly<z.output<typeof jobSchema>>

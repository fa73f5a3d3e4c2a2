import { z } from 'zod'
import { reportSchema } from '#semantic/report'

const given = z.record(z.string(), z.array(z.string()).max(1000)).default({})

/** A report to run, with what was chosen for its parameters. */
export const runRequest = z.strictObject({
  definition: reportSchema,
  given,
  /** The saved report that is run, to remember when it last was. */
  template: z.string().max(80).optional(),
})

import { z } from 'zod'
import { PART_KINDS } from '#semantic/plan'

const amount = z.string().regex(/^-?\d+(\.\d{1,2})?$/)

const schema = z.object({
  value: amount,
  /** What the proposals of all summed to, and what history and season gave by themselves. */
  total: amount,
  fromHistory: amount,
  parts: z.array(z.object({ kind: z.enum(PART_KINDS), value: amount })),
  facts: z.object({
    months: z.number(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    seasonChange: z.string(),
    workingDays: z.number(),
    daysAway: z.number(),
    expected: amount,
    pipelineShare: z.string(),
    capacityShare: z.string(),
    ramp: z.number(),
    totalChange: z.string(),
  }),
})

/** How a target was proposed, as it is kept with the version that was set from it. */
export type Explanation = z.infer<typeof schema>

/** Reads what was kept; null where nothing was, or where it was kept in another way. */
export function readExplanation(kept: unknown): Explanation | null {
  return schema.safeParse(kept).data ?? null
}

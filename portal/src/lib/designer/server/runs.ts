import { z } from 'zod'
import type { Services } from '#services'

/** How often a saved report was run, and when last (UTC). */
export type Runs = { readonly count: number; readonly lastAt: string }

const runs = z.object({ count: z.number().int(), lastAt: z.string() })
const PREFIX = 'report.runs:'

/** Notes that a saved report was run. */
export async function noteRun(
  { workspace, now }: Pick<Services, 'workspace' | 'now'>,
  id: string,
): Promise<void> {
  const known = runs.safeParse(await workspace.settings.get(PREFIX + id))
  const count = known.success ? known.data.count : 0
  await workspace.settings.set(PREFIX + id, { count: count + 1, lastAt: now().toISOString() })
}

/** The runs of every saved report by its id; a report that never ran is not among them. */
export async function runsOf({ workspace }: Pick<Services, 'workspace'>): Promise<ReadonlyMap<string, Runs>> {
  const settings = await workspace.settings.all()
  return new Map(
    Object.entries(settings).flatMap(([key, value]) => {
      const read = runs.safeParse(value)
      return key.startsWith(PREFIX) && read.success ? [[key.slice(PREFIX.length), read.data] as const] : []
    }),
  )
}

import { z } from 'zod'
import { SYNC_JOB } from '#ingest/control'
import type { Workspace } from '#workspace'

const LOOK_EVERY_MS = 2000
const LEASE_MS = 2 * 60 * 60_000

const payload = z.object({ sources: z.array(z.string()) })

/**
 * Takes the syncs that people and webhooks asked for, one at a time. `build` reads the sources given, all when none is,
 * and resolves to what went wrong, if anything.
 */
export function startSyncJobs(
  { jobs }: Pick<Workspace, 'jobs'>,
  build: (sources: readonly string[]) => Promise<string | undefined>,
): { stop(): void } {
  let isBusy = false
  const look = async () => {
    if (isBusy) return
    isBusy = true
    try {
      const job = await jobs.claim({ kinds: [SYNC_JOB], owner: `serve ${process.pid}`, leaseMs: LEASE_MS })
      if (job === null) return
      const problem = await build(payload.parse(job.payload).sources)
      await (problem === undefined ? jobs.complete(job) : jobs.fail(job, problem))
    } finally {
      isBusy = false
    }
  }
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  return { stop: () => clearInterval(timer) }
}

import { z } from 'zod'
import { HOOK_JOB, SYNC_JOB } from '#ingest/control'
import type { ClaimedJob, Workspace } from '#workspace'

const LOOK_EVERY_MS = 2000
const LEASE_MS = 2 * 60 * 60_000

const payload = z.object({ sources: z.array(z.string()), isRetry: z.boolean().default(false) })

export type SyncJobs = {
  /** Looks at once for what a source sent, without waiting for the next look. */
  hurry(): void
  stop(): void
}

/**
 * Reads the sources given, all when there is none, and resolves to what went wrong, if anything. With `isRetry` it tries
 * their rows in quarantine again.
 */
export type ReadSources = (sources: readonly string[], isRetry: boolean) => Promise<string | undefined>

/**
 * Takes the syncs that people and webhooks asked for, those of either one at a time. What sources sent never waits for
 * what people asked for, which may read a CRM for hours; all of it that waits is read together.
 */
export function startSyncJobs(
  { jobs }: Pick<Workspace, 'jobs'>,
  { ofPeople, ofHooks }: { readonly ofPeople: ReadSources; readonly ofHooks: ReadSources },
): SyncJobs {
  const claim = (kind: string) =>
    jobs.claim({ kinds: [kind], owner: `serve ${process.pid}`, leaseMs: LEASE_MS })
  const work = async (claimed: readonly ClaimedJob[], read: ReadSources) => {
    const asked = claimed.map((job) => payload.parse(job.payload))
    const sources = new Set(asked.flatMap((each) => each.sources))
    const problem = await read(
      [...sources],
      asked.some(({ isRetry }) => isRetry),
    )
    for (const job of claimed) await (problem === undefined ? jobs.complete(job) : jobs.fail(job, problem))
  }
  const people = oneAtATime(async () => {
    const job = await claim(SYNC_JOB)
    if (job !== null) await work([job], ofPeople)
  })
  const hooks = oneAtATime(async () => {
    const claimed: ClaimedJob[] = []
    for (let job = await claim(HOOK_JOB); job !== null; job = await claim(HOOK_JOB)) claimed.push(job)
    if (claimed.length > 0) await work(claimed, ofHooks)
  })
  const timers = [setInterval(people, LOOK_EVERY_MS), setInterval(hooks, LOOK_EVERY_MS)]
  return { hurry: hooks, stop: () => timers.forEach((timer) => clearInterval(timer)) }
}

/** A call while one is at work does nothing. */
function oneAtATime(work: () => Promise<void>): () => void {
  let isBusy = false
  return () => {
    if (isBusy) return
    isBusy = true
    void work().finally(() => {
      isBusy = false
    })
  }
}

import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Context, JobTable, WorkspaceTransaction } from './database.ts'
import { fromJson, instant } from './transaction.ts'

export const JOB_STATUSES = ['queued', 'running', 'done', 'failed'] as const
export type JobStatus = (typeof JOB_STATUSES)[number]

/** A piece of work to be done once. `attempts` counts the claims so far. Times are ISO 8601 UTC. */
export type Job = {
  readonly id: string
  readonly kind: string
  readonly uniqueKey: string | null
  readonly payload: unknown
  readonly status: JobStatus
  readonly runAt: string
  readonly attempts: number
  readonly maxAttempts: number
  readonly error: string | null
  readonly result: unknown
  readonly createdAt: string
  readonly finishedAt: string | null
}

/** A job in hand. Its token is what completes or fails it; a job taken over by another has another token. */
export type ClaimedJob = Job & { readonly token: string }

export type NewJob = {
  readonly kind: string
  readonly payload: unknown
  /** Work that must exist once, e.g. `schedule:recipient:due time`; a second one is not added. */
  readonly uniqueKey?: string
  /** ISO 8601 UTC; default now. */
  readonly runAt?: string
  readonly maxAttempts?: number
}

export type ClaimOptions = {
  readonly kinds: readonly string[]
  readonly owner: string
  /** How long the job is ours without a word, in milliseconds; then another may claim it. */
  readonly leaseMs?: number
}

export type JobRepository = ReturnType<typeof jobRepository>

const LEASE_MS = 5 * 60_000
const RETRY_MS = [10_000, 60_000, 600_000, 3_600_000] as const

/** Work to do later, at least once, at most `maxAttempts` times. */
export function jobRepository(context: Context) {
  return {
    /** Adds a job and returns it; with a `uniqueKey` in use, returns the job that has it. */
    enqueue: (job: NewJob): Promise<Job> => enqueue(context, job),
    /** Takes the job that has been due longest, or null. A job whose lease ran out is due again. */
    claim: (options: ClaimOptions): Promise<ClaimedJob | null> => claim(context, options),
    /** Prolongs the lease. False when the job was taken over. */
    extend: (job: ClaimedJob, leaseMs = LEASE_MS): Promise<boolean> =>
      update(context, job, { lease_expires_at: later(context, leaseMs) }),
    /** Marks the job done. False when it was taken over meanwhile. */
    complete: (job: ClaimedJob, result: unknown = null): Promise<boolean> =>
      update(context, job, {
        ...ENDED,
        status: 'done',
        result: JSON.stringify(result),
        finished_at: instant(context),
      }),
    /** Notes the error and queues the job again after a pause, or ends it as failed after its last attempt. */
    fail: (job: ClaimedJob, error: string, retryInMs?: number): Promise<boolean> =>
      update(
        context,
        job,
        job.attempts >= job.maxAttempts
          ? ended(context, error)
          : retried(context, error, pause(job, retryInMs)),
      ),
    /** The job with this id, or null. */
    find: async (id: string): Promise<Job | null> => {
      const row = await context.db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : jobOf(row)
    },
    /** Jobs, newest first, of one status or all. */
    list: (options: { status?: JobStatus; kind?: string; limit?: number } = {}): Promise<Job[]> =>
      listJobs(context, options),
  }
}

async function enqueue(context: Context, job: NewJob): Promise<Job> {
  const row = newRow(context, job)
  return await context.db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('jobs')
      .values(row)
      .onConflict((conflict) => conflict.column('unique_key').doNothing())
      .execute()
    const query = transaction.selectFrom('jobs').selectAll()
    const same =
      row.unique_key === null
        ? query.where('id', '=', row.id)
        : query.where('unique_key', '=', row.unique_key)
    return jobOf(await same.executeTakeFirstOrThrow())
  })
}

async function claim(context: Context, options: ClaimOptions): Promise<ClaimedJob | null> {
  if (options.kinds.length === 0) return null
  return await context.db.transaction().execute(async (transaction) => {
    await giveUp(context, transaction)
    const due = await nextDue(context, transaction, options.kinds)
    if (due === undefined) return null
    const token = randomUUID()
    const taken = await transaction
      .updateTable('jobs')
      .set({
        status: 'running',
        attempts: due.attempts + 1,
        lease_token: token,
        lease_owner: options.owner,
        lease_expires_at: later(context, options.leaseMs ?? LEASE_MS),
      })
      .where('id', '=', due.id)
      .returningAll()
      .executeTakeFirstOrThrow()
    return { ...jobOf(taken), token }
  })
}

async function nextDue(
  context: Context,
  transaction: WorkspaceTransaction,
  kinds: readonly string[],
): Promise<JobTable | undefined> {
  const now = instant(context)
  const query = transaction
    .selectFrom('jobs')
    .selectAll()
    .where('kind', 'in', kinds)
    .where((eb) =>
      eb.or([
        eb.and([eb('status', '=', 'queued'), eb('run_at', '<=', now)]),
        eb.and([eb('status', '=', 'running'), eb('lease_expires_at', '<=', now)]),
      ]),
    )
    .orderBy('run_at')
    .orderBy('id')
    .limit(1)
  return await (context.kind === 'postgres' ? query.forUpdate().skipLocked() : query).executeTakeFirst()
}

// A worker that dies on a job's last attempt leaves nobody to fail it.
async function giveUp(context: Context, transaction: WorkspaceTransaction): Promise<void> {
  const now = instant(context)
  await transaction
    .updateTable('jobs')
    .set({ ...ENDED, status: 'failed', error: 'The worker ended before the job did', finished_at: now })
    .where('status', '=', 'running')
    .where('lease_expires_at', '<=', now)
    .whereRef('attempts', '>=', 'max_attempts')
    .execute()
}

const ENDED = { lease_token: null, lease_owner: null, lease_expires_at: null } as const

function ended(context: Context, error: string): Partial<JobTable> {
  return { ...ENDED, status: 'failed', error, finished_at: instant(context) }
}

function retried(context: Context, error: string, pauseMs: number): Partial<JobTable> {
  return { ...ENDED, status: 'queued', error, run_at: later(context, pauseMs) }
}

function pause(job: ClaimedJob, retryInMs: number | undefined): number {
  return retryInMs ?? RETRY_MS[Math.min(job.attempts, RETRY_MS.length) - 1] ?? 0
}

async function update(context: Context, job: ClaimedJob, change: Partial<JobTable>): Promise<boolean> {
  const updated = await context.db
    .updateTable('jobs')
    .set(change)
    .where('id', '=', job.id)
    .where('lease_token', '=', job.token)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}

async function listJobs(
  context: Context,
  { status, kind, limit = 200 }: { status?: JobStatus; kind?: string; limit?: number },
): Promise<Job[]> {
  const all = context.db.selectFrom('jobs').selectAll()
  const ofStatus = status === undefined ? all : all.where('status', '=', status)
  const ofKind = kind === undefined ? ofStatus : ofStatus.where('kind', '=', kind)
  return (await ofKind.orderBy('created_at', 'desc').orderBy('id').limit(limit).execute()).map(jobOf)
}

function newRow(context: Context, job: NewJob): JobTable {
  const at = instant(context)
  return {
    id: randomUUID(),
    kind: job.kind,
    unique_key: job.uniqueKey ?? null,
    payload: JSON.stringify(job.payload),
    status: 'queued',
    run_at: job.runAt ?? at,
    attempts: 0,
    max_attempts: job.maxAttempts ?? 5,
    ...ENDED,
    result: null,
    error: null,
    created_at: at,
    finished_at: null,
  }
}

function jobOf(row: JobTable): Job {
  return {
    id: row.id,
    kind: row.kind,
    uniqueKey: row.unique_key,
    payload: fromJson(row.payload),
    status: z.enum(JOB_STATUSES).parse(row.status),
    runAt: row.run_at,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    error: row.error,
    result: row.result === null ? null : fromJson(row.result),
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }
}

function later(context: Context, milliseconds: number): string {
  return new Date(context.now().getTime() + milliseconds).toISOString()
}

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '#config'
import type { Context, LockTable } from './database.ts'
import { isGone, thisProcess } from './process.ts'
import { inTurn } from './transaction.ts'

const LEASE_MS = 60_000
const POLL_MS = 100

/** Who holds a lock: `owner` is a word for people, e.g. `sync` or `build`. */
export type LockHolder = {
  readonly name: string
  readonly owner: string
  readonly host: string
  readonly pid: number
  readonly acquiredAt: string
  readonly heartbeatAt: string
  readonly expiresAt: string
}

/** A lock held by this process. */
export type Lease = { readonly name: string; readonly token: string }

export type LockOptions = {
  readonly owner: string
  /** How long the lock outlives its last heartbeat, in milliseconds. Heartbeats come three times as often. */
  readonly leaseMs?: number
  /** How long to wait for the lock, in milliseconds; 0 does not wait. */
  readonly waitMs?: number
}

export type LockRepository = ReturnType<typeof lockRepository>

/** Named locks between processes. One that ends (even by `kill -9`) or falls silent loses its locks. */
export function lockRepository(context: Context) {
  return {
    /** Takes the lock, or says who holds it. Takes it over when the holder is dead or its lease has expired. */
    acquire: (name: string, options: { owner: string; leaseMs?: number }): Promise<Lease | LockHolder> =>
      acquire(context, name, options),
    /** Prolongs the lease. False when the lock was lost meanwhile. */
    heartbeat: (lease: Lease, leaseMs = LEASE_MS): Promise<boolean> => heartbeat(context, lease, leaseMs),
    /** Gives the lock back; harmless when it was lost. */
    release: (lease: Lease): Promise<void> => release(context, lease),
    /** Who holds the lock, or null when it is free. */
    holder: (name: string): Promise<LockHolder | null> => holder(context, name),
    /**
     * Runs `work` while holding the lock, kept alive by heartbeats. `signal` aborts when the lock is lost.
     * @throws UserError naming the holder when the lock is not free within `waitMs`
     */
    withLock: <T>(
      name: string,
      options: LockOptions,
      work: (signal: AbortSignal) => Promise<T>,
    ): Promise<T> => held(context, { name, ...options }, work),
  }
}

/** Tells a lease from the holder that stands in the way. */
export function isLease(outcome: Lease | LockHolder): outcome is Lease {
  return 'token' in outcome
}

async function acquire(
  context: Context,
  name: string,
  { owner, leaseMs = LEASE_MS }: { owner: string; leaseMs?: number },
): Promise<Lease | LockHolder> {
  return await inTurn(context, `lock:${name}`, async (transaction) => {
    const held = await transaction.selectFrom('locks').selectAll().where('name', '=', name).executeTakeFirst()
    if (held !== undefined && !isFree(held, context.now())) return holderOf(held)
    const row = { name, owner, ...tenure(context.now(), leaseMs) }
    await transaction.deleteFrom('locks').where('name', '=', name).execute()
    await transaction.insertInto('locks').values(row).execute()
    return { name, token: row.token }
  })
}

async function heartbeat(context: Context, lease: Lease, leaseMs: number): Promise<boolean> {
  const now = context.now()
  const updated = await context.db
    .updateTable('locks')
    .set({ heartbeat_at: now.toISOString(), expires_at: after(now, leaseMs) })
    .where('name', '=', lease.name)
    .where('token', '=', lease.token)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}

async function release(context: Context, lease: Lease): Promise<void> {
  await context.db
    .deleteFrom('locks')
    .where('name', '=', lease.name)
    .where('token', '=', lease.token)
    .execute()
}

async function holder(context: Context, name: string): Promise<LockHolder | null> {
  const row = await context.db.selectFrom('locks').selectAll().where('name', '=', name).executeTakeFirst()
  return row === undefined || isFree(row, context.now()) ? null : holderOf(row)
}

async function held<T>(
  context: Context,
  wanted: LockOptions & { readonly name: string },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lease = await waitFor(context, wanted)
  const lost = new AbortController()
  const timer = keepAlive(context, { ...lease, leaseMs: wanted.leaseMs ?? LEASE_MS }, lost)
  try {
    return await work(lost.signal)
  } finally {
    clearInterval(timer)
    await release(context, lease)
  }
}

async function waitFor(
  context: Context,
  { name, owner, leaseMs, waitMs = 0 }: LockOptions & { readonly name: string },
): Promise<Lease> {
  const until = performance.now() + waitMs
  for (;;) {
    const outcome = await acquire(context, name, { owner, ...(leaseMs === undefined ? {} : { leaseMs }) })
    if (isLease(outcome)) return outcome
    if (performance.now() >= until) throw isHeld(outcome)
    await sleep(POLL_MS * (0.5 + Math.random()))
  }
}

// A failed heartbeat (database busy) is tried again until the lease has run out; only then is the lock lost.
function keepAlive(
  context: Context,
  lease: Lease & { readonly leaseMs: number },
  lost: AbortController,
): NodeJS.Timeout {
  const { leaseMs } = lease
  let expiresAt = performance.now() + leaseMs
  const beat = async (): Promise<void> => {
    const beganAt = performance.now()
    try {
      if (await heartbeat(context, lease, leaseMs)) expiresAt = beganAt + leaseMs
      else lost.abort(new Error(`The lock ${lease.name} was taken over`))
    } catch (error) {
      if (performance.now() > expiresAt) lost.abort(error)
    }
  }
  return setInterval(() => void beat(), leaseMs / 3).unref()
}

function tenure(now: Date, leaseMs: number): Omit<LockTable, 'name' | 'owner'> {
  const { host, pid, started } = thisProcess()
  const at = now.toISOString()
  return {
    token: randomUUID(),
    host,
    pid,
    process_started: started,
    acquired_at: at,
    heartbeat_at: at,
    expires_at: after(now, leaseMs),
  }
}

function isFree(row: LockTable, now: Date): boolean {
  if (row.expires_at <= now.toISOString()) return true
  return isGone({ host: row.host, pid: row.pid, started: row.process_started })
}

function holderOf(row: LockTable): LockHolder {
  return {
    name: row.name,
    owner: row.owner,
    host: row.host,
    pid: row.pid,
    acquiredAt: row.acquired_at,
    heartbeatAt: row.heartbeat_at,
    expiresAt: row.expires_at,
  }
}

function isHeld(held: LockHolder): UserError {
  return new UserError(
    `Another run is at work: "${held.owner}" (process ${held.pid} on ${held.host.split(' ')[0]}) has held the lock ` +
      `"${held.name}" since ${held.acquiredAt}. Wait until it ends, or end that process.`,
  )
}

function after(now: Date, milliseconds: number): string {
  return new Date(now.getTime() + milliseconds).toISOString()
}

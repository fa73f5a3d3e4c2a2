import type { StreamDefinition } from './definition.ts'
import type { Pass, Progress } from './progress.ts'

const DAY = 86_400_000

/** Where the days end that a cursor of days reads: midnight, as if local days were days of UTC. */
export function endOfDays(today: boolean, wallNow: number): number {
  return Math.floor(wallNow / DAY) * DAY + (today ? DAY : 0)
}

/** Bounds of the pass that begins now: what a stream's cursor has to read again and what is new. */
export function beginPass(
  { cursor }: StreamDefinition,
  progress: Progress,
  { now, first }: { readonly now: number; readonly first: number | null },
): Pass {
  const watermark = progress.watermark === null ? null : Date.parse(progress.watermark)
  const own = sinceOf(cursor, { watermark, now, first, isStarted: progress.lastId !== null })
  const since = own === null || progress.unsettled === null ? own : Math.min(own, progress.unsettled)
  const afterId = cursor.type === 'appended' ? Math.max(0, (progress.lastId ?? 0) - cursor.overlap) : 0
  const to = sliceEnd(cursor, since, now)
  return { since, until: now, from: since, to, position: null, afterId, startedAt: null, isHistory: false }
}

/** Progress before the first reading of a stream: where its recent days come first, the rest is put off. */
export function putOffHistory(
  { cursor }: StreamDefinition,
  progress: Progress,
  { now, first }: { readonly now: number; readonly first: number | null },
): Progress {
  const days = 'recent' in cursor ? cursor.recent : undefined
  if (days === undefined || progress.watermark !== null || progress.pass !== null) return progress
  const before = Math.floor(now / DAY) * DAY - days * DAY
  const begin = beginningOf(cursor, now, first)
  return begin !== null && begin >= before ? progress : { ...progress, history: { before, pass: null } }
}

/** The pass over what is older than the recent days. */
export function beginHistory(
  { cursor }: StreamDefinition,
  before: number,
  { now, first }: { readonly now: number; readonly first: number | null },
): Pass {
  const since = beginningOf(cursor, now, first)
  const to = sliceEnd(cursor, since, before)
  return {
    since,
    until: before,
    from: since,
    to,
    position: null,
    afterId: 0,
    startedAt: null,
    isHistory: true,
  }
}

function beginningOf(cursor: StreamDefinition['cursor'], now: number, first: number | null): number | null {
  return first ?? ('history' in cursor ? now - cursor.history * DAY : null)
}

type Known = {
  readonly watermark: number | null
  readonly now: number
  readonly first: number | null
  readonly isStarted: boolean
}

function sinceOf(
  cursor: StreamDefinition['cursor'],
  { watermark, now, first, isStarted }: Known,
): number | null {
  switch (cursor.type) {
    case 'changed':
      return watermark === null ? first : watermark - cursor.overlap * 1000
    case 'appended':
      return isStarted ? null : first
    case 'window':
      return watermark === null
        ? (first ?? now - cursor.history * DAY)
        : Math.min(watermark, now) - cursor.days * DAY
    case 'days':
      return watermark === null ? (first ?? now - cursor.history * DAY) : watermark - cursor.restate * DAY
    case 'delta':
    case 'versions':
    case 'everything':
      return null
  }
}

/** Where the slice that begins at `from` ends. */
export function sliceEnd(cursor: StreamDefinition['cursor'], from: number | null, until: number): number {
  const days = 'sliceDays' in cursor ? cursor.sliceDays : undefined
  return from === null || days === undefined ? until : Math.min(until, from + days * DAY)
}

/** The pass after its slice ended; null when that was the last. */
export function nextSlice({ cursor }: StreamDefinition, pass: Pass): Pass | null {
  if (pass.to >= pass.until) return null
  return { ...pass, from: pass.to, to: sliceEnd(cursor, pass.to, pass.until), position: null }
}

const SHORTEST_MS = 60_000

/** The pass with half of its slice, of whole days where it has such; null when it is too short to be halved. */
export function halfSlice({ cursor }: StreamDefinition, pass: Pass): Pass | null {
  const unit = cursor.type === 'days' ? DAY : 1
  const shortest = cursor.type === 'days' ? 2 * DAY : SHORTEST_MS
  if (pass.from === null || pass.to - pass.from < shortest) return null
  const half = Math.floor((pass.to - pass.from) / 2 / unit) * unit
  return { ...pass, to: pass.from + half, position: null }
}

/** Progress while a pass is under way. */
export function keepPass(progress: Progress, pass: Pass): Progress {
  return pass.isHistory ? { ...progress, history: { before: pass.until, pass } } : { ...progress, pass }
}

/**
 * Progress after a pass. The watermark is when it began, by the earlier of both clocks: a record that changed behind
 * it, on a page already read, is read next time.
 */
export function endPass(progress: Progress, pass: Pass, now: Date): Progress {
  if (pass.isHistory) return { ...progress, history: null }
  const started = Math.min(pass.until, pass.startedAt === null ? Infinity : Date.parse(pass.startedAt))
  return {
    ...progress,
    watermark: new Date(started).toISOString(),
    lastId: Math.max(progress.lastId ?? 0, pass.afterId),
    pass: null,
    checkedAt: progress.checkedAt ?? now.toISOString(),
  }
}

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
  return { since, until: now, from: since, to, position: null, afterId, startedAt: null }
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

/**
 * Progress after a pass. The watermark is when it began, by the earlier of both clocks: a record that changed behind
 * it, on a page already read, is read next time.
 */
export function endPass(progress: Progress, pass: Pass, now: Date): Progress {
  const started = Math.min(pass.until, pass.startedAt === null ? Infinity : Date.parse(pass.startedAt))
  return {
    ...progress,
    watermark: new Date(started).toISOString(),
    lastId: Math.max(progress.lastId ?? 0, pass.afterId),
    pass: null,
    checkedAt: progress.checkedAt ?? now.toISOString(),
  }
}

import type * as arrow from 'apache-arrow'
import type { StreamMessage } from '../connector.ts'
import type { Portion } from './pages.ts'
import type { Slice, StreamReading } from './read-stream.ts'

type Settling = {
  /** Takes the keys of a page; with the last one of the slice, says what its days have now. */
  take(portion: Portion): StreamMessage | null
}

const NOTHING: Settling = { take: () => null }

/**
 * Gathers the keys of days that are read again. A slice that goes on from an earlier run lacks those of its first
 * pages: it is left unsettled, and read again whole by the next pass.
 */
export function createSettling({ stream, typer, context }: StreamReading, slice: Slice): Settling {
  const { cursor, deletes } = stream
  if (cursor.type !== 'days' || deletes.type !== 'restated') return NOTHING
  const { from, to, position } = slice.pass
  const isNew = slice.progress.watermark === null || slice.pass.isHistory
  const isFirst = isNew && context.isFull !== true
  if (from === null || isFirst) return NOTHING
  if (position !== null && hasRead(position)) {
    slice.progress = { ...slice.progress, unsettled: Math.min(from, slice.progress.unsettled ?? from) }
    return NOTHING
  }
  const batches: arrow.RecordBatch[] = []
  return {
    take({ records, next }) {
      batches.push(typer.keys(records))
      return next === null
        ? { kind: 'restated', column: cursor.column, from: day(from), to: day(to), batches }
        : null
    },
  }
}

/** An order of which nothing was read yet has its first page still before it. */
function hasRead(position: Readonly<Record<string, unknown>>): boolean {
  return !(position['part'] === 0 && position['page'] === null)
}

function day(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}

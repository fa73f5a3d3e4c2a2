import type { Paging } from './definition.ts'
import { loopError, markOf, type ListReading, type Portion, type Position } from './pages.ts'

type Overlap = Extract<Paging, { type: 'overlap' }>

const RESTARTS = 3

/**
 * Pages by position that hold on to the last record: each asks for it again, and what follows it is new. Where it does
 * not come, records before it vanished or moved, and the reading goes back, further each time, in the end to the begin.
 */
export async function* readOverlap(
  reading: ListReading,
  { size }: Overlap,
  start: Position | null,
): AsyncGenerator<Portion> {
  let offset = Number(start?.['offset'] ?? 0)
  let last = typeof start?.['last'] === 'string' ? start['last'] : null
  let [back, restarts, idle] = [0, 0, 0]
  for (;;) {
    const from = Math.max(0, offset - 1 - back)
    const answer = await reading.ask({ offset: from, size })
    const records = reading.recordsOf(answer)
    const marks = records.map((record) => markOf(reading, record))
    const found = last === null ? -1 : marks.lastIndexOf(last)
    const isLost = last !== null && found === -1
    if (isLost && from > 0) {
      back = back === 0 ? size - 1 : back * 2
      continue
    }
    if (isLost && ++restarts > RESTARTS) throw loopError(reading, String(last))
    const fresh = records.slice(found + 1)
    const isLast = records.length < size
    idle = fresh.length === 0 ? idle + 1 : 0
    if (!isLast && idle > 1) throw loopError(reading, offset)
    offset = from + records.length
    last = marks.at(-1) ?? last
    back = 0
    yield { records: fresh, next: isLast ? null : { offset, last }, clock: reading.clockOf(answer) }
    if (isLast) return
  }
}

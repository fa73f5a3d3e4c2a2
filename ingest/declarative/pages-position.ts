import type { Paging } from './definition.ts'
import { loopError, tooMuch, type ListReading, type Portion, type Position } from './pages.ts'
import { valueAt } from './path.ts'
import type { Answer } from './problem.ts'

type Offset = Extract<Paging, { type: 'offset' }>
type Numbered = Extract<Paging, { type: 'number' }>

/** A list by position as both kinds have it: `at` counts pages from 0. */
type Positions = {
  readonly size: number
  readonly total: string | undefined
  readonly cap: number
  pageAt(index: number): Position
  /** Whether the answer itself says that it is the last page. */
  isLast(answer: Answer): boolean
}

export function readOffset(
  reading: ListReading,
  page: Offset,
  start: Position | null,
): AsyncGenerator<Portion> {
  const { size, total, cap = Infinity } = page
  const pageAt = (index: number) => ({ offset: index * size, size })
  return readPositions(reading, { size, total, cap, pageAt, isLast: () => false }, start)
}

export function readNumber(
  reading: ListReading,
  page: Numbered,
  start: Position | null,
): AsyncGenerator<Portion> {
  const { size, total, first, next } = page
  return readPositions(
    reading,
    {
      size,
      total,
      cap: Infinity,
      pageAt: (index) => ({ number: index + first, size }),
      isLast: ({ body }) => next !== undefined && (body === null || valueAt(body, next) === undefined),
    },
    start,
  )
}

/**
 * Pages one after the other; once the total is known, several are asked for at once and given in their order. When the
 * total has shrunk by the end, records have moved over a page's border, and the list is read once more.
 */
async function* readPositions(
  reading: ListReading,
  list: Positions,
  start: Position | null,
): AsyncGenerator<Portion> {
  const ahead = new Map<number, Promise<Answer>>()
  let isAgain = start?.['again'] === true
  let pages = Infinity
  let [firstTotal, lastPage] = [Number(start?.['total'] ?? Number.NaN), '']
  for (let index = Number(start?.['index'] ?? 0); ; index += 1) {
    const answer = await (ahead.get(index) ?? reading.ask(list.pageAt(index)))
    ahead.delete(index)
    const records = reading.recordsOf(answer)
    const total = list.total === undefined ? Number.NaN : Number(valueAt(answer.body, list.total))
    if (total > list.cap) throw tooMuch()
    if (Number.isNaN(firstTotal)) firstTotal = total
    if (!Number.isNaN(total)) pages = Math.ceil(total / list.size)
    const isLast = isEnd(answer, { records, index, pages, list })
    const shrank = isLast && total < firstTotal && !isAgain
    const next = shrank
      ? { index: 0, again: true }
      : isLast
        ? null
        : { index: index + 1, total: firstTotal, again: isAgain }
    yield { records, next, clock: reading.clockOf(answer) }
    if (next === null) return
    if (shrank) {
      ;[isAgain, index, firstTotal, lastPage] = [true, -1, Number.NaN, '']
      ahead.clear()
      continue
    }
    const page = JSON.stringify(records)
    if (page === lastPage) throw loopError(reading, index * list.size)
    lastPage = page
    askAhead(reading, { list, ahead, index, pages })
  }
}

function isEnd(
  answer: Answer,
  {
    records,
    index,
    pages,
    list,
  }: { records: readonly unknown[]; index: number; pages: number; list: Positions },
): boolean {
  if (list.isLast(answer) || records.length === 0) return true
  return Number.isFinite(pages) ? index + 1 >= pages : records.length < list.size
}

type Ahead = {
  readonly list: Positions
  readonly ahead: Map<number, Promise<Answer>>
  readonly index: number
  readonly pages: number
}

function askAhead(reading: ListReading, { list, ahead, index, pages }: Ahead): void {
  if (!Number.isFinite(pages)) return
  for (let each = index + 1; each < Math.min(pages, index + 1 + reading.concurrency); each += 1) {
    if (ahead.has(each)) continue
    const asked = reading.ask(list.pageAt(each))
    // One that fails is met when its turn comes; until then nobody waits for it.
    asked.catch(() => undefined)
    ahead.set(each, asked)
  }
}

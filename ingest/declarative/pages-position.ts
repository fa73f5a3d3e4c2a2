import type { Paging } from './definition.ts'
import { loopError, tooMuch, type ListReading, type Portion, type Position } from './pages.ts'
import { saysMore, valueAt } from './path.ts'
import type { Answer } from './problem.ts'

type Offset = Extract<Paging, { type: 'offset' }>
type Numbered = Extract<Paging, { type: 'number' }>

/** A list by position as both kinds have it: `index` counts pages of `size` from 0. */
type Positions = {
  readonly size: number
  readonly total: string | undefined
  readonly cap: number
  pageAt(index: number, size: number): Position
  /** Whether the answer itself says that it is the last page. */
  isLast(answer: Answer): boolean
}

export function readOffset(
  reading: ListReading,
  page: Offset,
  start: Position | null,
): AsyncGenerator<Portion> {
  const { size, total, cap = Infinity } = page
  const pageAt = (index: number, each: number) => ({ offset: index * each })
  return readPositions(reading, { size, total, cap, pageAt, isLast: () => false }, start)
}

export function readNumber(
  reading: ListReading,
  page: Numbered,
  start: Position | null,
): AsyncGenerator<Portion> {
  const { size, total, first, next } = page
  const pageAt = (index: number) => ({ number: index + first })
  const isLast = ({ body }: Answer) => next !== undefined && !saysMore(body, next)
  return readPositions(reading, { size, total, cap: Infinity, pageAt, isLast }, start)
}

/** Where the reading of a list stands. */
type Place = {
  index: number
  /** As many as the service gives, which may be fewer than it was asked for. */
  size: number
  /** The total when it began; NaN where none is known. */
  total: number
  /** Whether it is read a second time. */
  isAgain: boolean
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
  const place = placeOf(list, start)
  let lastPage = ''
  for (;;) {
    const { index } = place
    const answer = await (ahead.get(index) ?? reading.ask(list.pageAt(index, place.size)))
    ahead.delete(index)
    const records = reading.recordsOf(answer)
    const next = step(place, list, { answer, records })
    yield { records, next: next === null ? null : { ...next }, clock: reading.clockOf(answer) }
    if (next === null) return
    const page = JSON.stringify(records)
    if (page === lastPage) throw loopError(reading, index * place.size)
    lastPage = next.index === 0 ? '' : page
    if (next.index === 0) ahead.clear()
    Object.assign(place, next)
    askAhead(reading, list, { place, ahead })
  }
}

function placeOf({ size }: Positions, start: Position | null): Place {
  const number = (name: string, otherwise: number) => Number(start?.[name] ?? otherwise)
  return {
    index: number('index', 0),
    size: number('size', size),
    total: number('total', Number.NaN),
    isAgain: start?.['isAgain'] === true,
  }
}

/** Where the list goes on after a page; null at its end. */
function step(
  { index, size, total, isAgain }: Place,
  list: Positions,
  { answer, records }: { readonly answer: Answer; readonly records: readonly unknown[] },
): Place | null {
  const said = list.total === undefined ? Number.NaN : Number(valueAt(answer.body, list.total))
  if (said > list.cap) throw tooMuch()
  const first = Number.isNaN(total) ? said : total
  const isSmaller = index === 0 && records.length > 0 && records.length < size && said > records.length
  const each = isSmaller ? records.length : size
  const isEnd = Number.isNaN(said) ? records.length < each : (index + 1) * each >= said
  if (!(list.isLast(answer) || records.length === 0 || isEnd))
    return { index: index + 1, size: each, total: first, isAgain }
  return said < first && !isAgain ? { index: 0, size: each, total: Number.NaN, isAgain: true } : null
}

function askAhead(
  reading: ListReading,
  list: Positions,
  { place, ahead }: { readonly place: Place; readonly ahead: Map<number, Promise<Answer>> },
): void {
  if (Number.isNaN(place.total)) return
  const end = Math.min(Math.ceil(place.total / place.size), place.index + reading.concurrency)
  for (let index = place.index; index < end; index += 1) {
    if (ahead.has(index)) continue
    const asked = reading.ask(list.pageAt(index, place.size))
    // One that fails is met when its turn comes; until then nobody waits for it.
    asked.catch(() => undefined)
    ahead.set(index, asked)
  }
}

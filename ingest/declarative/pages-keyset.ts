import type { Paging } from './definition.ts'
import { loopError, markOf, type ListReading, type Portion, type Position, type Several } from './pages.ts'
import { TIME_FORMATS } from './literal.ts'
import { saysMore, valueAt } from './path.ts'
import type { Answer } from './problem.ts'

type Keyset = Extract<Paging, { type: 'keyset' }>

/** Pages above the last record seen: what changes or vanishes meanwhile moves nothing. */
export function readKeyset(
  reading: ListReading,
  page: Keyset,
  start: Position | null,
): AsyncGenerator<Portion> {
  if (page.compare === 'id') return readIds(reading, page, start)
  return readValues(reading, page, start)
}

/**
 * All records above an id; with a hook several pages to a call: few at first, since most syncs find little, then as
 * many as the service takes. A page that starts with records already seen brings each once; a full page with nothing
 * new would go on for ever, so it is an error.
 */
async function* readIds(reading: ListReading, page: Keyset, start: Position | null): AsyncGenerator<Portion> {
  let last = Number(start?.['after'] ?? reading.afterId)
  let count = 1
  for (;;) {
    const answer = await askIds(reading, page, { after: last, count })
    const records: unknown[] = []
    let isLast = answer.pages.length === 0
    for (const each of answer.pages) {
      const fresh = each.filter((record) => !(idOf(page, record) <= last))
      isLast = answer.isEnd ?? each.length < page.size
      if (!isLast && fresh.length === 0) throw loopError(reading, last)
      for (const record of fresh) last = Math.max(last, idOf(page, record) || last)
      records.push(...fresh)
      if (isLast) break
    }
    yield { records, next: isLast ? null : { after: last }, after: last, clock: answer.clock }
    if (isLast) return
    count = Math.min(count * 7, page.batch?.pages ?? 1)
  }
}

type AnsweredPages = Several & { readonly isEnd?: boolean }

async function askIds(
  reading: ListReading,
  page: Keyset,
  { after, count }: { readonly after: number; readonly count: number },
): Promise<AnsweredPages> {
  if (count > 1 && reading.askSeveral) return reading.askSeveral(after, count)
  const answer = await reading.ask({ after })
  const isEnd = endOf(page, answer)
  return {
    pages: [reading.recordsOf(answer)],
    clock: reading.clockOf(answer),
    ...(isEnd === null ? {} : { isEnd }),
  }
}

/** Whether the service itself says that this was the last page; null where it does not. */
function endOf({ next }: Keyset, { body }: Answer): boolean | null {
  return next === undefined ? null : !saysMore(body, next)
}

// A record without an id is neither above nor below: it is passed on, to be rejected.
function idOf({ field }: Keyset, record: unknown): number {
  const value = valueAt(record, field)
  return value === null || value === undefined || value === '' ? Number.NaN : Number(value)
}

/**
 * Pages that begin with the value at which the last one ended, whose records seen already are passed over. Where a
 * whole page has one value, the next page of the same value is asked for by its number.
 */
async function* readValues(
  reading: ListReading,
  page: Keyset,
  start: Position | null,
): AsyncGenerator<Portion> {
  let after: unknown = start?.['after'] ?? firstValue(page, reading.from)
  let number = Number(start?.['number'] ?? 1)
  let seen = new Set<string>(Array.isArray(start?.['seen']) ? start['seen'].map(String) : [])
  for (;;) {
    const offset = (number - 1) * page.size
    const answer = await reading.ask({ ...(after === undefined ? {} : { after }), number, offset })
    const records = reading.recordsOf(answer)
    const fresh = records.filter((record) => !seen.has(markOf(reading, record)))
    const isLast = endOf(page, answer) ?? records.length < page.size
    if (!isLast && fresh.length === 0 && number > 1) throw loopError(reading, String(after))
    const values = records.map((record) => valueAt(record, page.field)).filter((value) => value !== null)
    const highest = values.at(-1) ?? after
    const isStuck = highest === after
    const marks = records.filter((record) => valueAt(record, page.field) === highest)
    seen = new Set([...(isStuck ? seen : []), ...marks.map((record) => markOf(reading, record))])
    number = isStuck ? number + 1 : 1
    after = highest
    const next = isLast ? null : { after, number, seen: [...seen] }
    yield { records: fresh, next, clock: reading.clockOf(answer) }
    if (isLast) return
  }
}

function firstValue({ compare, format = 'iso' }: Keyset, from: number | null): unknown {
  if (compare === 'text' || from === null) return compare === 'text' ? '' : undefined
  return TIME_FORMATS[format]?.(from, (instant) => instant)
}

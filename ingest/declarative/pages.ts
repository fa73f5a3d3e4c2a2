import { SourceError } from '#config'
import type { StreamDefinition } from './definition.ts'
import { readKeyset } from './pages-keyset.ts'
import { readOverlap } from './pages-overlap.ts'
import { readNumber, readOffset } from './pages-position.ts'
import { isRecord, valueAt } from './path.ts'
import { Interruption, type Answer } from './problem.ts'
import { pick } from './record.ts'

/** Where a list goes on, as a cursor holds it. */
export type Position = Readonly<Record<string, unknown>>

/** Records that came with one call; `next` is where the list goes on, null after its end. */
export type Portion = {
  readonly records: readonly unknown[]
  readonly next: Position | null
  /** The service's own clock, if it says. */
  readonly clock: string | null
  /** The highest id read, in a keyset of ids. */
  readonly after?: number
  /** Nothing was read, but the place has to be kept before going on. */
  readonly isPlace?: true
  /** Address of what will have changed, at the end of a list that gives one. */
  readonly link?: string
}

/** How to read one list of a service. */
export type ListReading = {
  readonly source: string
  readonly stream: StreamDefinition
  /** Asks for one page; `link` is an address to be asked in place of the request's own. */
  ask(page: Position, link?: string): Promise<Answer>
  recordsOf(answer: Answer): readonly unknown[]
  /** The same of an answer that may be stored, many at a time. */
  piecesOf(answer: Answer): AsyncIterable<readonly unknown[]>
  clockOf(answer: Answer): string | null
  /** Several pages of a keyset by one call, where a hook can. */
  readonly askSeveral: AskSeveral | null
  /** Lower bound in time, as milliseconds. */
  readonly from: number | null
  /** Highest id already read, for keysets of ids. */
  readonly afterId: number
  readonly concurrency: number
}

export type AskSeveral = (after: number, pages: number) => Promise<Several>
export type Several = { readonly pages: readonly (readonly unknown[])[]; readonly clock: string | null }

/** All pages of a list from a position on, null being its begin. */
export function readPages(reading: ListReading, start: Position | null): AsyncGenerator<Portion> {
  const { page } = reading.stream
  switch (page.type) {
    case 'keyset':
      return readKeyset(reading, page, start)
    case 'offset':
      return readOffset(reading, page, start)
    case 'overlap':
      return readOverlap(reading, page, start)
    case 'number':
      return readNumber(reading, page, start)
    case 'token':
      return readChain(reading, { path: page.next, stop: page.stop, isLink: false }, start)
    case 'link':
      return readChain(reading, { path: page.next, stop: [''], isLink: true }, start)
    case 'after':
      return readAfter(reading, page, start)
    case 'single':
      return readSingle(reading)
  }
}

async function* readSingle(reading: ListReading): AsyncGenerator<Portion> {
  const answer = await reading.ask({})
  for await (const { records, isLast } of inPieces(reading, answer))
    yield { records, next: isLast ? null : {}, clock: reading.clockOf(answer) }
}

type Piece = { readonly records: readonly unknown[]; readonly isLast: boolean }

/** The records of one answer: whoever stops before the last piece of them has the answer to ask for again. */
async function* inPieces(reading: ListReading, answer: Answer): AsyncGenerator<Piece> {
  let before: readonly unknown[] | null = null
  for await (const records of reading.piecesOf(answer)) {
    if (before !== null) yield { records: before, isLast: false }
    before = records
  }
  yield { records: before ?? [], isLast: true }
}

async function* readAfter(
  reading: ListReading,
  { fields, size }: Extract<StreamDefinition['page'], { type: 'after' }>,
  start: Position | null,
): AsyncGenerator<Portion> {
  const placeOf = (record: unknown) => Object.fromEntries(fields.map((name) => [name, valueAt(record, name)]))
  let after = start?.['after']
  for (;;) {
    const answer = await reading.ask(after === undefined ? {} : { after })
    const records = reading.recordsOf(answer)
    const isLast = records.length < size
    const next = placeOf(records.findLast((record) => markOf(reading, record) !== ''))
    if (!isLast && JSON.stringify(next) === JSON.stringify(after)) throw loopError(reading, String(after))
    yield { records, next: isLast ? null : { after: next }, clock: reading.clockOf(answer) }
    if (isLast) return
    after = next
  }
}

type Chain = {
  readonly path: string | readonly string[] | { readonly header: string }
  readonly stop: readonly unknown[]
  readonly isLink: boolean
}

/** Pages each of which names the next. One that comes again would go on for ever. */
async function* readChain(
  reading: ListReading,
  { path, stop, isLink }: Chain,
  start: Position | null,
): AsyncGenerator<Portion> {
  const seen = new Set<unknown>()
  let token = start?.['token']
  for (;;) {
    const isFirst = token === undefined
    const answer = await (isLink && !isFirst
      ? reading.ask({}, String(token))
      : reading.ask(isFirst ? {} : { token }))
    const next = nextOf(answer, path)
    const isLast = next === undefined || next === null || stop.includes(next)
    if (!isLast && seen.has(next)) throw loopError(reading, String(next))
    seen.add(next)
    const link = linkOf(reading.stream, answer)
    const here = isFirst ? {} : { token }
    for await (const piece of inPieces(reading, answer))
      yield {
        records: piece.records,
        next: !piece.isLast ? here : isLast ? null : { token: next },
        clock: reading.clockOf(answer),
        ...(link === undefined || !piece.isLast ? {} : { link }),
      }
    if (isLast) return
    token = next
  }
}

function nextOf({ body, headers }: Answer, path: Chain['path']): unknown {
  return typeof path === 'object' && 'header' in path ? headers.get(path.header) : valueAt(body, path)
}

function linkOf({ cursor }: StreamDefinition, { body }: Answer): string | undefined {
  const link = cursor.type === 'delta' ? valueAt(body, cursor.link) : undefined
  return typeof link === 'string' ? link : undefined
}

export function loopError(
  { source, stream }: Pick<ListReading, 'source' | 'stream'>,
  at: string | number,
): SourceError {
  return new SourceError(
    `Source ${source} repeats the page of ${stream.name} after ${at} for ever. Nothing was lost; report it to the service.`,
    { source, stream: stream.name },
  )
}

/** More than the service gives of one list: the time it covers has to be shorter. */
export function tooMuch(): Interruption {
  return new Interruption('split')
}

/** What a record is known by among the others of its list. */
export function markOf({ stream }: Pick<ListReading, 'stream'>, record: unknown): string {
  const parts = stream.key.map((name) => {
    const column = stream.columns[name]
    return column !== undefined && isRecord(record) ? String(pick(record, column)) : ''
  })
  return parts.join('|')
}

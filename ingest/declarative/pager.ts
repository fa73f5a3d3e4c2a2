import { SourceError } from '#config'
import type { StreamDefinition } from './definition.ts'
import type { Protocol } from './protocol.ts'
import type { ServiceRecord } from './record.ts'

/** Records that came with one call; `after` is the highest id among them, or the one asked for. */
export type Portion = {
  readonly records: readonly ServiceRecord[]
  readonly after: number
  readonly serverTime: string | null
}

export type PagingOptions = {
  readonly source: string
  readonly after: number
  readonly since: string | null
  readonly keysOnly: boolean
}

/**
 * All records above an id, several pages to a call: few at first, since most syncs find little, then as many as
 * the service takes. A page that starts with records already seen brings each once; a full page with nothing new
 * would go on for ever, so it is an error.
 */
export async function* readKeyset(
  protocol: Protocol,
  definition: StreamDefinition,
  { source, after, since, keysOnly }: PagingOptions,
): AsyncGenerator<Portion> {
  let last = after
  let pages = 1
  for (;;) {
    const answer = await protocol.keysetPages(definition, { after: last, since, keysOnly, pages })
    const records: ServiceRecord[] = []
    let isLast = false
    for (const page of answer.pages) {
      const fresh = page.filter((record) => idOf(definition, record) > last)
      isLast = page.length < protocol.pageSize
      if (!isLast && fresh.length === 0) throw loopError(source, definition.name, last)
      for (const record of fresh) last = Math.max(last, idOf(definition, record))
      records.push(...fresh)
      if (isLast) break
    }
    yield { records, after: last, serverTime: answer.serverTime }
    if (isLast || answer.pages.length === 0) return
    pages = Math.min(pages * 7, protocol.pagesPerCall)
  }
}

function idOf({ paging }: StreamDefinition, record: ServiceRecord): number {
  return paging.kind === 'keyset' ? Number(record[paging.id]) : Number.NaN
}

/** All records of a list by position, page by page. */
export async function* readOffset(
  protocol: Protocol,
  definition: StreamDefinition,
  source: string,
): AsyncGenerator<Portion> {
  let seen = new Set<string>()
  for (let start = 0; ; start += protocol.pageSize) {
    const { pages, serverTime } = await protocol.offsetPage(definition, start)
    const records = pages.flat()
    yield { records, after: 0, serverTime }
    if (definition.paging.kind === 'single' || records.length < protocol.pageSize) return
    const page = new Set(records.map((record) => JSON.stringify(record)))
    if ([...page].every((record) => seen.has(record))) throw loopError(source, definition.name, start)
    seen = page
  }
}

function loopError(source: string, stream: string, at: number): SourceError {
  return new SourceError(
    `Source ${source} repeats the page of ${stream} after ${at} for ever. Nothing was lost; report it to the service.`,
    { source, stream },
  )
}

import { readLimit } from '#warehouse'
import type { Database } from './database.ts'
import type { PassportWords } from './passport-words.ts'

/** What a source did not give: why, e.g. `whole since 2026-08-24`, and of which streams. */
export type SourceLimit = {
  readonly source: string
  readonly limit: string
  readonly streams: readonly string[]
}

/** The limits that the last reading of each source told. A version published before there were limits has none. */
export async function readLimits(database: Database): Promise<readonly SourceLimit[]> {
  const known = await database.query(
    `select 1 from duckdb_columns() where table_name = 'meta_freshness' and column_name = 'limits'`,
  )
  if (known.length === 0) return []
  const rows = await database.query(
    'select source_name, stream, limits from main.meta_freshness where limits is not null order by 1, 2',
  )
  const limits = new Map<string, SourceLimit>()
  for (const row of rows) {
    const source = String(row['source_name'])
    for (const limit of String(row['limits']).split('; ')) {
      const streams = limits.get(`${source} ${limit}`)?.streams ?? []
      limits.set(`${source} ${limit}`, { source, limit, streams: [...streams, String(row['stream'])] })
    }
  }
  return [...limits.values()]
}

const NAMED_STREAMS = 3

/** A limit as a sentence of a passport; in its own words where it is none that is known. */
export function limitInWords({ source, limit, streams }: SourceLimit, words: PassportWords): string {
  const said = readLimit(limit)
  if (said === undefined) return `${source}: ${limit}`
  if (said.kind === 'rights') return words.readAs(source, { ...said, lacks: said.lacks.join(', ') })
  const what = streams.length > NAMED_STREAMS ? words.kindsOfRecords(streams.length) : streams.join(', ')
  return words.wholeSince(source, said.day, what)
}

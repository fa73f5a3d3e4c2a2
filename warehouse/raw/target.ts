import type { Connection } from '../connection.ts'
import { literal, qualified } from '../sql.ts'
import type { Incoming } from './incoming.ts'
import { rawSchema } from './stream.ts'
import type { RawStream, SUPERSEDED } from './stream.ts'

/** One load of one stream on its way into its table: where from, where to, and the stamp on what it writes. */
export type Target = {
  readonly connection: Connection
  readonly source: string
  readonly stream: RawStream
  readonly loadId: number
  /** SQL literal. */
  readonly loadedAt: string
  readonly incoming: Incoming
  /** Files that this load read, by their names within the source. */
  readonly files: readonly string[]
}

/** The target's table, or that of its superseded versions. */
export function targetTable(target: Target, suffix: '' | typeof SUPERSEDED = ''): string {
  return qualified(rawSchema(target.source), `${target.stream.name}${suffix}`)
}

/** SQL that finds the lines of this source and stream in a table of `raw_embut` that calls streams entities. */
export function isOfTarget({ source, stream }: Target): string {
  return `source_name = ${literal(source)} and entity = ${literal(stream.name)}`
}

/** A moment as the literal of a naive UTC timestamp. */
export function timestampLiteral(moment: Date): string {
  return `timestamp ${literal(moment.toISOString().replace('T', ' ').replace('Z', ''))}`
}

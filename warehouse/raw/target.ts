import { literal, qualified } from '../sql.ts'
import { rawSchema } from './stream.ts'
import type { RawStream } from './stream.ts'

/** Where a merge writes, and the stamp on everything it writes. */
export type Target = {
  readonly source: string
  readonly stream: RawStream
  readonly loadId: number
  /** SQL literal. */
  readonly loadedAt: string
}

/** The target's table, or its history. */
export function targetTable(target: Target, suffix: '' | '__history' = ''): string {
  return qualified(rawSchema(target.source), `${target.stream.name}${suffix}`)
}

/** A moment as the literal of a naive UTC timestamp. */
export function timestampLiteral(moment: Date): string {
  return `timestamp ${literal(moment.toISOString().replace('T', ' ').replace('Z', ''))}`
}

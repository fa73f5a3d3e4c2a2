import type * as arrow from 'apache-arrow'
import type { ConnectorSession, Cursor, Stream, StreamMessage } from '../../ingest/connector.ts'

export type LandedRow = Readonly<Record<string, unknown>>

/** What a run keeps of a stream: rows by key and the cursor after the last message that was spooled. */
export type Landing = {
  readonly rows: Map<string, LandedRow>
  readonly deleted: Set<string>
  readonly flags: string[]
  cursor: Cursor | null
  /** Rows that came, repeated ones too. */
  read: number
  rejected: number
}

export function createLanding(): Landing {
  return { rows: new Map(), deleted: new Set(), flags: [], cursor: null, read: 0, rejected: 0 }
}

/**
 * Reads a stream into a landing as a run does: each message at once with its cursor, which goes through JSON.
 * With `killAfter`, the run dies after that many messages.
 */
export async function land(
  session: ConnectorSession,
  stream: Stream,
  { into: landing, killAfter = Infinity }: { readonly into: Landing; readonly killAfter?: number },
): Promise<'done' | 'killed'> {
  let messages = 0
  let present: Set<string> | null = null
  for await (const message of session.read(stream, landing.cursor)) {
    if (message.kind === 'present_keys') {
      present = new Set([...(present ?? []), ...keysOf(stream, message.batch)])
      continue
    }
    if (message.kind === 'restated') {
      deleteRestated(stream, message, landing)
      continue
    }
    apply(stream, message, landing)
    if (message.kind === 'done' && present) deleteAbsent(landing, present)
    if (++messages >= killAfter) return 'killed'
  }
  return 'done'
}

function apply(
  stream: Stream,
  message: Exclude<StreamMessage, { kind: 'present_keys' | 'restated' }>,
  landing: Landing,
): void {
  landing.cursor = JSON.parse(JSON.stringify(message.cursor))
  if (message.kind === 'deleted') deleteTold(landing, keysOf(stream, message.batch))
  if (message.kind === 'done') landing.flags.push(...(message.flags ?? []))
  if (message.kind !== 'records') return
  landing.rejected += message.rejected?.length ?? 0
  for (const row of rowsOf(message.batch)) {
    landing.rows.set(keyOf(stream, row), row)
    landing.deleted.delete(keyOf(stream, row))
    landing.read += 1
  }
}

function deleteTold(landing: Landing, keys: readonly string[]): void {
  for (const key of keys) if (landing.rows.has(key)) landing.deleted.add(key)
}

function deleteAbsent(landing: Landing, present: ReadonlySet<string>): void {
  for (const key of landing.rows.keys()) if (!present.has(key)) landing.deleted.add(key)
}

function deleteRestated(
  stream: Stream,
  { column, from, to, batches }: Extract<StreamMessage, { kind: 'restated' }>,
  landing: Landing,
): void {
  const present = new Set(batches.flatMap((batch) => keysOf(stream, batch)))
  const isWithin = (day: unknown) => Number(day) >= Date.parse(from) && Number(day) < Date.parse(to)
  for (const [key, row] of landing.rows)
    if (isWithin(row[column]) && !present.has(key)) landing.deleted.add(key)
}

function keysOf(stream: Stream, batch: arrow.RecordBatch): string[] {
  return rowsOf(batch).map((row) => keyOf(stream, row))
}

function keyOf(stream: Stream, row: LandedRow): string {
  return stream.key.map((column) => String(row[column])).join('|')
}

function rowsOf(batch: arrow.RecordBatch): LandedRow[] {
  return batch.toArray().map((row: { toJSON(): LandedRow }) => row.toJSON())
}

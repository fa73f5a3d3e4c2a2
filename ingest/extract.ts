import { stat } from 'node:fs/promises'
import type { RecordBatch } from 'apache-arrow'
import type { ConnectorSession, Cursor, Rejected, Stream, StreamMessage } from './connector.ts'
import type { Spool } from './spool.ts'

const FLUSH_ROWS = 5000
const FLUSH_MS = 2000

export type Extraction = {
  readonly session: ConnectorSession
  readonly stream: Stream
  readonly spool: Spool
  readonly now: () => Date
  /** Reads from the beginning in place of where the spool ends. */
  readonly isFull?: boolean
  /** Said of the source as a whole, beside what the stream says. */
  readonly flags?: readonly string[]
  readonly onRows: (rows: number, bytes: number) => void
}

/**
 * Reads a stream from where its spool ends to the end, and spools what it gets. May be killed or fail at any point:
 * what is spooled stays, and the next call goes on after it.
 */
export async function extractStream(extraction: Extraction): Promise<void> {
  const { session, stream, spool } = extraction
  await dropUnfinishedKeyCheck(spool)
  const buffer = recordBuffer(extraction)
  const cursor = extraction.isFull === true ? null : await spool.cursor()
  for await (const message of session.read(stream, cursor)) {
    if (message.kind === 'records') {
      await buffer.add(message)
      continue
    }
    await buffer.flush()
    await spoolMessage(extraction, message)
  }
  await buffer.flush()
}

/** A list of present keys that was cut off must never be taken for the whole. */
async function dropUnfinishedKeyCheck(spool: Spool): Promise<void> {
  const pending = await spool.pending()
  const lastDone = pending.findLastIndex((segment) => segment.kind === 'done')
  await spool.remove(pending.slice(lastDone + 1).filter((segment) => segment.kind === 'keys'))
}

async function spoolMessage(
  { spool, onRows, flags = [] }: Extraction,
  message: Exclude<StreamMessage, { kind: 'records' }>,
): Promise<void> {
  switch (message.kind) {
    case 'file': {
      const { size, mtimeMs } = await stat(message.path)
      const { path, select, cursor, replaces: file } = message
      await spool.append({ kind: 'file', path, select, cursor, file, bytes: size, modifiedMs: mtimeMs })
      onRows(0, size)
      return
    }
    case 'present_keys': {
      const { batch, mayBeEmpty = false } = message
      await spool.append({ kind: 'keys', rows: batch.numRows, bytes: 0, mayBeEmpty }, [batch])
      return
    }
    case 'deleted': {
      const { batch, cursor } = message
      await spool.append({ kind: 'deleted', cursor, rows: batch.numRows, bytes: 0 }, [batch])
      return
    }
    case 'restated': {
      const { column, from, to, batches } = message
      const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0)
      await spool.append({ kind: 'restated', column, from, to, rows, bytes: 0 }, batches)
      return
    }
    case 'done':
      await spool.append({
        kind: 'done',
        cursor: message.cursor,
        flags: [...(message.flags ?? []), ...flags],
      })
  }
}

/** Gathers small pages so that a segment, with its two disk syncs, is worth writing. */
function recordBuffer({ spool, now, onRows }: Extraction) {
  let batches: RecordBatch[] = []
  let rejected: Rejected[] = []
  let rows = 0
  let cursor: Cursor | null = null
  let since = 0
  const flush = async () => {
    if (cursor === null) return
    const bytes = batches.reduce((sum, batch) => sum + batch.data.byteLength, 0)
    await spool.append(
      { kind: 'records', cursor, rejected, rows, bytes },
      batches.length === 0 ? undefined : batches,
    )
    onRows(rows, bytes)
    batches = []
    rejected = []
    rows = 0
    cursor = null
  }
  const add = async (message: Extract<StreamMessage, { kind: 'records' }>) => {
    if (cursor === null) since = now().getTime()
    const [first] = batches
    if (first !== undefined && String(first.schema) !== String(message.batch.schema)) await flush()
    if (message.batch.numRows > 0) batches.push(message.batch)
    rejected.push(...(message.rejected ?? []))
    rows += message.batch.numRows
    cursor = message.cursor
    // A message without rows brings a place that must not be lost, e.g. the number of an order.
    const isPlace = message.batch.numRows === 0 && (message.rejected ?? []).length === 0
    if (rows >= FLUSH_ROWS || isPlace || now().getTime() - since >= FLUSH_MS) await flush()
  }
  return { add, flush }
}

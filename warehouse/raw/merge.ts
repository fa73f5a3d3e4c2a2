import type { RecordBatch } from 'apache-arrow'
import { UserError } from '#config'
import type { Connection } from '../connection.ts'
import { ensureStreamTables } from './catalog.ts'
import { markAbsentKeys, markGoneKeys, markRestatedKeys, markVanishedKeys } from './deletion.ts'
import type { GoneKeys, RestatedKeys } from './deletion.ts'
import { stageIncoming } from './incoming.ts'
import type { Incoming, Input } from './incoming.ts'
import { writeLedger } from './ledger.ts'
import type { LedgerLine } from './ledger.ts'
import { quarantineRows, resolveReplaced } from './quarantine.ts'
import type { RejectedRow } from './quarantine.ts'
import { dropDuplicates, writeRows } from './rows.ts'
import type { RawStream } from './stream.ts'
import { timestampLiteral } from './target.ts'
import type { Target } from './target.ts'

/** The keys that a source still has. An empty list is not believed unless it may be empty. */
export type PresentKeys = { readonly batches: AsyncIterable<RecordBatch>; readonly mayBeEmpty: boolean }

/** Keys of the rows whose `column` is a day from `from` to before `to`, YYYY-MM-DD. */
export type RestatedDays = Readonly<Record<'column' | 'from' | 'to', string>> & {
  readonly batches: AsyncIterable<RecordBatch>
}

/** Keys that the source says are gone. Rows of the load after the first `rowsBefore` bring theirs back. */
export type Tombstones = { readonly rowsBefore: number; readonly batches: AsyncIterable<RecordBatch> }

/** Everything one load of one stream brings to the merge. `bytes` is what was read from disk. */
export type Load = {
  readonly stream: RawStream
  readonly inputs: readonly Input[]
  readonly rejected: readonly RejectedRow[]
  /** Keys that still exist at the source, if the load checked them; every other row becomes deleted. */
  readonly presentKeys: PresentKeys | null
  /** Days that were read again whole, in the order of reading; what they no longer have becomes deleted. */
  readonly restated?: readonly RestatedDays[]
  readonly tombstones?: readonly Tombstones[]
  readonly cursor: unknown
  readonly spoolSequence: number
  readonly startedAt: Date
  readonly bytes: number
  readonly flags: readonly string[]
}

/** A load in temporary tables; `incoming` is null when it brought nothing. */
export type StagedLoad = Load & {
  readonly incoming: Incoming | null
  readonly keyTable: string | null
  readonly dayTables: readonly RestatedKeys[]
  readonly goneTables: readonly GoneKeys[]
}

/**
 * Reads a load into temporary tables of this connection, before the transaction, so that the transaction is short.
 * `slot` tells the loads of one transaction apart. Throws UserError for a stream without a key.
 */
export async function stageLoad(connection: Connection, load: Load, slot: number): Promise<StagedLoad> {
  if (load.stream.key.length === 0) {
    throw new UserError(`Stream ${load.stream.name} has no key, so its rows cannot be merged. Give it a key.`)
  }
  const { restated = [], tombstones = [] } = load
  const told = load.inputs.length + load.rejected.length + restated.length + tombstones.length
  if (told === 0 && load.presentKeys === null) {
    return { ...load, incoming: null, keyTable: null, dayTables: [], goneTables: [] }
  }
  const incoming = await stageIncoming(
    { connection, table: `incoming_${slot}`, stream: load.stream },
    load.inputs,
    { isOrdered: tombstones.length > 0 },
  )
  const keys = { ...load.stream, schema: load.stream.schema.select([...load.stream.key]) }
  const stageKeys = async (table: string, batches: AsyncIterable<RecordBatch>) =>
    (
      await stageIncoming({ connection, table, stream: keys }, [{ kind: 'arrow', batches }], {
        isOrdered: true,
      })
    ).table
  const dayTables: RestatedKeys[] = []
  for (const [index, { batches, ...days }] of restated.entries()) {
    dayTables.push({ ...days, keyTable: await stageKeys(`restated_${slot}_${index}`, batches) })
  }
  const goneTables: GoneKeys[] = []
  for (const [index, { batches, rowsBefore }] of tombstones.entries()) {
    goneTables.push({ rowsBefore, keyTable: await stageKeys(`gone_${slot}_${index}`, batches) })
  }
  const present = load.presentKeys
  const keyTable = present === null ? null : await stageKeys(`present_${slot}`, present.batches)
  return { ...load, incoming, keyTable, dayTables, goneTables }
}

/**
 * Merges a staged load by key within the caller's transaction: rows, history, quarantine, cursor and ledger line.
 * Rows that did not change are not touched; of two rows with one key the later wins.
 */
export async function mergeLoad(
  connection: Connection,
  load: StagedLoad,
  { source, now }: { readonly source: string; readonly now: Date },
): Promise<LedgerLine> {
  const { stream, incoming, inputs } = load
  const loadId = await nextLoadId(connection)
  const files = inputs.flatMap((input) =>
    input.kind === 'select' && input.file !== null ? [input.file] : [],
  )
  const target = { connection, source, stream, loadId, loadedAt: timestampLiteral(now), files }
  const outcome = incoming === null ? NOTHING : await mergeRows({ ...target, incoming }, load)
  const line: LedgerLine = {
    ...outcome,
    loadId,
    source,
    stream: stream.name,
    startedAt: load.startedAt,
    finishedAt: now,
    bytes: load.bytes,
    durationMs: Math.max(0, now.getTime() - load.startedAt.getTime()),
    flags: [...load.flags, ...outcome.flags],
  }
  await writeLedger(connection, line, load)
  return line
}

type Outcome = Pick<
  LedgerLine,
  'rowsRead' | 'rowsInserted' | 'rowsUpdated' | 'rowsDeleted' | 'rowsQuarantined' | 'flags'
>

const NOTHING: Outcome = {
  rowsRead: 0,
  rowsInserted: 0,
  rowsUpdated: 0,
  rowsDeleted: 0,
  rowsQuarantined: 0,
  flags: [],
}

async function mergeRows(target: Target, load: StagedLoad): Promise<Outcome> {
  const drift = await ensureStreamTables(target.connection, { ...target, columns: target.incoming.columns })
  const vanished = await markVanishedKeys(target)
  const rowsQuarantined = await quarantineRows(target, load.rejected)
  const duplicates = await dropDuplicates(target)
  const counts = await writeRows(target)
  await resolveReplaced(target)
  const gone = await markGoneKeys(target, load.goneTables)
  const restated = await markRestatedKeys(target, load.dayTables)
  const absent = await markAbsent(target, load)
  return {
    rowsRead: target.incoming.rows + load.rejected.length,
    rowsInserted: counts.inserted,
    rowsUpdated: counts.updated,
    rowsDeleted: vanished + gone + restated + absent.deleted,
    rowsQuarantined,
    flags: [...drift, ...(duplicates > 0 ? [`duplicate keys: ${duplicates}`] : []), ...absent.flags],
  }
}

async function nextLoadId(connection: Connection): Promise<number> {
  const [row] = await connection.query('select coalesce(max(load_id), 0) + 1 as load_id from raw_embut.loads')
  return Number(row?.['load_id'] ?? 1)
}

async function markAbsent(target: Target, { keyTable, presentKeys }: StagedLoad) {
  if (keyTable === null) return { deleted: 0, flags: [] }
  return markAbsentKeys(target, keyTable, presentKeys?.mayBeEmpty === true)
}

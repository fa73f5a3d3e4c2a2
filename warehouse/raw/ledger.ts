import type { Connection, Row } from '../connection.ts'
import { literal } from '../sql.ts'
import { timestampLiteral } from './target.ts'

/** One line of the load ledger: what one load of one stream did. Times are UTC. */
export type LedgerLine = {
  readonly loadId: number
  readonly source: string
  readonly stream: string
  readonly startedAt: Date
  readonly finishedAt: Date
  readonly rowsRead: number
  readonly rowsInserted: number
  readonly rowsUpdated: number
  readonly rowsDeleted: number
  readonly rowsQuarantined: number
  readonly bytes: number
  readonly durationMs: number
  readonly flags: readonly string[]
}

/** What raw remembers of a stream: its cursor and the last spool segment that was merged. */
export type StreamState = {
  readonly cursor: unknown
  readonly spoolSequence: number
  readonly loadId: number
}

/** Writes the ledger line and the cursor; part of the merge's transaction. */
export async function writeLedger(
  connection: Connection,
  line: LedgerLine,
  { cursor, spoolSequence }: Omit<StreamState, 'loadId'>,
): Promise<void> {
  const source = literal(line.source)
  const stream = literal(line.stream)
  const counts = [line.rowsRead, line.rowsInserted, line.rowsUpdated, line.rowsDeleted, line.rowsQuarantined]
  const finished = timestampLiteral(line.finishedAt)
  await connection.run(
    `insert into raw_embut.loads values (${line.loadId}, ${source}, ${stream}, ${timestampLiteral(line.startedAt)},
     ${finished}, ${counts.join(', ')}, ${line.bytes}, ${line.durationMs}, ${literal(JSON.stringify(line.flags))})`,
  )
  await connection.run(`delete from raw_embut.cursors where source_name = ${source} and stream = ${stream}`)
  await connection.run(
    `insert into raw_embut.cursors values (${source}, ${stream}, ${literal(JSON.stringify(cursor ?? null))},
     ${spoolSequence}, ${line.loadId}, ${finished})`,
  )
}

/** The states of a source's streams, by stream name. */
export async function readStreamStates(
  connection: Connection,
  source: string,
): Promise<ReadonlyMap<string, StreamState>> {
  const rows = await connection.query(
    `select stream, cursor::varchar as cursor, spool_sequence, load_id from raw_embut.cursors where source_name = $1`,
    [source],
  )
  return new Map(rows.map((row) => [String(row['stream']), parseState(row)]))
}

function parseState(row: Row): StreamState {
  const cursor: unknown = JSON.parse(String(row['cursor']))
  return { cursor, spoolSequence: Number(row['spool_sequence']), loadId: Number(row['load_id']) }
}

/** Ledger lines after `afterLoadId`, oldest first. */
export async function readLedger(connection: Connection, afterLoadId = 0): Promise<readonly LedgerLine[]> {
  const rows = await connection.query(
    `select * replace (flags::varchar as flags) from raw_embut.loads where load_id > $1 order by load_id`,
    [afterLoadId],
  )
  return rows.map(parseLine)
}

function parseLine(row: Row): LedgerLine {
  const number = (name: string) => Number(row[name] ?? 0)
  const flags: unknown = JSON.parse(String(row['flags'] ?? '[]'))
  return {
    loadId: number('load_id'),
    source: String(row['source_name']),
    stream: String(row['stream']),
    startedAt: parseTime(row['started_at']),
    finishedAt: parseTime(row['finished_at']),
    rowsRead: number('rows_read'),
    rowsInserted: number('rows_inserted'),
    rowsUpdated: number('rows_updated'),
    rowsDeleted: number('rows_deleted'),
    rowsQuarantined: number('rows_quarantined'),
    bytes: number('bytes'),
    durationMs: number('duration_ms'),
    flags: Array.isArray(flags) ? flags.map(String) : [],
  }
}

function parseTime(value: unknown): Date {
  return new Date(`${String(value).replace(' ', 'T')}Z`)
}

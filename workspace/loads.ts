import { z } from 'zod'
import type { Context, LoadTable } from './database.ts'
import { fromJson } from './transaction.ts'

/** One line of the load ledger: one stream of one load. Times are ISO 8601 UTC. */
export type Load = {
  readonly loadId: number
  readonly sourceName: string
  readonly stream: string
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly rowsRead: number
  readonly rowsInserted: number
  readonly rowsUpdated: number
  readonly rowsDeleted: number
  readonly rowsQuarantined: number
  readonly bytes: number
  readonly durationMs: number
  readonly flags: readonly string[]
}

export type LoadRepository = ReturnType<typeof loadRepository>

// SQLite allows 32,766 parameters in a statement and a line has 13.
const LINES_PER_STATEMENT = 500

/** The mirror of the warehouse's load ledger, which pages read instead of the warehouse. */
export function loadRepository(context: Context) {
  const { db } = context
  return {
    /** Writes ledger lines; a line already here (load, source, stream) is replaced, so it can be repeated. */
    record: (loads: readonly Load[]): Promise<void> => recordLoads(context, loads),
    /** The newest load id here, or 0: what a repair after a crash starts from. */
    lastLoadId: async (): Promise<number> => {
      const row = await db
        .selectFrom('loads')
        .select((eb) => eb.fn.max('load_id').as('last'))
        .executeTakeFirst()
      return Number(row?.last ?? 0)
    },
    /** Ledger lines, newest first, of one source or all. */
    list: (options: { sourceName?: string; limit?: number } = {}): Promise<Load[]> =>
      listLoads(context, options),
    /** The newest finished line of every source and stream. */
    latest: (): Promise<Load[]> => latestLoads(context),
  }
}

async function recordLoads(context: Context, loads: readonly Load[]): Promise<void> {
  if (loads.length === 0) return
  await context.db.transaction().execute(async (transaction) => {
    for (let from = 0; from < loads.length; from += LINES_PER_STATEMENT) {
      const rows = loads.slice(from, from + LINES_PER_STATEMENT).map(rowOf)
      await transaction
        .insertInto('loads')
        .values(rows)
        .onConflict((conflict) =>
          conflict.columns(['load_id', 'source_name', 'stream']).doUpdateSet((eb) => ({
            started_at: eb.ref('excluded.started_at'),
            finished_at: eb.ref('excluded.finished_at'),
            rows_read: eb.ref('excluded.rows_read'),
            rows_inserted: eb.ref('excluded.rows_inserted'),
            rows_updated: eb.ref('excluded.rows_updated'),
            rows_deleted: eb.ref('excluded.rows_deleted'),
            rows_quarantined: eb.ref('excluded.rows_quarantined'),
            bytes: eb.ref('excluded.bytes'),
            duration_ms: eb.ref('excluded.duration_ms'),
            flags: eb.ref('excluded.flags'),
          })),
        )
        .execute()
    }
  })
}

async function listLoads(
  context: Context,
  { sourceName, limit = 200 }: { sourceName?: string; limit?: number },
): Promise<Load[]> {
  const query = context.db.selectFrom('loads').selectAll()
  const rows = await (sourceName === undefined ? query : query.where('source_name', '=', sourceName))
    .orderBy('load_id', 'desc')
    .orderBy('stream')
    .limit(limit)
    .execute()
  return rows.map(loadOf)
}

async function latestLoads(context: Context): Promise<Load[]> {
  const query = context.db
    .selectFrom('loads')
    .selectAll()
    .where('load_id', '=', (eb) =>
      eb
        .selectFrom('loads as newer')
        .select((inner) => inner.fn.max('newer.load_id').as('load_id'))
        .whereRef('newer.source_name', '=', 'loads.source_name')
        .whereRef('newer.stream', '=', 'loads.stream')
        .where('newer.finished_at', 'is not', null),
    )
  return (await query.orderBy('source_name').orderBy('stream').execute()).map(loadOf)
}

function rowOf(load: Load): LoadTable {
  return {
    load_id: load.loadId,
    source_name: load.sourceName,
    stream: load.stream,
    started_at: load.startedAt,
    finished_at: load.finishedAt,
    rows_read: load.rowsRead,
    rows_inserted: load.rowsInserted,
    rows_updated: load.rowsUpdated,
    rows_deleted: load.rowsDeleted,
    rows_quarantined: load.rowsQuarantined,
    bytes: load.bytes,
    duration_ms: load.durationMs,
    flags: JSON.stringify(load.flags),
  }
}

function loadOf(row: LoadTable): Load {
  return {
    loadId: row.load_id,
    sourceName: row.source_name,
    stream: row.stream,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    rowsRead: row.rows_read,
    rowsInserted: row.rows_inserted,
    rowsUpdated: row.rows_updated,
    rowsDeleted: row.rows_deleted,
    rowsQuarantined: row.rows_quarantined,
    bytes: row.bytes,
    durationMs: row.duration_ms,
    flags: z.array(z.string()).parse(fromJson(row.flags)),
  }
}

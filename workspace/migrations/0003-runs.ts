import type { CreateTableBuilder, Kysely, Migration } from 'kysely'

/** What running work leaves: the ledger's mirror, quarantine, locks, jobs, progress. */
export function runs(): Migration {
  return {
    up: async (db) => {
      await createLoads(db)
      await createQuarantineSummaries(db)
      await createLocks(db)
      await createJobs(db)
      await createProgress(db)
    },
  }
}

const COUNTS = ['rows_read', 'rows_inserted', 'rows_updated', 'rows_deleted', 'rows_quarantined'] as const

async function createLoads(db: Kysely<unknown>): Promise<void> {
  const table: CreateTableBuilder<string, string> = db.schema
    .createTable('loads')
    .addColumn('load_id', 'bigint', (column) => column.notNull())
    .addColumn('source_name', 'text', (column) => column.notNull())
    .addColumn('stream', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text')
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('duration_ms', 'bigint', (column) => column.notNull())
    .addColumn('flags', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('loads_key', ['load_id', 'source_name', 'stream'])
  await COUNTS.reduce(
    (each, name) => each.addColumn(name, 'bigint', (column) => column.notNull()),
    table,
  ).execute()
  await db.schema.createIndex('loads_source_idx').on('loads').columns(['source_name', 'stream']).execute()
}

async function createQuarantineSummaries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('quarantine_summaries')
    .addColumn('load_id', 'bigint', (column) => column.notNull())
    .addColumn('source_name', 'text', (column) => column.notNull())
    .addColumn('entity', 'text', (column) => column.notNull())
    .addColumn('column_name', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('row_count', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('quarantine_summaries_key', [
      'load_id',
      'source_name',
      'entity',
      'column_name',
      'reason',
    ])
    .execute()
}

async function createLocks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('locks')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('token', 'text', (column) => column.notNull())
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('pid', 'integer', (column) => column.notNull())
    .addColumn('process_started', 'text')
    .addColumn('acquired_at', 'text', (column) => column.notNull())
    .addColumn('heartbeat_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute()
}

async function createJobs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('jobs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('unique_key', 'text', (column) => column.unique())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('run_at', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('max_attempts', 'integer', (column) => column.notNull())
    .addColumn('lease_token', 'text')
    .addColumn('lease_owner', 'text')
    .addColumn('lease_expires_at', 'text')
    .addColumn('result', 'text')
    .addColumn('error', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text')
    .execute()
  await db.schema.createIndex('jobs_due_idx').on('jobs').columns(['status', 'run_at']).execute()
}

async function createProgress(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('progress')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('done', 'bigint', (column) => column.notNull())
    .addColumn('total', 'bigint')
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text')
    .addColumn('error', 'text')
    .addPrimaryKeyConstraint('progress_key', ['run_id', 'step'])
    .execute()
}

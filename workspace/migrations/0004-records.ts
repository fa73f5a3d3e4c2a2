import { sql, type Kysely, type Migration } from 'kysely'
import type { DatabaseKind } from '../database.ts'
import { appendOnly } from './append-only.ts'

/** The audit log, settings and secrets. */
export function records(kind: DatabaseKind): Migration {
  return {
    up: async (db) => {
      await createAudit(db, kind)
      await createSettings(db)
      await createSecrets(db)
      await appendOnly(db, kind, 'audit')
    },
  }
}

async function createAudit(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  const serial = kind === 'sqlite' ? sql`integer` : sql`bigserial`
  await db.schema
    .createTable('audit')
    .addColumn('id', serial, (column) =>
      kind === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey(),
    )
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text')
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('detail', 'text', (column) => column.notNull())
    .execute()
}

async function createSettings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('settings')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('updated_by', 'text')
    .addPrimaryKeyConstraint('settings_key', ['user_id', 'key'])
    .execute()
}

async function createSecrets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('secrets')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .execute()
}

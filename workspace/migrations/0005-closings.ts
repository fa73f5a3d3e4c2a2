import { sql, type Migration } from 'kysely'
import type { DatabaseKind } from '../database.ts'
import { appendOnly } from './append-only.ts'

/** Closing and opening of months. */
export function closings(kind: DatabaseKind): Migration {
  return {
    up: async (db) => {
      const serial = kind === 'sqlite' ? sql`integer` : sql`bigserial`
      await db.schema
        .createTable('month_closings')
        .addColumn('id', serial, (column) =>
          kind === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey(),
        )
        .addColumn('month', 'text', (column) => column.notNull())
        .addColumn('version', 'text', (column) => column.notNull())
        .addColumn('results', 'integer', (column) => column.notNull())
        .addColumn('is_closed', 'integer', (column) => column.notNull())
        .addColumn('author', 'text', (column) => column.notNull())
        .addColumn('at', 'text', (column) => column.notNull())
        .execute()
      await appendOnly(db, kind, 'month_closings')
    },
  }
}

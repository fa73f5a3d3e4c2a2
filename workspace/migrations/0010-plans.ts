import { sql, type CreateTableBuilder, type Kysely, type Migration } from 'kysely'
import type { DatabaseKind } from '../database.ts'
import { appendOnly } from './append-only.ts'

/** Plans on their way to being in force: their states, numbers and the answers to them, each with its history. */
export function plans(kind: DatabaseKind): Migration {
  return {
    up: async (db) => {
      await createPlans(db)
      await createCells(db)
      await withSerial(db.schema.createTable('plan_moves'), kind)
        .addColumn('plan_id', 'text', (column) => column.notNull().references('plans.id'))
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('author', 'text', (column) => column.notNull())
        .addColumn('reason', 'text')
        .addColumn('at', 'text', (column) => column.notNull())
        .execute()
      await withSerial(db.schema.createTable('plan_answers'), kind)
        .addColumn('plan_id', 'text', (column) => column.notNull().references('plans.id'))
        .addColumn('person', 'text', (column) => column.notNull())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('answer', 'text', (column) => column.notNull())
        .addColumn('value', 'text')
        .addColumn('author', 'text', (column) => column.notNull())
        .addColumn('reason', 'text')
        .addColumn('at', 'text', (column) => column.notNull())
        .execute()
      for (const table of ['plans', 'plan_cells', 'plan_moves', 'plan_answers']) {
        await appendOnly(db, kind, table)
      }
    },
  }
}

async function createPlans(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('plans')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('month', 'text', (column) => column.notNull())
    .addColumn('metric', 'text', (column) => column.notNull())
    .addColumn('department', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('plans_month_idx').on('plans').columns(['month', 'metric']).execute()
}

async function createCells(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('plan_cells')
    .addColumn('plan_id', 'text', (column) => column.notNull().references('plans.id'))
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('value', 'text')
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('explanation', 'text')
    .addPrimaryKeyConstraint('plan_cells_key', ['plan_id', 'person', 'version'])
    .execute()
  await db.schema.createIndex('plan_cells_person_idx').on('plan_cells').column('person').execute()
}

function withSerial<Table extends string>(
  table: CreateTableBuilder<Table>,
  kind: DatabaseKind,
): CreateTableBuilder<Table, 'id'> {
  return table.addColumn('id', kind === 'sqlite' ? sql`integer` : sql`bigserial`, (column) =>
    kind === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey(),
  )
}

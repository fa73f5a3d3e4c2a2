import type { Kysely, Migration } from 'kysely'
import type { DatabaseKind } from '../database.ts'
import { appendOnly } from './append-only.ts'

/** What people make in Embut: templates, rules, targets, segments, each with its history. */
export function work(kind: DatabaseKind): Migration {
  return {
    up: async (db) => {
      await createTemplates(db)
      await createRules(db)
      await createTargets(db)
      await createSegments(db)
      for (const table of ['template_versions', 'rule_versions', 'target_versions']) {
        await appendOnly(db, kind, table)
      }
    },
  }
}

async function createTemplates(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('templates')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('folder', 'text', (column) => column.notNull())
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('definition', 'text', (column) => column.notNull())
    .addColumn('owner_id', 'text', (column) => column.notNull())
    .addColumn('visibility', 'text', (column) => column.notNull())
    .addColumn('department_ids', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('updated_by', 'text', (column) => column.notNull())
    .addColumn('deleted_at', 'text')
    .execute()
  await db.schema
    .createTable('template_versions')
    .addColumn('template_id', 'text', (column) => column.notNull().references('templates.id'))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('definition', 'text', (column) => column.notNull())
    .addColumn('readable', 'text', (column) => column.notNull())
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('template_versions_key', ['template_id', 'version'])
    .execute()
}

async function createRules(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('rule_versions')
    .addColumn('rule_id', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('is_active', 'integer', (column) => column.notNull())
    .addColumn('valid_from', 'text')
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('rule_versions_key', ['rule_id', 'version'])
    .execute()
}

async function createTargets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('target_versions')
    .addColumn('target_key', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('metric', 'text', (column) => column.notNull())
    .addColumn('month', 'text', (column) => column.notNull())
    .addColumn('person', 'text')
    .addColumn('department', 'text')
    .addColumn('product', 'text')
    .addColumn('source', 'text')
    .addColumn('value', 'text')
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('target_versions_key', ['target_key', 'version'])
    .execute()
  await db.schema.createIndex('target_versions_month_idx').on('target_versions').column('month').execute()
}

async function createSegments(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('segments')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('definition', 'text', (column) => column.notNull())
    .addColumn('owner_id', 'text', (column) => column.notNull())
    .addColumn('visibility', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('updated_by', 'text', (column) => column.notNull())
    .execute()
}

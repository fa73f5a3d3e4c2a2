import type { Migration } from 'kysely'

/** What fields of their own sources were seen to have. */
export const discoveredFields: Migration = {
  up: async (db) => {
    await db.schema
      .createTable('discovered_fields')
      .addColumn('source_name', 'text', (column) => column.notNull())
      .addColumn('entity', 'text', (column) => column.notNull())
      .addColumn('field', 'text', (column) => column.notNull())
      .addColumn('name', 'text')
      .addColumn('records', 'integer', (column) => column.notNull())
      .addColumn('filled', 'integer', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('samples', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('discovered_fields_pk', ['source_name', 'entity', 'field'])
      .execute()
  },
}

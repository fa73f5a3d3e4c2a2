import type { Migration } from 'kysely'

/** Who may change a report beside its owner. */
export const templateEditors: Migration = {
  up: async (db) => {
    const { schema } = db
    const templates = () => schema.alterTable('templates')
    await templates()
      .addColumn('edit_by', 'text', (column) => column.notNull().defaultTo('owner'))
      .execute()
    await templates()
      .addColumn('editor_ids', 'text', (column) => column.notNull().defaultTo('[]'))
      .execute()
  },
}

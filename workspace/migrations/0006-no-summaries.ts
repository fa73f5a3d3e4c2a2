import type { Migration } from 'kysely'

/** The rows that could not be used are published with the marts; nobody reads their counts by load any more. */
export const noSummaries: Migration = {
  up: (db) => db.schema.dropTable('quarantine_summaries').execute(),
}

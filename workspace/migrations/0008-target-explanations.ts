import type { Migration } from 'kysely'

/** Why a version of a target is what it is: how it was proposed. */
export const targetExplanations: Migration = {
  up: async (db) => {
    await db.schema.alterTable('target_versions').addColumn('explanation', 'text').execute()
  },
}

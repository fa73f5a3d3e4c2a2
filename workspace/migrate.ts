import { Migrator, type Kysely, type Migration } from 'kysely'
import { QueryError, reasonOf } from '#config'
import type { DatabaseKind, WorkspaceDatabase } from './database.ts'
import { signIn } from './migrations/0001-sign-in.ts'
import { work } from './migrations/0002-work.ts'
import { runs } from './migrations/0003-runs.ts'
import { records } from './migrations/0004-records.ts'
import { closings } from './migrations/0005-closings.ts'
import { noSummaries } from './migrations/0006-no-summaries.ts'
import { discoveredFields } from './migrations/0007-discovered-fields.ts'
import { targetExplanations } from './migrations/0008-target-explanations.ts'
import { templateEditors } from './migrations/0009-template-editors.ts'
import { plans } from './migrations/0010-plans.ts'

/** All migrations in order; a released one is never edited, only followed by another. */
function migrations(kind: DatabaseKind): Record<string, Migration> {
  return {
    '0001-sign-in': signIn(kind),
    '0002-work': work(kind),
    '0003-runs': runs(),
    '0004-records': records(kind),
    '0005-closings': closings(kind),
    '0006-no-summaries': noSummaries,
    '0007-discovered-fields': discoveredFields,
    '0008-target-explanations': targetExplanations,
    '0009-template-editors': templateEditors,
    '0010-plans': plans(kind),
  }
}

/**
 * Brings the database to the newest schema; does nothing when it is there. Safe when several processes start at once.
 * @throws QueryError naming the migration that failed; the database is then as it was before
 */
export async function migrate(db: Kysely<WorkspaceDatabase>, kind: DatabaseKind): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations(kind)) },
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error === undefined) return
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown'
  throw new QueryError(`Workspace migration ${failed} failed: ${reasonOf(error)}`, {
    sql: failed,
    cause: error,
  })
}

import { sql } from 'kysely'
import type { Context, DatabaseKind, WorkspaceTransaction } from './database.ts'

/**
 * Runs `write` in one transaction; two writers of the same `subject` wait for each other, in any process.
 * On SQLite every writer waits (one write lock); on PostgreSQL only those of the same subject.
 */
export async function inTurn<T>(
  context: Context,
  subject: string,
  write: (transaction: WorkspaceTransaction) => Promise<T>,
): Promise<T> {
  return await context.db.transaction().execute(async (transaction) => {
    await alsoInTurn(context.kind, transaction, subject)
    return await write(transaction)
  })
}

/** Makes a transaction wait for the writers of one more subject. */
export async function alsoInTurn(
  kind: DatabaseKind,
  transaction: WorkspaceTransaction,
  subject: string,
): Promise<void> {
  if (kind !== 'postgres') return
  await sql`select pg_advisory_xact_lock(hashtextextended(${subject}, 0))`.execute(transaction)
}

/** The present instant as ISO 8601 UTC text, the form in which every time is stored and compared. */
export function instant(context: Context): string {
  return context.now().toISOString()
}

/** Stored JSON as a value; its reader parses it further. */
export function fromJson(text: string): unknown {
  return JSON.parse(text)
}

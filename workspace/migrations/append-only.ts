import { sql, type Kysely } from 'kysely'
import type { DatabaseKind } from '../database.ts'

/** Makes the database itself refuse to change or delete a row of `table`. */
export async function appendOnly(db: Kysely<unknown>, kind: DatabaseKind, table: string): Promise<void> {
  await (kind === 'sqlite' ? refuseInSqlite(db, table) : refuseInPostgres(db, table))
}

async function refuseInSqlite(db: Kysely<unknown>, table: string): Promise<void> {
  for (const action of ['update', 'delete']) {
    await sql`create trigger ${sql.ref(`${table}_no_${action}`)} before ${sql.raw(action)} on ${sql.table(table)}
      begin select raise(abort, ${sql.lit(`${table} is append-only`)}); end`.execute(db)
  }
}

async function refuseInPostgres(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`create or replace function refuse_change() returns trigger language plpgsql as
    $$ begin raise exception '% is append-only', tg_table_name; end $$`.execute(db)
  await sql`create trigger ${sql.ref(`${table}_append_only`)} before update or delete or truncate
    on ${sql.table(table)} for each statement execute function refuse_change()`.execute(db)
}

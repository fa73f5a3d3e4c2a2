import type { Connection } from '../connection.ts'
import { qualified, sameKey } from '../sql.ts'
import { OP_COLUMN, SUPERSEDED } from './stream.ts'
import type { RawStream } from './stream.ts'
import { targetTable } from './target.ts'
import type { Target } from './target.ts'

/**
 * Makes the view of all versions of a stream's rows: the superseded ones and those that the table has now, so that a row
 * that never changed is on the disk once.
 */
export async function replaceHistoryView(
  connection: Connection,
  schema: string,
  stream: string,
): Promise<void> {
  await connection.run(
    `create or replace view ${qualified(schema, `${stream}__history`)} as
     from ${qualified(schema, `${stream}${SUPERSEDED}`)} union all by name from ${qualified(schema, stream)}`,
  )
}

/** Brings a table whose history has its present versions too, as earlier releases wrote it, to that form. */
export async function separateHistory(
  connection: Connection,
  schema: string,
  { name, key }: RawStream,
): Promise<void> {
  const history = qualified(schema, `${name}__history`)
  const isTable = await connection.query(
    `select 1 from duckdb_tables() where schema_name = $1 and table_name = $2 and database_name = current_database()`,
    [schema, `${name}__history`],
  )
  if (isTable.length === 0) return
  const table = qualified(schema, name)
  const isPresent = `${sameKey('t', 'h', key)} and t._load_id = h._load_id and t._deleted = h._deleted`
  await connection.run(`alter table ${table} add column ${OP_COLUMN.name} ${OP_COLUMN.type} default 'insert'`)
  await connection.run(
    `create table ${qualified(schema, `${name}${SUPERSEDED}`)} as
     select h.* from ${history} as h where not exists (from ${table} as t where ${isPresent})`,
  )
  await connection.run(
    `update ${table} as t set _op = h._op from ${history} as h where ${isPresent} and h._op <> 'insert'`,
  )
  await connection.run(`drop table ${history}`)
}

/** Keeps the versions that rows `t` of the table have, before others take their place. */
export async function keepVersions(target: Target, condition: string): Promise<void> {
  await target.connection.run(
    `insert into ${targetTable(target, SUPERSEDED)} by name select t.* from ${targetTable(target)} as t where ${condition}`,
  )
}

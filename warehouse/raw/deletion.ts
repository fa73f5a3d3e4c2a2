import type { Connection } from '../connection.ts'
import { columnList, identifier, keyHash, literal, sameKey } from '../sql.ts'
import type { Incoming } from './incoming.ts'
import { targetTable } from './target.ts'
import type { Target } from './target.ts'

/**
 * For files read again: remembers which keys each has now, and marks rows deleted whose key no file has any more.
 * Returns how many rows it marked.
 */
export async function markVanishedKeys(
  connection: Connection,
  target: Target,
  incoming: Incoming,
  files: readonly string[],
): Promise<number> {
  if (files.length === 0) return 0
  const mine = `source_name = ${literal(target.source)} and entity = ${literal(target.stream.name)}`
  const theirs = `${mine} and file in (${files.map(literal).join(', ')})`
  await connection.run(
    `create or replace temp table vanished as select key_hash from raw_embut.file_keys where ${theirs}`,
  )
  await connection.run(`delete from raw_embut.file_keys where ${theirs}`)
  await connection.run(
    `insert into raw_embut.file_keys
     select ${literal(target.source)}, ${literal(target.stream.name)}, _file, ${keyHash(target.stream.key)}
     from ${identifier(incoming.table)}`,
  )
  await connection.run(
    `delete from vanished where key_hash in (select key_hash from raw_embut.file_keys where ${mine})`,
  )
  const [left] = await connection.query('select count(*) as n from vanished')
  if (Number(left?.['n'] ?? 0) === 0) return 0
  return markDeleted(
    connection,
    target,
    `${keyHash(target.stream.key, 't')} in (select key_hash from vanished)`,
  )
}

/**
 * Marks rows deleted that are neither among the keys the source still lists nor in this load. An empty list is not
 * believed: a source that lost its rights lists nothing, and that must not empty a table.
 */
export async function markAbsentKeys(
  connection: Connection,
  target: Target,
  keyTable: string,
  incoming: Incoming,
  mayBeEmpty: boolean,
): Promise<{ readonly deleted: number; readonly flags: readonly string[] }> {
  const [listed] = await connection.query(`select count(*) as n from ${identifier(keyTable)}`)
  if (Number(listed?.['n'] ?? 0) === 0 && !mayBeEmpty)
    return { deleted: 0, flags: ['empty key list ignored'] }
  const key = target.stream.key
  const known = `select ${columnList(key)} from ${identifier(keyTable)}
    union all select ${columnList(key)} from ${identifier(incoming.table)}`
  const absent = `not exists (from (${known}) as k where ${sameKey('k', 't', key)})`
  return { deleted: await markDeleted(connection, target, absent), flags: [] }
}

async function markDeleted(connection: Connection, target: Target, condition: string): Promise<number> {
  const stamp = `${target.loadId} as _load_id, ${target.loadedAt} as _loaded_at, true as _deleted`
  await connection.run(
    `insert into ${targetTable(target, '__history')} by name
     select t.* replace (${stamp}), 'delete' as _op from ${targetTable(target)} as t
     where not t._deleted and ${condition}`,
  )
  return connection.run(
    `update ${targetTable(target)} as t
     set _deleted = true, _load_id = ${target.loadId}, _loaded_at = ${target.loadedAt}
     where not t._deleted and ${condition}`,
  )
}

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
  const [file] = files
  if (file === undefined) return 0
  const mine = `source_name = ${literal(target.source)} and entity = ${literal(target.stream.name)}`
  const sole = await soleFile(connection, mine)
  if (files.length === 1 && (sole === file || (sole === null && (await isUntouched(connection, target))))) {
    if (sole === null)
      await connection.run(`insert into raw_embut.sole_files values (${owner(target)}, ${literal(file)})`)
    return markDeleted(connection, target, absentFrom(target, identifier(incoming.table)))
  }
  if (sole !== null) await endSoleFile(connection, target, mine, sole)
  return replaceFileKeys(connection, target, incoming, mine, files)
}

/** While one file alone feeds a table, the table itself says which keys the file has, and no list is kept. */
async function soleFile(connection: Connection, mine: string): Promise<string | null> {
  const [row] = await connection.query(`select file from raw_embut.sole_files where ${mine}`)
  return row === undefined ? null : String(row['file'])
}

async function isUntouched(connection: Connection, target: Target): Promise<boolean> {
  return (await connection.query(`select 1 from ${targetTable(target)} limit 1`)).length === 0
}

async function endSoleFile(
  connection: Connection,
  target: Target,
  mine: string,
  sole: string,
): Promise<void> {
  await connection.run(
    `insert into raw_embut.file_keys
     select ${owner(target)}, ${literal(sole)}, ${keyHash(target.stream.key)} from ${targetTable(target)}
     where not _deleted`,
  )
  await connection.run(`delete from raw_embut.sole_files where ${mine}`)
}

async function replaceFileKeys(
  connection: Connection,
  target: Target,
  incoming: Incoming,
  mine: string,
  files: readonly string[],
): Promise<number> {
  const theirs = `${mine} and file in (${files.map(literal).join(', ')})`
  await connection.run(
    `create or replace temp table vanished as select key_hash from raw_embut.file_keys where ${theirs}`,
  )
  await connection.run(`delete from raw_embut.file_keys where ${theirs}`)
  await connection.run(
    `insert into raw_embut.file_keys select ${owner(target)}, _file, ${keyHash(target.stream.key)}
     from ${identifier(incoming.table)}`,
  )
  await connection.run(
    `delete from vanished where key_hash in (select key_hash from raw_embut.file_keys where ${mine})`,
  )
  return markDeleted(
    connection,
    target,
    `${keyHash(target.stream.key, 't')} in (select key_hash from vanished)`,
  )
}

function owner({ source, stream }: Target): string {
  return `${literal(source)}, ${literal(stream.name)}`
}

function absentFrom(target: Target, keys: string): string {
  return `not exists (from ${keys} as k where ${sameKey('k', 't', target.stream.key)})`
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
  return { deleted: await markDeleted(connection, target, absentFrom(target, `(${known})`)), flags: [] }
}

async function markDeleted(connection: Connection, target: Target, condition: string): Promise<number> {
  const goes = `not t._deleted and ${condition}`
  const [found] = await connection.query(`select 1 from ${targetTable(target)} as t where ${goes} limit 1`)
  if (found === undefined) return 0
  const stamp = `${target.loadId} as _load_id, ${target.loadedAt} as _loaded_at, true as _deleted`
  await connection.run(
    `insert into ${targetTable(target, '__history')} by name
     select t.* replace (${stamp}), 'delete' as _op from ${targetTable(target)} as t
     where ${goes}`,
  )
  return connection.run(
    `update ${targetTable(target)} as t
     set _deleted = true, _load_id = ${target.loadId}, _loaded_at = ${target.loadedAt}
     where ${goes}`,
  )
}

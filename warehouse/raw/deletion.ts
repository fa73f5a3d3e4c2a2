import { columnList, identifier, keyHash, literal, sameKey } from '../sql.ts'
import { keepVersions } from './history.ts'
import { isOfTarget, targetTable } from './target.ts'
import type { Target } from './target.ts'

/**
 * For files read again: remembers which keys each has now, and marks rows deleted whose key no file has any more. A
 * row that can't be used still holds its key. Returns how many rows it marked.
 */
export async function markVanishedKeys(target: Target): Promise<number> {
  const { connection, files, incoming } = target
  const [file] = files
  if (file === undefined) return 0
  const sole = await soleFile(target)
  const isSole = files.length === 1 && (sole === file || (sole === null && (await isUntouched(target))))
  if (!isSole) {
    if (sole !== null) await endSoleFile(target, sole)
    return replaceFileKeys(target)
  }
  if (sole === null) {
    await connection.run(`insert into raw_embut.sole_files values (${owner(target)}, ${literal(file)})`)
  }
  return markDeleted(target, absentFrom(target, identifier(incoming.table)))
}

/** While one file alone feeds a table, the table itself says which keys the file has, and no list is kept. */
async function soleFile(target: Target): Promise<string | null> {
  const [row] = await target.connection.query(
    `select file from raw_embut.sole_files where ${isOfTarget(target)}`,
  )
  return row === undefined ? null : String(row['file'])
}

async function isUntouched(target: Target): Promise<boolean> {
  return (await target.connection.query(`select 1 from ${targetTable(target)} limit 1`)).length === 0
}

async function endSoleFile(target: Target, sole: string): Promise<void> {
  const { connection, stream } = target
  await connection.run(
    `insert into raw_embut.file_keys
     select ${owner(target)}, ${literal(sole)}, ${keyHash(stream.key)} from ${targetTable(target)}
     where not _deleted`,
  )
  await connection.run(`delete from raw_embut.sole_files where ${isOfTarget(target)}`)
}

async function replaceFileKeys(target: Target): Promise<number> {
  const { connection, files, incoming, stream } = target
  const mine = isOfTarget(target)
  const theirs = `${mine} and file in (${files.map(literal).join(', ')})`
  await connection.run(
    `create or replace temp table vanished as select key_hash from raw_embut.file_keys where ${theirs}`,
  )
  await connection.run(`delete from raw_embut.file_keys where ${theirs}`)
  await connection.run(
    `insert into raw_embut.file_keys select ${owner(target)}, _file, ${keyHash(stream.key)}
     from ${identifier(incoming.table)}
     where ${stream.key.map((name) => `${identifier(name)} is not null`).join(' and ')}`,
  )
  await connection.run(
    `delete from vanished where key_hash in (select key_hash from raw_embut.file_keys where ${mine})`,
  )
  return markDeleted(target, `${keyHash(stream.key, 't')} in (select key_hash from vanished)`)
}

function owner({ source, stream }: Target): string {
  return `${literal(source)}, ${literal(stream.name)}`
}

function absentFrom({ stream }: Target, keys: string): string {
  return `not exists (from ${keys} as k where ${sameKey('k', 't', stream.key)})`
}

/**
 * Marks rows deleted that are neither among the keys the source still lists nor in this load. An empty list is not
 * believed: a source that lost its rights lists nothing, and that must not empty a table.
 */
export async function markAbsentKeys(
  target: Target,
  keyTable: string,
  mayBeEmpty: boolean,
): Promise<{ readonly deleted: number; readonly flags: readonly string[] }> {
  const { connection, incoming, stream } = target
  const [listed] = await connection.query(`select count(*) as n from ${identifier(keyTable)}`)
  if (Number(listed?.['n'] ?? 0) === 0 && !mayBeEmpty) {
    return { deleted: 0, flags: ['empty key list ignored'] }
  }
  const known = `select ${columnList(stream.key)} from ${identifier(keyTable)}
    union all select ${columnList(stream.key)} from ${identifier(incoming.table)}`
  return { deleted: await markDeleted(target, absentFrom(target, `(${known})`)), flags: [] }
}

/** A table of keys that are gone, and after how many of the load's rows that was told. */
export type GoneKeys = { readonly keyTable: string; readonly rowsBefore: number }

/** Marks rows deleted that the source says are gone and that did not come again after. Returns how many it marked. */
export async function markGoneKeys(target: Target, gone: readonly GoneKeys[]): Promise<number> {
  const { incoming, stream } = target
  let marked = 0
  for (const { keyTable, rowsBefore } of gone) {
    const isGone = `exists (from ${identifier(keyTable)} as k where ${sameKey('k', 't', stream.key)})`
    const came = `(select * from ${identifier(incoming.table)} where rowid >= ${rowsBefore})`
    marked += await markDeleted(target, `${isGone} and ${absentFrom(target, came)}`)
  }
  return marked
}

/** A table of keys, and the days of which they are all there are. */
export type RestatedKeys = Readonly<Record<'keyTable' | 'column' | 'from' | 'to', string>>

/**
 * Marks rows deleted that a day read again no longer has. Days may have been read several times in one load: the last
 * time counts. Returns how many rows it marked.
 */
export async function markRestatedKeys(target: Target, restated: readonly RestatedKeys[]): Promise<number> {
  const key = columnList(target.stream.key)
  let marked = 0
  for (const [index, { column, from, to }] of restated.entries()) {
    const day = `t.${identifier(column)}`
    const known = restated
      .slice(index)
      .map(({ keyTable }) => `select ${key} from ${identifier(keyTable)}`)
      .join(' union all ')
    const within = `${day} >= date ${literal(from)} and ${day} < date ${literal(to)}`
    marked += await markDeleted(target, `${within} and ${absentFrom(target, `(${known})`)}`)
  }
  return marked
}

async function markDeleted(target: Target, condition: string): Promise<number> {
  const { connection, loadId, loadedAt } = target
  const goes = `not t._deleted and ${condition}`
  const [found] = await connection.query(`select 1 from ${targetTable(target)} as t where ${goes} limit 1`)
  if (found === undefined) return 0
  await keepVersions(target, goes)
  return connection.run(
    `update ${targetTable(target)} as t
     set _deleted = true, _op = 'delete', _load_id = ${loadId}, _loaded_at = ${loadedAt} where ${goes}`,
  )
}

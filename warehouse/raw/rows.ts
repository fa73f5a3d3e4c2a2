import { keepOrder } from '../connection.ts'
import type { Connection } from '../connection.ts'
import { columnList, identifier, sameKey } from '../sql.ts'
import { keepVersions } from './history.ts'
import { targetTable } from './target.ts'
import type { Target } from './target.ts'

export type RowCounts = { readonly inserted: number; readonly updated: number }

/** Deletes all but the last of the incoming rows that share a key; returns how many were dropped. */
export async function dropDuplicates(target: Target): Promise<number> {
  const { connection, incoming } = target
  if (incoming.isUnique) return 0
  const key = columnList(target.stream.key)
  const distinct = target.stream.key.length === 1 ? key : `(${key})`
  const table = identifier(incoming.table)
  const [row] = await connection.query(`select count(*) - count(distinct ${distinct}) as extra from ${table}`)
  if (Number(row?.['extra'] ?? 0) === 0) return 0
  return connection.run(
    `delete from ${table} where rowid not in (select max(rowid) from ${table} group by ${key})`,
  )
}

/** Writes new and changed rows, and keeps the versions they had. A row that is as it was is not touched. */
export async function writeRows(target: Target): Promise<RowCounts> {
  const { connection, incoming } = target
  const table = targetTable(target)
  const names = incoming.brought
  const isFirst = (await connection.query(`select 1 from ${table} limit 1`)).length === 0
  if (isFirst)
    return { inserted: await insertRows(target, names, { from: incoming.table, op: `'insert'` }), updated: 0 }
  const changes = `${incoming.table}_changes`
  await classifyRows(target, changes)
  const counts = await countChanges(connection, changes)
  if (counts.updated > 0) {
    const changed = `t.rowid in (select _stands_at from ${identifier(changes)} where _op = 'update')`
    await keepVersions(target, changed)
    await connection.run(`delete from ${table} as t where ${changed}`)
  }
  if (counts.inserted + counts.updated > 0) await insertRows(target, names, { from: changes, op: '_op' })
  return counts
}

/** A load of at most so many rows looks for them by key alone, and then at no more than those it found. */
const FEW_ROWS = 10_000

/** The rows of the table that the incoming ones are compared with, and where each stands, as a FROM item. */
async function comparedRows(target: Target): Promise<string> {
  const { connection, incoming, stream } = target
  const table = targetTable(target)
  const rows = `select rowid as _stands_at, * from ${table}`
  if (incoming.rows > FEW_ROWS) return `(${rows})`
  const found = `${incoming.table}_found`
  await connection.run(
    `create or replace temp table ${identifier(found)} as select t.rowid as stands_at from ${table} as t
     where exists (from ${identifier(incoming.table)} as i where ${sameKey('t', 'i', stream.key)})`,
  )
  return `(${rows} where rowid in (select stands_at from ${identifier(found)}))`
}

async function classifyRows(target: Target, into: string): Promise<void> {
  const { connection, incoming } = target
  const compared = await comparedRows(target)
  const key = target.stream.key
  const { brought } = incoming
  const differs = [...incoming.columns.map(({ name }) => name), '_extra']
    .filter((name) => !key.includes(name))
    .map((name) => {
      const ours = `t.${identifier(name)}`
      return brought.includes(name)
        ? ` or ${ours} is distinct from i.${identifier(name)}`
        : ` or ${ours} is not null`
    })
  await connection.run(
    `create or replace temp table ${identifier(into)} as
     select ${columnList(brought, 'i')}, t._stands_at, case when t._load_id is null then 'insert' else 'update' end as _op
     from ${identifier(incoming.table)} as i left join ${compared} as t on ${sameKey('t', 'i', key)}
     where t._load_id is null or t._deleted${differs.join('')}
     order by i.rowid`,
  )
}

async function countChanges(connection: Connection, changes: string): Promise<RowCounts> {
  const rows = await connection.query(`select _op, count(*) as n from ${identifier(changes)} group by _op`)
  const count = (op: string) => Number(rows.find((row) => row['_op'] === op)?.['n'] ?? 0)
  return { inserted: count('insert'), updated: count('update') }
}

async function insertRows(
  target: Target,
  names: readonly string[],
  { from, op }: { readonly from: string; readonly op: string },
): Promise<number> {
  const { connection } = target
  const columns = columnList(names)
  // Rows are found by key and never by place.
  await keepOrder(connection, false)
  return connection.run(
    `insert into ${targetTable(target)}(${columns}, _load_id, _loaded_at, _deleted, _op)
     select ${columns}, ${target.loadId}, ${target.loadedAt}, false, ${op} from ${identifier(from)}`,
  )
}

import { identifier, literal } from '../sql.ts'
import type { Incoming } from './incoming.ts'
import { isOfTarget } from './target.ts'
import type { Target } from './target.ts'

/** A row that a connector could not use. */
export type RejectedRow = {
  readonly row: unknown
  readonly column?: string
  readonly value?: string
  readonly reason: string
  readonly file?: string
  readonly line?: number
}

/**
 * Moves unusable rows to `raw_embut.quarantine`, with reason and place, and closes those of files read again that
 * are good now. A row already there is not entered twice. Returns how many rows of this load are unusable.
 */
export async function quarantineRows(target: Target, rejected: readonly RejectedRow[]): Promise<number> {
  const { connection, incoming } = target
  await connection.run(
    `create or replace temp table rejected as ${fromConnector(rejected)} ${fromIncoming(incoming)}`,
  )
  await connection.run(`delete from ${identifier(incoming.table)} where _problem is not null`)
  await connection.run(
    `create or replace temp table rejected as
     select *, md5(concat_ws(chr(31), ${literal(target.source)}, ${literal(target.stream.name)}, coalesce(file, ''),
       coalesce(line::varchar, ''), coalesce("row"::varchar, ''), column_name, reason)) as quarantine_id
     from rejected`,
  )
  await resolveMended(target)
  await connection.run(
    `insert into raw_embut.quarantine by name
     select any_value(columns(* exclude (quarantine_id))), quarantine_id, ${target.loadId} as load_id,
       ${literal(target.source)} as source_name, ${literal(target.stream.name)} as entity
     from rejected
     where quarantine_id not in (select quarantine_id from raw_embut.quarantine where resolved_at is null)
     group by quarantine_id`,
  )
  const [row] = await connection.query('select count(*) as n from rejected')
  return Number(row?.['n'] ?? 0)
}

/** Closes rows that came from no file and whose key has come again with a row that could be used. */
export async function resolveReplaced(target: Target): Promise<void> {
  const { connection, incoming } = target
  const open = `${isOfTarget(target)} and file is null and resolved_at is null and load_id < ${target.loadId}`
  const [row] = await connection.query(`select count(*) as n from raw_embut.quarantine where ${open}`)
  if (Number(row?.['n'] ?? 0) === 0) return
  const same = target.stream.key.map(
    (name) => `json_extract_string("row", ${literal(`$."${name}"`)}) = i.${identifier(name)}::varchar`,
  )
  await connection.run(
    `update raw_embut.quarantine set resolved_at = ${target.loadedAt}
     where ${open} and exists (from ${identifier(incoming.table)} as i where ${same.join(' and ')})`,
  )
}

async function resolveMended(target: Target): Promise<void> {
  const { connection, files } = target
  if (files.length === 0) return
  await connection.run(
    `update raw_embut.quarantine set resolved_at = ${target.loadedAt}
     where ${isOfTarget(target)} and file in (${files.map(literal).join(', ')}) and resolved_at is null
       and quarantine_id not in (select quarantine_id from rejected)`,
  )
}

function fromIncoming(incoming: Incoming): string {
  return `select _row as "row", _problem.column_name as column_name, _problem."value" as "value",
    _problem.reason as reason, _file as file, _line as line
    from ${identifier(incoming.table)} where _problem is not null`
}

function fromConnector(rejected: readonly RejectedRow[]): string {
  if (rejected.length === 0) return ''
  const rows = rejected.map(({ row, column, value, reason, file, line }) => ({
    row: row ?? null,
    column_name: column ?? null,
    value: value ?? null,
    reason,
    file: file ?? null,
    line: line ?? null,
  }))
  const shape = `[{"row":"JSON","column_name":"VARCHAR","value":"VARCHAR","reason":"VARCHAR","file":"VARCHAR","line":"BIGINT"}]`
  return `select unnest(from_json(${literal(JSON.stringify(rows))}, ${literal(shape)}), recursive := true) union all`
}

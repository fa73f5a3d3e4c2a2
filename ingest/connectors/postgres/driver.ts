import pg from 'pg'
import type { Client } from 'pg'
import { csvCells, writeChunk } from '../database/chunk.ts'
import type { ChangeTracking, Column, ColumnKind, Driver, Selection, Written } from '../database/driver.ts'
import { placeError, tlsOf } from '../database/place.ts'
import type { Place } from '../database/place.ts'
import { copyOut } from './copy-out.ts'

// Of the transaction, not of the session, so that it also holds behind a pooler that shares sessions.
const BEGIN = `begin transaction isolation level repeatable read read only;
  set local timezone to 'UTC'; set local datestyle to 'ISO, YMD'; set local intervalstyle to 'postgres';
  set local bytea_output to 'hex'; set local client_encoding to 'UTF8'`

/** Connects with a read-only session. Throws UserError for an address or a certificate that doesn't hold. */
export async function connectPostgres(place: Place): Promise<Driver> {
  const client = new pg.Client({
    connectionString: place.url,
    ssl: tlsOf(place),
    application_name: 'embut',
    connectionTimeoutMillis: 20_000,
    keepAlive: true,
  })
  // A connection that breaks while nothing runs; the next statement tells.
  client.on('error', () => {})
  const explained = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw placeError(place, error)
    }
  }
  await explained(() => client.connect())
  const read = <T>(work: () => Promise<T>) => explained(() => inTransaction(client, work))
  const rows = (sql: string, values: readonly unknown[] = []) => read(() => rowsOf(client, sql, values))
  const value = async (select: string) => (await rows(select))[0]?.[0] ?? null
  return {
    quote: (name) => pg.escapeIdentifier(name),
    literal: (text) => pg.escapeLiteral(text),
    minutesBefore,
    tomorrow: `localtimestamp + interval '1 day'`,
    columnsOf: (relation) => read(() => columnsOf(client, relation)),
    primaryKeyOf: async (table) => (await rows(PRIMARY_KEY, [quoted(table)])).map(([name]) => String(name)),
    tables: async () => (await rows(TABLES)).map(([name]) => String(name)),
    value,
    copy: (selection, to) => read(() => copyTo(client, selection, to)),
    changes: xminChanges(value),
    close: () => client.end(),
  }
}

/** A table's name as SQL takes it: each part quoted. */
function quoted(table: string): string {
  return table.split('.').map(pg.escapeIdentifier).join('.')
}

const PRIMARY_KEY = `select a.attname from pg_constraint c
  cross join lateral unnest(c.conkey) with ordinality as k(attnum, position)
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
  where c.contype = 'p' and c.conrelid = to_regclass($1) order by k.position`

const TABLES = `select case table_schema when 'public' then table_name else table_schema || '.' || table_name end
  from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') order by 1`

async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query(BEGIN)
  try {
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    // The connection may be gone, and the first error is the one that tells.
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

async function rowsOf(
  client: Client,
  sql: string,
  values: readonly unknown[],
): Promise<readonly (readonly (string | null)[])[]> {
  const { rows } = await client.query<(string | null)[]>({
    text: sql,
    values: [...values],
    rowMode: 'array',
    types: { getTypeParser: () => (text: string) => text },
  })
  return rows
}

const KINDS: Readonly<Record<number, ColumnKind>> = {
  16: 'boolean',
  17: 'binary',
  20: 'number',
  21: 'number',
  23: 'number',
  26: 'number',
  700: 'number',
  701: 'number',
  790: 'number',
  1700: 'number',
  1082: 'date',
  1114: 'timestamp',
  1184: 'instant',
  1186: 'number',
}
const MONEY = 790
const INTERVAL = 1186

async function columnsOf(client: Client, relation: string): Promise<readonly Column[]> {
  const { fields } = await client.query(`select * from ${relation} limit 0`)
  return fields.map(({ name, dataTypeID: type }) => {
    const column = `src.${pg.escapeIdentifier(name)}`
    return { name, kind: KINDS[type] ?? 'text', text: textOf(column, type), raw: column }
  })
}

/** Money without its sign, an interval in seconds, and no date for one that never comes. */
function textOf(column: string, type: number): string {
  if (type === MONEY) return `${column}::numeric`
  if (type === INTERVAL) return `extract(epoch from ${column})`
  const kind = KINDS[type]
  const isMoment = kind === 'date' || kind === 'timestamp' || kind === 'instant'
  return isMoment ? `case when isfinite(${column}) then ${column} end` : column
}

function minutesBefore(literal: string, kind: ColumnKind, minutes: number): string {
  const type = kind === 'instant' ? 'timestamptz' : 'timestamp'
  return `(${literal}::${type} - interval '${minutes} minutes')`
}

async function copyTo(client: Client, { cells, tail }: Selection, to: string): Promise<Written> {
  let rows = 0
  // The client reads the next rows into the memory of this one, so the last is kept apart.
  let last = Buffer.alloc(4096)
  let size = 0
  const chunk = await writeChunk(to, (file) =>
    copyOut(client, `copy (select ${cells.join(', ')} ${tail}) to stdout (format csv)`, (row) => {
      file.add(row)
      rows += 1
      size = row.length
      if (size > last.length) last = Buffer.alloc(size * 2)
      last.set(row)
    }),
  )
  return { chunk, rows, last: rows === 0 ? [] : csvCells(last.toString('utf8', 0, size)) }
}

const HALF_ROUND = 2n ** 31n

/**
 * A row's `xmin` is the transaction that wrote it, of which only the last 32 bits are kept: they tell older from newer
 * over half a round. The mark is the oldest transaction that still runs, so that one that commits late is not missed.
 */
function xminChanges(value: (select: string) => Promise<string | null>): ChangeTracking {
  const mark = async () => (await value('select pg_snapshot_xmin(pg_current_snapshot())')) ?? '0'
  return {
    mark,
    changedSince: async (since) => {
      const passed = BigInt(await mark()) - BigInt(since)
      if (passed < 0n || passed >= HALF_ROUND) return null
      const low = BigInt(since) % 2n ** 32n
      return `(src.xmin::text::bigint - ${low} + 4294967296) % 4294967296 < ${HALF_ROUND}`
    },
  }
}

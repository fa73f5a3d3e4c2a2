import { writeChunk } from '../database/chunk.ts'
import type { Column, ColumnKind, Driver, Selection, Written } from '../database/driver.ts'
import type { Place } from '../database/place.ts'
import { connect } from './connection.ts'
import type { MysqlConnection } from './connection.ts'

/** Connects with a read-only session in UTC. Throws UserError for an address or a certificate that doesn't hold. */
export async function connectMysql(place: Place): Promise<Driver> {
  const connection = await connect(place)
  const { rows } = connection
  const names = async (sql: string, values: readonly string[] = []) =>
    (await rows(sql, values)).map(([name]) => String(name))
  return {
    quote,
    literal,
    minutesBefore: (text, _, minutes) => `date_sub(${text}, interval ${Math.round(minutes * 60)} second)`,
    tomorrow: 'date_add(utc_timestamp(), interval 1 day)',
    columnsOf: (relation) => columnsOf(connection, relation),
    primaryKeyOf: (table) => names(PRIMARY_KEY, table.includes('.') ? table.split('.') : ['', table]),
    tables: () => names(TABLES),
    value: async (select) => (await rows(select))[0]?.[0] ?? null,
    copy: (selection, to) => copyTo(connection, selection, to),
    close: () => connection.close(),
  }
}

const PRIMARY_KEY = `select column_name from information_schema.key_column_usage
  where constraint_name = 'PRIMARY' and table_schema = coalesce(nullif(?, ''), database()) and table_name = ?
  order by ordinal_position`

const TABLES = `select if(table_schema = database(), table_name, concat(table_schema, '.', table_name))
  from information_schema.tables
  where table_schema not in ('information_schema', 'mysql', 'performance_schema', 'sys') order by 1`

function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}

/** A number without quotes, for with them MySQL compares as floating point and long numbers become equal. */
function literal(text: string, kind: ColumnKind): string {
  if (kind === 'number' && /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(text)) return text
  if (kind === 'binary') return `x'${text.replace(/[^0-9A-Fa-f]/g, '')}'`
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

// The numbers of the protocol's column types.
const KINDS: Readonly<Record<number, ColumnKind>> = {
  0: 'number',
  1: 'number',
  2: 'number',
  3: 'number',
  4: 'number',
  5: 'number',
  7: 'instant',
  8: 'number',
  9: 'number',
  10: 'date',
  12: 'timestamp',
  13: 'number',
  16: 'number',
  246: 'number',
}
const BLOBS = [249, 250, 251, 252, 253, 254]
const BIT = 16
const BINARY_CHARSET = 63
/** Whole numbers, decimals, dates, times and texts: in an answer they stand as `char` has them. */
const PLAIN = [0, 1, 2, 3, 7, 8, 9, 10, 12, 13, 15, 246, 249, 250, 251, 252, 253, 254]

async function columnsOf(connection: MysqlConnection, relation: string): Promise<readonly Column[]> {
  const fields = await connection.fields(`select * from ${relation} limit 0`)
  return fields.map(({ name, type, charset }) => {
    const isBinary = BLOBS.includes(type) && charset === BINARY_CHARSET
    const kind = isBinary ? 'binary' : (KINDS[type] ?? 'text')
    const column = `src.${quote(name)}`
    return { name, kind, text: textOf(column, kind, type), raw: rawOf(column, kind, type) }
  })
}

/** A zero date is none; an instant comes in UTC, for the session is. */
function textOf(column: string, kind: ColumnKind, type: number): string {
  const raw = rawOf(column, kind, type)
  if (kind === 'instant') return `if(${column} = 0, null, concat(${raw}, '+00'))`
  return kind === 'date' || kind === 'timestamp' ? `if(${column} = 0, null, ${raw})` : raw
}

/** What the server sends as that text by itself is left to it, which costs it least. */
function rawOf(column: string, kind: ColumnKind, type: number): string {
  if (kind === 'binary') return `hex(${column})`
  if (type === BIT) return `cast(${column} + 0 as char)`
  if (PLAIN.includes(type)) return column
  return kind === 'text' ? `convert(${column} using utf8mb4)` : `cast(${column} as char)`
}

async function copyTo(connection: MysqlConnection, { cells, tail }: Selection, to: string): Promise<Written> {
  let rows = 0
  let last: readonly (Buffer | null)[] = []
  const chunk = await writeChunk(to, (file) =>
    connection.stream(`select ${cells.join(', ')} ${tail}`, (row) => {
      file.addCells(row)
      rows += 1
      last = row
    }),
  )
  return { chunk, rows, last: last.map((cell) => cell?.toString('utf8') ?? null) }
}

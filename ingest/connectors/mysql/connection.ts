import mysql from 'mysql2'
import type { Connection } from 'mysql2'
import { placeError, tlsOf } from '../database/place.ts'
import type { Place } from '../database/place.ts'

export type Field = { readonly name: string; readonly type: number; readonly charset: number }

/** The slice of a connection that reading takes; every value is text as the server wrote it. */
export type MysqlConnection = {
  rows(sql: string, values?: readonly string[]): Promise<readonly (readonly (string | null)[])[]>
  fields(sql: string): Promise<readonly Field[]>
  /** Hands over the cells of each row as it comes, in UTF-8. */
  stream(sql: string, onRow: (cells: readonly (Buffer | null)[]) => void): Promise<void>
  close(): Promise<void>
}

// Times in UTC, empty sql_mode: zero dates and backslashes mean the same on every server.
const SESSION = [
  `set session time_zone = '+00:00', session sql_mode = ''`,
  'set session transaction read only',
  'set session transaction isolation level repeatable read',
]

/** Connects, encrypted as the source says. Throws UserError or SourceError. */
export async function connect(place: Place): Promise<MysqlConnection> {
  const explained = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw placeError(place, error)
    }
  }
  const client = await explained(() => opened(place))
  for (const sql of SESSION) await explained(() => rowsOf(client, sql))
  return {
    rows: (sql, values) => explained(() => rowsOf(client, sql, values)),
    fields: (sql) => explained(() => fieldsOf(client, sql)),
    stream: (sql, onRow) => explained(() => streamOf(client, sql, onRow)),
    close: () => new Promise((resolve) => client.end(() => resolve())),
  }
}

function opened(place: Place): Promise<Connection> {
  const tls = tlsOf(place)
  const client = mysql.createConnection({
    uri: place.url.replace(/^mariadb:/, 'mysql:'),
    charset: 'utf8mb4',
    connectTimeout: 20_000,
    enableKeepAlive: true,
    typeCast: false,
    ...(tls === false ? {} : { ssl: tls }),
  })
  return new Promise((resolve, reject) => {
    client.on('error', reject)
    client.connect((error) => (error === null ? resolve(client) : reject(error)))
  })
}

function rowsOf(client: Connection, sql: string, values: readonly string[] = []) {
  return new Promise<readonly (readonly (string | null)[])[]>((resolve, reject) => {
    client.query({ sql, values: [...values], rowsAsArray: true }, (error, rows: unknown) =>
      error === null ? resolve(Array.isArray(rows) ? rows.map(textsOf) : []) : reject(error),
    )
  })
}

function textsOf(row: unknown): readonly (string | null)[] {
  return Array.isArray(row)
    ? row.map((cell: unknown) => (cell instanceof Buffer ? cell.toString('utf8') : null))
    : []
}

function fieldsOf(client: Connection, sql: string): Promise<readonly Field[]> {
  return new Promise((resolve, reject) => {
    client.query({ sql, rowsAsArray: true }, (error, _rows, fields) => {
      if (error !== null) return reject(error)
      resolve(
        fields.map(({ name, columnType, characterSet }) => ({
          name,
          type: columnType ?? -1,
          charset: characterSet ?? 0,
        })),
      )
    })
  })
}

function streamOf(
  client: Connection,
  sql: string,
  onRow: (cells: readonly (Buffer | null)[]) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const query = client.query({ sql, rowsAsArray: true })
    // Without a conversion of types, a cell is the buffer that the server sent.
    query.on('result', (row: unknown) => {
      if (Array.isArray(row)) onRow(row)
    })
    query.on('error', reject)
    query.on('end', () => resolve())
  })
}

import {
  buildTransform,
  convertDuckDBParams,
  transformChunk,
} from '@cubejs-backend/duckdb-driver/dist/src/Transform.js'
import { openWarehouse, type Connection } from '#warehouse'

/** A row by column alias: numbers as text, booleans, times as ISO text, null. */
export type SqlRow = Record<string, string | boolean | null>

/** A published file opened for reading through a pool of connections. */
export type Database = {
  readonly file: string
  /** When `signal` aborts, the statement is interrupted and the promise rejects. */
  query(sql: string, values?: readonly unknown[], signal?: AbortSignal): Promise<SqlRow[]>
  /** Rows in batches of about 2,048 on a connection of their own, without holding the result. */
  stream(sql: string, values?: readonly unknown[]): AsyncIterable<SqlRow[]>
  /** Waits for running statements, then closes the file. */
  close(): Promise<void>
}

/** Opens a published file. `poolSize` statements run at a time; the others wait their turn. */
export async function openDatabase(file: string, poolSize: number): Promise<Database> {
  const warehouse = await openWarehouse(file, { readOnly: true })
  const pool = createPool(() => warehouse.connect(), poolSize)
  // Exports run for minutes: on connections of their own they never hold up a page.
  const streams = createPool(() => warehouse.connect(), poolSize)
  return {
    file,
    query: (sql, values, signal) =>
      pool.use((connection) => interruptible(connection, signal, () => queryRows(connection, sql, values))),
    stream: (sql, values) => streamRows(streams, sql, values),
    close: async () => {
      await Promise.all([pool.drain(), streams.drain()])
      warehouse.close()
    },
  }
}

async function interruptible<T>(
  { native }: Connection,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const interrupt = (): void => native.interrupt()
  signal?.addEventListener('abort', interrupt, { once: true })
  try {
    return await work()
  } finally {
    signal?.removeEventListener('abort', interrupt)
  }
}

async function queryRows(
  connection: Connection,
  sql: string,
  values: readonly unknown[] = [],
): Promise<SqlRow[]> {
  const result = await connection.native.run(sql, convertDuckDBParams([...values]))
  const transform = buildTransform(result.columnNames(), result.columnTypes())
  const rows: SqlRow[] = []
  for (const chunk of await result.fetchAllChunks()) {
    for (const row of sqlRows(transformChunk(chunk, transform))) rows.push(row)
  }
  return rows
}

// Marts have scalar columns only, and the transform makes text, booleans and nulls of those.
function sqlRows(rows: Record<string, unknown>[]): SqlRow[] {
  return rows as SqlRow[]
}

async function* streamRows(
  pool: Pool,
  sql: string,
  values: readonly unknown[] = [],
): AsyncGenerator<SqlRow[]> {
  const connection = await pool.take()
  try {
    const result = await connection.native.stream(sql, convertDuckDBParams([...values]))
    const transform = buildTransform(result.columnNames(), result.columnTypes())
    for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0;) {
      yield sqlRows(transformChunk(chunk, transform))
      chunk = await result.fetchChunk()
    }
  } finally {
    pool.give(connection)
  }
}

type Pool = {
  take(): Promise<Connection>
  give(connection: Connection): void
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  drain(): Promise<void>
}

function createPool(connect: () => Promise<Connection>, size: number): Pool {
  const idle: Connection[] = []
  const waiting: (() => void)[] = []
  let busy = 0
  const take = async (): Promise<Connection> => {
    while (busy >= size) await new Promise<void>((resolve) => waiting.push(resolve))
    busy += 1
    try {
      return idle.pop() ?? (await connect())
    } catch (error) {
      busy -= 1
      throw error
    }
  }
  const give = (connection: Connection): void => {
    busy -= 1
    idle.push(connection)
    waiting.shift()?.()
  }
  const use = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    const connection = await take()
    try {
      return await work(connection)
    } finally {
      give(connection)
    }
  }
  const drain = async (): Promise<void> => {
    while (busy > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return { take, give, use, drain }
}

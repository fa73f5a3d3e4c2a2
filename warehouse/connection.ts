import type { DuckDBConnection, DuckDBValue, Json } from '@duckdb/node-api'
import type { RecordBatch } from 'apache-arrow'
import { QueryError, reasonOf } from '#config'
import { batchAppender } from './arrow-append.ts'

/** One row by column name: BIGINT, DECIMAL, DATE and TIMESTAMP come as text, nothing is rounded. */
export type Row = Readonly<Record<string, Json>>

export type Connection = {
  /** Runs statements and returns how many rows the last one changed. */
  run(sql: string, values?: readonly DuckDBValue[]): Promise<number>
  query(sql: string, values?: readonly DuckDBValue[]): Promise<readonly Row[]>
  /** Rows as DuckDB makes them, about 2,048 at a time, without holding the result. */
  stream(sql: string, values?: readonly DuckDBValue[]): AsyncIterable<readonly Row[]>
  /** Appends a batch to a table whose columns are the batch's, in its order. */
  appendArrow(table: string, batch: RecordBatch): Promise<void>
  /** Runs `work` between BEGIN and COMMIT; rolls back and throws what it threw. */
  transaction<T>(work: () => Promise<T>): Promise<T>
  /** DuckDB's own connection, for a driver that needs its types. */
  readonly native: DuckDBConnection
  close(): void
}

/** The warehouse's view of an open DuckDB connection. A failing statement throws QueryError with its SQL. */
export function wrapConnection(native: DuckDBConnection): Connection {
  const connection: Connection = {
    native,
    run: async (sql, values) =>
      (await failingWithSql(sql, () => native.run(sql, copied(values)))).rowsChanged,
    query: async (sql, values) => {
      const reader = await failingWithSql(sql, () => native.runAndReadAll(sql, copied(values)))
      return reader.getRowObjectsJson()
    },
    stream: (sql, values) => streamRows(native, sql, values),
    appendArrow: batchAppender(native),
    transaction: (work) => inTransaction(connection, work),
    close: () => native.closeSync(),
  }
  return connection
}

/**
 * Whether rows go into tables in the order they are read, for all connections of the file, until it is said otherwise.
 * Without it every core writes, and less is held in memory.
 */
export async function keepOrder(connection: Connection, isKept: boolean): Promise<void> {
  await connection.run(`set preserve_insertion_order = ${isKept}`)
}

async function* streamRows(native: DuckDBConnection, sql: string, values?: readonly DuckDBValue[]) {
  const result = await failingWithSql(sql, () => native.stream(sql, copied(values)))
  for await (const rows of result.yieldRowObjectJson()) yield rows
}

async function inTransaction<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  await connection.run('begin transaction')
  try {
    const result = await work()
    await connection.run('commit')
    return result
  } catch (error) {
    // A failed commit has already ended the transaction; the first error is the one that tells.
    await connection.run('rollback').catch(() => undefined)
    throw error
  }
}

async function failingWithSql<T>(sql: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new QueryError(reasonOf(error), { sql, cause: error })
  }
}

function copied(values: readonly DuckDBValue[] | undefined): DuckDBValue[] | undefined {
  return values === undefined ? undefined : [...values]
}

import { withWarehouse } from '#warehouse'
import type { Connection } from '#warehouse'
import type { DuckDBValue } from '@duckdb/node-api'
import type { RecordSet } from './record-set.ts'
import { guardText } from './injection.ts'
import { cellSql, csvSql, identifier } from './record-columns.ts'
import type { RecordRows } from './xlsx-records.ts'
import type { CellValue } from './xlsx-workbook.ts'

/** A published file opened for one export. */
export type PublishedRecords = {
  /** count(*) of the very SQL that is exported. */
  count(): Promise<number>
  /** Every record as cells, a few thousand at a time. */
  rows(): RecordRows
  /** Lets DuckDB write every record to a CSV at `path` and returns how many it wrote. */
  writeCsv(path: string): Promise<number>
}

/** Opens the published file of `records` read-only while `work` runs. */
export async function withPublishedRecords<Result>(
  records: RecordSet,
  work: (published: PublishedRecords) => Promise<Result>,
): Promise<Result> {
  return withWarehouse(records.file, { readOnly: true }, (connection) =>
    work(publishedRecords(connection, records)),
  )
}

function publishedRecords(connection: Connection, records: RecordSet): PublishedRecords {
  const values = records.params.map(boundValue)
  return {
    count: () => countRows(connection, records.sql, records.params),
    rows: () => streamCells(connection, selectCells(records), values),
    writeCsv: (path) => connection.run(copyCsv(records, path), values),
  }
}

/** count(*) of a SQL with its parameters. */
export async function countRows(
  connection: Connection,
  sql: string,
  params: readonly unknown[],
): Promise<number> {
  const rows = await connection.query(`select count(*) as n from (${sql}) as records`, params.map(boundValue))
  return Number(rows[0]?.n)
}

async function* streamCells(connection: Connection, sql: string, values: DuckDBValue[]): RecordRows {
  for await (const rows of connection.stream(sql, values))
    yield rows.map((row) => Object.values(row).map(cellValue))
}

function selectCells({ columns, sql }: RecordSet): string {
  const cells = columns.map((column, index) => `${cellSql(column)} as c${index}`)
  return `select ${cells.join(', ')} from (${sql}) as records`
}

function copyCsv({ columns, sql }: RecordSet, path: string): string {
  const fields = columns.map((column) => `${csvSql(column)} as ${identifier(guardText(column.title))}`)
  const target = path.replaceAll("'", "''")
  return `copy (select ${fields.join(', ')} from (${sql}) as records) to '${target}' (format csv, header true)`
}

function cellValue(value: unknown): CellValue {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value
  return String(value)
}

/** Cube hands its parameters over as text, numbers and booleans. */
function boundValue(value: unknown): DuckDBValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return value
  return value instanceof Date ? value.toISOString() : String(value)
}

import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBTimestampValue,
  INTEGER,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api'
import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api'
import { DataType, TimeUnit } from 'apache-arrow'
import type { RecordBatch, Vector } from 'apache-arrow'

const CHUNK_ROWS = 2048

/**
 * Appends record batches to tables of the temporary schema in DuckDB's own chunks of 2,048 rows. Batches of one shape share
 * a chunk: what it holds outside of JavaScript's memory is given back only when garbage is collected, which is late.
 */
export function batchAppender(
  connection: DuckDBConnection,
): (table: string, batch: RecordBatch) => Promise<void> {
  let last: { readonly shape: string; readonly chunk: DuckDBDataChunk } | null = null
  const chunkOf = (types: readonly DuckDBType[]) => {
    const shape = types.join()
    if (last?.shape !== shape) last = { shape, chunk: DuckDBDataChunk.create([...types]) }
    return last.chunk
  }
  return async (table, batch) => {
    const chunk = chunkOf(batch.schema.fields.map((field) => landingType(field.type)))
    const vectors = batch.schema.fields.map((_, index) => columnAt(batch, index))
    const appender = await connection.createAppender(table, 'main', 'temp')
    try {
      for (let start = 0; start < batch.numRows; start += CHUNK_ROWS) {
        const rows = Math.min(CHUNK_ROWS, batch.numRows - start)
        chunk.reset()
        chunk.rowCount = rows
        vectors.forEach((vector, index) => chunk.setColumnValues(index, columnValues(vector, start, rows)))
        appender.appendDataChunk(chunk)
      }
      appender.flushSync()
    } finally {
      appender.closeSync()
    }
  }
}

/** The DuckDB type in which an Arrow column lands, before it is cast to the stream's declared type. */
export function landingType(type: DataType): DuckDBType {
  if (DataType.isDictionary(type)) return landingType(type.dictionary)
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isNull(type)) return VARCHAR
  if (DataType.isBool(type)) return BOOLEAN
  if (DataType.isInt(type)) return type.bitWidth === 64 || !type.isSigned ? BIGINT : INTEGER
  if (DataType.isFloat(type)) return DOUBLE
  if (DataType.isTimestamp(type)) return TIMESTAMP
  if (DataType.isDate(type)) return DATE
  throw new TypeError(`An Arrow column of type ${String(type)} cannot be landed; send it as Utf8`)
}

function columnAt(batch: RecordBatch, index: number): Vector {
  const vector = batch.getChildAt(index)
  if (vector === null) throw new RangeError(`Record batch has no column ${index}`)
  return vector
}

function columnValues(vector: Vector, start: number, rows: number): DuckDBValue[] {
  const convert = converterFor(vector.type)
  const values: DuckDBValue[] = []
  for (let row = start; row < start + rows; row++) {
    const value: unknown = vector.get(row)
    values.push(value === null || value === undefined ? null : convert(value))
  }
  return values
}

function converterFor(type: DataType): (value: unknown) => DuckDBValue {
  if (DataType.isDictionary(type)) return converterFor(type.dictionary)
  if (DataType.isBool(type)) return (value) => value === true
  if (DataType.isInt(type))
    return type.bitWidth === 64 || !type.isSigned
      ? (value) => BigInt(Number.isInteger(value) ? Number(value) : String(value))
      : Number
  if (DataType.isFloat(type)) return Number
  if (DataType.isTimestamp(type)) return (value) => new DuckDBTimestampValue(microseconds(value, type.unit))
  if (DataType.isDate(type)) return (value) => new DuckDBDateValue(Math.floor(Number(value) / 86_400_000))
  return String
}

/** Arrow hands a timestamp out as milliseconds since 1970, with a fraction if its unit is finer. */
function microseconds(value: unknown, unit: TimeUnit): bigint {
  const milliseconds = Number(value)
  return unit === TimeUnit.SECOND || unit === TimeUnit.MILLISECOND
    ? BigInt(Math.trunc(milliseconds)) * 1000n
    : BigInt(Math.round(milliseconds * 1000))
}

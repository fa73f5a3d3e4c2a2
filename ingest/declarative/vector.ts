import * as arrow from 'apache-arrow'
import type { FieldType } from './definition-column.ts'
import type { Value } from './value.ts'

/** The Arrow type in which a field travels. */
export function arrowType(type: FieldType): arrow.DataType {
  switch (type) {
    case 'bigint':
      return new arrow.Int64()
    case 'integer':
      return new arrow.Int32()
    case 'boolean':
      return new arrow.Bool()
    case 'timestamp':
    case 'unix':
    case 'unix_ms':
    case 'dotnet':
    case 'date':
      return new arrow.TimestampMillisecond()
    case 'text':
    case 'decimal':
    case 'json':
      return new arrow.Utf8()
  }
}

/** The DuckDB type of the raw column. */
export function duckdbType(type: FieldType): string {
  return DUCKDB_TYPES[type]
}

const DUCKDB_TYPES: Readonly<Record<FieldType, string>> = {
  text: 'VARCHAR',
  bigint: 'BIGINT',
  integer: 'INTEGER',
  boolean: 'BOOLEAN',
  decimal: 'DECIMAL(18,4)',
  timestamp: 'TIMESTAMP',
  unix: 'TIMESTAMP',
  unix_ms: 'TIMESTAMP',
  dotnet: 'TIMESTAMP',
  date: 'DATE',
  json: 'JSON',
}

/** A column of values as Arrow data, laid out directly: builders take several times as long for text. */
export function columnData(type: FieldType, values: readonly Value[]): arrow.Data {
  const length = values.length
  const { nullBitmap, nullCount } = validity(values)
  const base = { length, nullBitmap, nullCount }
  switch (type) {
    case 'bigint':
      return arrow.makeData({
        type: new arrow.Int64(),
        ...base,
        data: BigInt64Array.from(values, wholeNumber),
      })
    case 'timestamp':
    case 'unix':
    case 'unix_ms':
    case 'dotnet':
    case 'date':
      return arrow.makeData({
        type: new arrow.TimestampMillisecond(),
        ...base,
        data: BigInt64Array.from(values, wholeNumber),
      })
    case 'integer':
      return arrow.makeData({ type: new arrow.Int32(), ...base, data: Int32Array.from(values, Number) })
    case 'boolean':
      return arrow.makeData({
        type: new arrow.Bool(),
        ...base,
        data: bits(values, (value) => value === true).bitmap,
      })
    case 'text':
    case 'decimal':
    case 'json':
      return arrow.makeData({ type: new arrow.Utf8(), ...base, ...textBuffers(values) })
  }
}

function wholeNumber(value: Value): bigint {
  return typeof value === 'bigint' ? value : BigInt(typeof value === 'number' ? Math.trunc(value) : 0)
}

function validity(values: readonly Value[]): { nullBitmap: Uint8Array; nullCount: number } {
  const { bitmap, count } = bits(values, (value) => value !== null)
  return { nullBitmap: bitmap, nullCount: values.length - count }
}

function bits(
  values: readonly Value[],
  isSet: (value: Value) => boolean,
): { bitmap: Uint8Array; count: number } {
  const bitmap = new Uint8Array(Math.ceil(values.length / 64) * 8)
  let count = 0
  for (const [index, value] of values.entries()) {
    if (!isSet(value)) continue
    bitmap[index >> 3] = (bitmap[index >> 3] ?? 0) | (1 << (index & 7))
    count += 1
  }
  return { bitmap, count }
}

function textBuffers(values: readonly Value[]): { valueOffsets: Int32Array; data: Uint8Array } {
  const texts = values.map((value) => (value === null ? '' : String(value)))
  const data = new TextEncoder().encode(texts.join(''))
  const isAscii = data.length === texts.reduce((sum, text) => sum + text.length, 0)
  const valueOffsets = new Int32Array(texts.length + 1)
  let end = 0
  for (const [index, text] of texts.entries()) {
    end += isAscii ? text.length : Buffer.byteLength(text)
    valueOffsets[index + 1] = end
  }
  return { valueOffsets, data }
}

import { DataType } from 'apache-arrow'
import type { Field, Schema } from 'apache-arrow'
import { landingType } from '../arrow-append.ts'

/** What the warehouse needs to know of a stream: its name, key and declared columns. */
export type RawStream = {
  readonly name: string
  readonly key: readonly string[]
  readonly schema: Schema
}

/** A column of a raw table with its DuckDB type, e.g. `DECIMAL(18,4)`. */
export type RawColumn = { readonly name: string; readonly type: string }

/** Columns that every raw table has after its own, in this order. */
export const SYSTEM_COLUMNS: readonly RawColumn[] = [
  { name: '_extra', type: 'JSON' },
  { name: '_load_id', type: 'BIGINT' },
  { name: '_loaded_at', type: 'TIMESTAMP' },
  { name: '_deleted', type: 'BOOLEAN' },
]

/** The declared columns of a schema; `_extra` is the raw table's own and is left out. */
export function rawColumns(schema: Schema): readonly RawColumn[] {
  return schema.fields
    .filter((field) => field.name !== '_extra')
    .map((field) => ({ name: field.name, type: columnType(field) }))
}

/** Name of the schema of a source's raw tables. */
export function rawSchema(source: string): string {
  return `raw_${source}`
}

function columnType(field: Field): string {
  return (
    field.metadata.get('duckdb') ??
    (DataType.isUtf8(field.type) ? 'VARCHAR' : String(landingType(field.type)))
  )
}

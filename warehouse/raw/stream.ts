import { DataType } from 'apache-arrow'
import type { Field, Schema } from 'apache-arrow'
import { landingType } from '../arrow-append.ts'

/**
 * A JSON column that holds fields of the company's own: a map of values by name, or a list whose entries have, at these
 * paths, an id, a name and one value or more.
 */
export type CustomPlace = {
  readonly column: string
  readonly list?: { readonly id: string; readonly name: string; readonly value: string }
}

/** What the warehouse needs to know of a stream: its name, key and declared columns. */
export type RawStream = {
  readonly name: string
  readonly key: readonly string[]
  readonly schema: Schema
  /** Where custom fields are, besides `_extra`; `none` where the key is not the one that marts know the record by. */
  readonly customFields?: readonly CustomPlace[] | 'none'
}

/** A column of a raw table with its DuckDB type, e.g. `DECIMAL(18,4)`. */
export type RawColumn = { readonly name: string; readonly type: string }

/** Columns that the models find in every raw table after its own, in this order. */
export const SYSTEM_COLUMNS: readonly RawColumn[] = [
  { name: '_extra', type: 'JSON' },
  { name: '_load_id', type: 'BIGINT' },
  { name: '_loaded_at', type: 'TIMESTAMP' },
  { name: '_deleted', type: 'BOOLEAN' },
]

/** What the load that wrote a version did: `insert`, `update` or `delete`. */
export const OP_COLUMN: RawColumn = { name: '_op', type: 'VARCHAR' }

/** Columns of a table and of its superseded versions, after those of the stream. */
export const VERSION_COLUMNS: readonly RawColumn[] = [...SYSTEM_COLUMNS, OP_COLUMN]

/** Where the versions of rows are that a later one took the place of. */
export const SUPERSEDED = '__superseded'

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

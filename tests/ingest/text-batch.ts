import { makeData, RecordBatch, Struct, Utf8, vectorFromArray } from 'apache-arrow'
import type { Schema } from 'apache-arrow'

/** A record batch of texts from rows by column name. */
export function textBatch(
  schema: Schema,
  rows: readonly Readonly<Record<string, string | null>>[],
): RecordBatch {
  const children = schema.fields.map((field) => {
    const [data] = vectorFromArray(
      rows.map((row) => row[field.name] ?? null),
      new Utf8(),
    ).data
    return data ?? makeData({ type: new Utf8(), length: 0 })
  })
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: rows.length, children }))
}

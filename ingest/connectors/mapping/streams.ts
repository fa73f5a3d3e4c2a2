import { Field, Schema, Utf8 } from 'apache-arrow'
import { ENTITIES, ENTITY_NAMES, duckdbType } from '#config'
import type { EntityName } from '#config'
import type { Stream } from '../../connector.ts'

/** A stream for each canonical entity; its raw table has exactly the entity's columns. */
export const ENTITY_STREAMS: readonly Stream[] = ENTITY_NAMES.map(entityStream)

function entityStream(name: EntityName): Stream {
  const { columns, key } = ENTITIES[name]
  const fields = columns.map(
    (column) => new Field(column.name, new Utf8(), true, new Map([['duckdb', duckdbType(column.type)]])),
  )
  return { name, key, schema: new Schema(fields), tracksDeletes: true }
}

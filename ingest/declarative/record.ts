import * as arrow from 'apache-arrow'
import type { Rejected, Stream } from '../connector.ts'
import type { FieldDefinition, StreamDefinition } from './definition.ts'
import { readValue, type Reading, type Value } from './value.ts'
import { arrowType, columnData, duckdbType } from './vector.ts'

/** A record as the service sent it. */
export type ServiceRecord = { readonly [field: string]: unknown }

export type Typed = { readonly batch: arrow.RecordBatch; readonly rejected: readonly Rejected[] }

const EXTRA = '_extra'

/** The stream of a definition, with `_extra` for what its columns do not hold. */
export function streamOf(definition: StreamDefinition): Stream {
  const fields = definition.fields.map(
    ({ column, type }) =>
      new arrow.Field(column, arrowType(type), true, new Map([['duckdb', duckdbType(type)]])),
  )
  const extra = new arrow.Field(EXTRA, new arrow.Utf8(), true, new Map([['duckdb', 'JSON']]))
  const { name, key, tracksDeletes } = definition
  return { name, key, tracksDeletes, schema: new arrow.Schema([...fields, extra]) }
}

export type RecordTyper = {
  /** Records as a batch of the stream's schema; one without a key is rejected. */
  type(records: readonly ServiceRecord[]): Typed
  /** The keys of records alone. */
  keys(records: readonly ServiceRecord[]): arrow.RecordBatch
}

export function createRecordTyper(
  definition: StreamDefinition,
  { stream, localInstant }: { stream: Stream; localInstant: (wall: number) => number },
): RecordTyper {
  const { fields } = definition
  const known = knownFields(definition)
  const read = (record: ServiceRecord, field: FieldDefinition) =>
    readValue(pick(record, field), field.type, { none: field.none ?? [], localInstant })
  const keyFields = fields.filter((field) => definition.key.includes(field.column))
  const hasKey = (record: ServiceRecord) => keyFields.every((field) => read(record, field).value !== null)
  return {
    type(records) {
      const good = records.filter(hasKey)
      const readings = fields.map((field) => good.map((record) => read(record, field)))
      const data = fields.map((field, index) => columnData(field.type, valuesOf(readings[index] ?? [])))
      const extras = good.map((record, row) =>
        extraOf(record, { known, misfits: misfitsAt({ fields, readings, row, record }) }),
      )
      const batch = batchOf(stream.schema, [...data, columnData('json', extras)], good.length)
      return {
        batch,
        rejected: good.length === records.length ? [] : rejections(records, hasKey, definition),
      }
    },
    keys(records) {
      const data = keyFields.map((field) =>
        columnData(
          field.type,
          records.map((record) => read(record, field).value),
        ),
      )
      return batchOf(stream.schema.select(keyFields.map((field) => field.column)), data, records.length)
    },
  }
}

function batchOf(schema: arrow.Schema, children: arrow.Data[], length: number): arrow.RecordBatch {
  return new arrow.RecordBatch(
    schema,
    arrow.makeData({ type: new arrow.Struct(schema.fields), length, nullCount: 0, children }),
  )
}

function valuesOf(readings: readonly Reading[]): Value[] {
  return readings.map((reading) => reading.value)
}

function pick(record: ServiceRecord, field: FieldDefinition): unknown {
  if ('from' in field) return record[field.from]
  if ('join' in field)
    return joinParts(
      field.join.map((name) => record[name]),
      field.by,
    )
  if ('prefix' in field) {
    const entries = Object.entries(record).filter(([name]) => name.startsWith(field.prefix))
    return entries.length === 0 ? null : Object.fromEntries(entries)
  }
  return takeFromList(record[field.list], field)
}

function joinParts(parts: readonly unknown[], by: string): string | null {
  return parts.some((part) => part === null || part === undefined || part === '') ? null : parts.join(by)
}

function takeFromList(list: unknown, { kind, take }: Extract<FieldDefinition, { list: string }>): unknown[] {
  if (!Array.isArray(list)) return []
  return list
    .filter(isRecord)
    .filter((entry) => entry[kind.field] === kind.value)
    .map((entry) => entry[take])
}

export function isRecord(value: unknown): value is ServiceRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

type Known = { readonly names: ReadonlySet<string>; readonly prefixes: readonly string[] }

function knownFields({ fields, ignored }: StreamDefinition): Known {
  const names = fields.flatMap((field) => {
    if ('from' in field) return [field.from]
    if ('join' in field) return field.join
    return 'list' in field ? [field.list] : []
  })
  const prefixes = fields.flatMap((field) => ('prefix' in field ? [field.prefix] : []))
  return { names: new Set([...names, ...ignored]), prefixes }
}

type MisfitPlace = {
  fields: readonly FieldDefinition[]
  readings: readonly (readonly Reading[])[]
  row: number
  record: ServiceRecord
}

function misfitsAt({ fields, readings, row, record }: MisfitPlace): [string, unknown][] {
  return fields.flatMap((field, index) =>
    readings[index]?.[row]?.isMisfit ? [[field.column, pick(record, field)] satisfies [string, unknown]] : [],
  )
}

function extraOf(
  record: ServiceRecord,
  { known, misfits }: { known: Known; misfits: [string, unknown][] },
): string | null {
  const unknown = Object.entries(record).filter(([name, value]) => value !== null && isUnknown(name, known))
  const entries = [...unknown, ...misfits]
  return entries.length === 0 ? null : JSON.stringify(Object.fromEntries(entries))
}

function isUnknown(name: string, { names, prefixes }: Known): boolean {
  return !names.has(name) && !prefixes.some((prefix) => name.startsWith(prefix))
}

function rejections(
  records: readonly ServiceRecord[],
  hasKey: (record: ServiceRecord) => boolean,
  { key }: StreamDefinition,
): Rejected[] {
  const reason = `The record has no usable ${key.join(' and ')}`
  return records.filter((record) => !hasKey(record)).map((row) => ({ row, column: key.join(), reason }))
}

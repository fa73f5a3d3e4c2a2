import * as arrow from 'apache-arrow'
import type { Rejected, Stream } from '../connector.ts'
import type { ColumnDefinition } from './definition-column.ts'
import type { Definition, StreamDefinition } from './definition.ts'
import { isRecord, stepsOf, valueAt, type ServiceRecord } from './path.ts'
import { readValue, type Reading, type Value } from './value.ts'
import { arrowType, columnData, duckdbType } from './vector.ts'

export type Typed = { readonly batch: arrow.RecordBatch; readonly rejected: readonly Rejected[] }

const EXTRA = '_extra'

type Column = { readonly name: string; readonly definition: ColumnDefinition }

function columnsOf({ columns }: StreamDefinition): readonly Column[] {
  return Object.entries(columns).map(([name, definition]) => ({ name, definition }))
}

/** The stream of a definition, with `_extra` for what its columns do not hold. */
export function streamOf(definition: StreamDefinition): Stream {
  const fields = columnsOf(definition).map(
    ({ name, definition: { type } }) =>
      new arrow.Field(name, arrowType(type), true, new Map([['duckdb', duckdbType(type)]])),
  )
  const extra = new arrow.Field(EXTRA, new arrow.Utf8(), true, new Map([['duckdb', 'JSON']]))
  const { name, key, deletes, custom } = definition
  const tracksDeletes = deletes.type === 'keys' || deletes.type === 'absent'
  return {
    ...{ name, key, tracksDeletes, schema: new arrow.Schema([...fields, extra]) },
    customFields:
      custom === 'none'
        ? custom
        : Object.entries(custom).map(([column, list]) => (list === 'map' ? { column } : { column, list })),
  }
}

export type RecordTyper = {
  /** Records as a batch of the stream's schema; what is no record, or has no key, is rejected. */
  type(records: readonly unknown[]): Typed
  /** The keys of records alone; those without one are left out. */
  keys(records: readonly unknown[]): arrow.RecordBatch
}

export type TyperOptions = {
  readonly stream: Stream
  readonly localInstant: (wall: number) => number
  readonly noise?: Definition['noise']
}

export function createRecordTyper(
  definition: StreamDefinition,
  { stream, localInstant, noise }: TyperOptions,
): RecordTyper {
  const columns = columnsOf(definition)
  const known = knownFields(definition)
  const read = (record: ServiceRecord, { definition: column }: Column) =>
    readValue(pick(record, column), column.type, { none: [], ...column, localInstant })
  const keyColumns = columns.filter(({ name }) => definition.key.includes(name))
  const hasKey = (record: unknown): record is ServiceRecord =>
    isRecord(record) && keyColumns.every((column) => read(record, column).value !== null)
  return {
    type(records) {
      const good = records.filter(hasKey)
      const readings = columns.map((column) => good.map((record) => read(record, column)))
      const data = columns.map(({ definition: { type } }, index) =>
        columnData(type, valuesOf(readings[index] ?? [])),
      )
      const extras = good.map((record, row) =>
        extraOf(record, { known, noise, misfits: misfitsAt({ columns, readings, row, record }) }),
      )
      const batch = batchOf(stream.schema, [...data, columnData('json', extras)], good.length)
      return {
        batch,
        rejected: good.length === records.length ? [] : rejections(records, hasKey, definition),
      }
    },
    keys(records) {
      const good = records.filter(hasKey)
      const data = keyColumns.map((column) =>
        columnData(
          column.definition.type,
          good.map((record) => read(record, column).value),
        ),
      )
      return batchOf(stream.schema.select(keyColumns.map(({ name }) => name)), data, good.length)
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

/** What a record has for a column. */
export function pick(record: ServiceRecord, column: ColumnDefinition): unknown {
  if ('always' in column) return column.always
  if ('from' in column) return withLead(valueAt(record, column.from), column.lead)
  if ('any' in column)
    return column.any.map((path) => valueAt(record, path)).find((value) => isSaid(value, column.none))
  if ('all' in column)
    return column.all.map((path) => valueAt(record, path)).filter((value) => isSaid(value, []))
  if ('join' in column)
    return joinParts(
      column.join.map((path) => valueAt(record, path)),
      column.by,
    )
  if ('prefix' in column) {
    const entries = Object.entries(record).filter(([name]) => name.startsWith(column.prefix))
    return entries.length === 0 ? null : Object.fromEntries(entries)
  }
  return takeFromList(valueAt(record, column.list), column)
}

function isSaid(value: unknown, none: readonly string[]): boolean {
  return value !== null && value !== undefined && value !== '' && !none.includes(String(value))
}

function withLead(value: unknown, lead: string | undefined): unknown {
  return lead !== undefined && /^\d+$/.test(String(value)) ? `${lead}${String(value)}` : value
}

function joinParts(parts: readonly unknown[], by: string): string | null {
  return parts.some((part) => part === null || part === undefined || part === '') ? null : parts.join(by)
}

function takeFromList(
  list: unknown,
  { where, take, first }: Extract<ColumnDefinition, { list: unknown }>,
): unknown {
  if (!Array.isArray(list)) return first ? null : []
  const conditions = Object.entries(where)
  const found = list
    .filter((entry) => conditions.every(([path, wanted]) => String(valueAt(entry, path)) === wanted))
    .flatMap((entry) => allAt(entry, stepsOf(take)))
  return first ? found[0] : found
}

/** What lies at a path, through the whole of any list on the way. */
function allAt(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (step === undefined) return value === undefined || value === null ? [] : [value]
  if (Array.isArray(value) && !/^\d+$/.test(step))
    return value.flatMap((each) => allAt(each, [step, ...rest]))
  return allAt(valueAt(value, [step]), rest)
}

type Known = { readonly names: ReadonlySet<string>; readonly prefixes: readonly string[] }

function knownFields(definition: StreamDefinition): Known {
  const columns = columnsOf(definition).map(({ definition: column }) => column)
  const names = columns.flatMap((column) => {
    if ('from' in column) return stepsOf(column.from).slice(0, 1)
    if ('all' in column) return column.all.flatMap((path) => stepsOf(path).slice(0, 1))
    if ('any' in column) return column.any.flatMap((path) => stepsOf(path).slice(0, 1))
    if ('join' in column) return column.join.flatMap((path) => stepsOf(path).slice(0, 1))
    return 'list' in column ? stepsOf(column.list).slice(0, 1) : []
  })
  const prefixes = columns.flatMap((column) => ('prefix' in column ? [column.prefix] : []))
  return { names: new Set([...names, ...definition.ignored, 'parent']), prefixes }
}

type MisfitPlace = {
  columns: readonly Column[]
  readings: readonly (readonly Reading[])[]
  row: number
  record: ServiceRecord
}

function misfitsAt({ columns, readings, row, record }: MisfitPlace): [string, unknown][] {
  return columns.flatMap(({ name, definition }, index) =>
    readings[index]?.[row]?.isMisfit ? [[name, pick(record, definition)] satisfies [string, unknown]] : [],
  )
}

function extraOf(
  record: ServiceRecord,
  {
    known,
    noise,
    misfits,
  }: { known: Known; noise: Definition['noise'] | undefined; misfits: [string, unknown][] },
): string | null {
  const unknown = Object.entries(record).filter(
    ([name, value]) => value !== null && isUnknown(name, known) && !isNoise(name, value, noise),
  )
  const entries = [...unknown, ...misfits]
  return entries.length === 0 ? null : JSON.stringify(Object.fromEntries(entries))
}

function isNoise(name: string, value: unknown, noise: Definition['noise'] | undefined): boolean {
  if (noise === undefined) return false
  return (
    noise.endings.some((ending) => name.endsWith(ending)) ||
    (isRecord(value) && noise.maps.some((each) => Object.hasOwn(value, each)))
  )
}

function isUnknown(name: string, { names, prefixes }: Known): boolean {
  return !names.has(name) && !prefixes.some((prefix) => name.startsWith(prefix))
}

function rejections(
  records: readonly unknown[],
  hasKey: (record: unknown) => boolean,
  { key }: StreamDefinition,
): Rejected[] {
  const reason = `The record has no usable ${key.join(' and ')}`
  return records
    .filter((record) => !hasKey(record))
    .map((row) => ({
      row,
      column: key.join(),
      reason: isRecord(row) ? reason : 'The service sent something that is no record',
    }))
}

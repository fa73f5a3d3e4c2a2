import { createHash } from 'node:crypto'
import { Field, Schema, Utf8 } from 'apache-arrow'
import type { Config } from '#config'
import { identifier } from '#warehouse'
import type { Connection } from '#warehouse'
import type { Stream } from '../../connector.ts'
import { chunkTable } from '../database/chunk.ts'
import type { Chunk } from '../database/chunk.ts'
import { columnsOf } from '../mapping/column.ts'
import type { EntityMapping } from '../mapping/column.ts'
import { mappedSelect } from '../mapping/select.ts'
import { ENTITY_STREAMS } from '../mapping/streams.ts'
import type { Offered } from './catalog.ts'
import { cellOf } from './message.ts'

type SingerConfig = Extract<Config['sources'][number], { readonly connector: 'singer' }>
export type StreamMapping = SingerConfig['streams'][number]
type RawMapping = Extract<StreamMapping, { readonly entity: 'raw' }>
type MappedStream = Exclude<StreamMapping, RawMapping>
type Row = Readonly<Record<string, unknown>>

/** The one mark of Singer's that tells of the record: when it was deleted. */
const DELETED_AT = '_sdc_deleted_at'

/** Where the records of a tap's stream go: how each becomes a line of a file, and how the file is read. */
export type Target = {
  /** Name of the tap's stream, as embut.yaml calls it. */
  readonly from: string
  /** Names that the tap may call it by. */
  readonly names: readonly string[]
  readonly stream: Stream
  readonly mapping: EntityMapping | null
  cells(record: Row): readonly (string | null)[]
  /** SELECT that reads a chunk into the stream's columns, or only its key and only one version's rows. */
  select(connection: Connection, chunk: Chunk, version?: number): Promise<string>
}

export type TargetOptions = {
  readonly source: string
  readonly zone: string
  /** What the tap's catalogue offers; empty without one. */
  readonly offered: readonly Offered[]
}

/** What the records of a stream become: rows of an entity, or what they are, whole. */
export function targetOf(mapping: StreamMapping, options: TargetOptions): Target {
  return mapping.entity === 'raw' ? rawTarget(mapping, options) : entityTarget(mapping, options)
}

function entityTarget({ stream: from, entity, columns, zone }: MappedStream, options: TargetOptions): Target {
  const mapping = { entity, columns }
  const names = [...new Set(Object.values(columns).flatMap(columnsOf))]
  const stream = streamOfEntity(entity)
  return {
    from,
    names: namesOf(from, options),
    stream,
    mapping,
    cells: (record) => names.map((name) => cellOf(record, name)),
    select: (connection, chunk, version) => {
      const keys = Object.fromEntries(stream.key.map((name) => [name, columns[name]]))
      return mappedSelect(connection, {
        table: ofVersion(chunkTable(chunk, names, 1), names.length, version),
        mapping: version === undefined ? mapping : { entity, columns: keys },
        zone: zone ?? options.zone,
        label: `Source ${options.source}: ${from}`,
        // A time of a tap names its offset, or is in the zone that embut.yaml says.
        sampleOf: () => ['2026-01-31T00:00:00Z'],
      })
    },
  }
}

function offeredAs(from: string, { offered }: TargetOptions): Offered | undefined {
  return offered.find(({ name, id }) => name === from || id === from)
}

function namesOf(from: string, options: TargetOptions): readonly string[] {
  const found = offeredAs(from, options)
  return found === undefined ? [from] : [found.name, found.id]
}

/** Each line ends with the version of its record. */
function ofVersion<T extends { readonly from: string }>(
  table: T,
  index: number,
  version: number | undefined,
): T {
  if (version === undefined) return table
  return { ...table, from: `(from ${table.from} where src.c${index} = '${version}') as src` }
}

function streamOfEntity(entity: string): Stream {
  const found = ENTITY_STREAMS.find(({ name }) => name === entity)
  if (found === undefined) throw new TypeError(`There is no entity ${entity}`)
  return found
}

/** A stream without a mapping lands as it comes, in a table of its own beside the entities. */
function rawTarget({ stream: from, key }: RawMapping, options: TargetOptions): Target {
  const names = key ?? offeredAs(from, options)?.key ?? []
  return {
    from,
    names: namesOf(from, options),
    stream: { name: rawName(from), key: ['record_id'], schema: RAW_SCHEMA, tracksDeletes: true },
    mapping: null,
    cells: (record) => [idOf(record, names), JSON.stringify(ownPart(record))],
    select: (_, chunk, version) => {
      const { from: table } = ofVersion(chunkTable(chunk, ['record_id', 'record'], 1), 2, version)
      return Promise.resolve(
        `select src.c0 as ${identifier('record_id')}, src.c1::json as record, null::bigint as _line from ${table}`,
      )
    },
  }
}

const RAW_SCHEMA = new Schema([
  new Field('record_id', new Utf8(), true),
  new Field('record', new Utf8(), true, new Map([['duckdb', 'JSON']])),
])

function rawName(stream: string): string {
  return `tap_${stream.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`
}

/** The record without Singer's marks of when and from where it was read, which change while the record doesn't. */
function ownPart(record: Row): Row {
  const own = Object.entries(record).filter(([name]) => !name.startsWith('_sdc_') || name === DELETED_AT)
  return Object.fromEntries(own)
}

/** A record without a key is known by what it holds, so that it is not there twice when it comes again. */
function idOf(record: Row, key: readonly string[]): string {
  if (key.length === 0)
    return createHash('sha1')
      .update(JSON.stringify(ownPart(record)))
      .digest('hex')
  const cells = key.map((name) => cellOf(record, name))
  return cells.length === 1 ? (cells[0] ?? '') : JSON.stringify(cells)
}

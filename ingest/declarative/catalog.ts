import { SourceError } from '#config'
import type { CatalogDefinition } from './definition-catalog.ts'
import type { PartialRequest } from './definition-request.ts'
import { isRecord, valueAt, type ServiceRecord } from './path.ts'
import type { Answer } from './problem.ts'
import type { Scope } from './template.ts'

/** A field of the tenant's own, as a row of the stream `fields`. */
export type OwnField = {
  readonly key: string
  /** The stream whose records have it. */
  readonly entity: string
  readonly field: string
  readonly label: string | null
  /** What its values are here; null where the service's word for it says nothing. */
  readonly type: string | null
  /** Between values that stand in one text. */
  readonly separator: string | null
  /** Names of the values of a list, by what records have for them. */
  readonly options: Readonly<Record<string, string>> | null
}

/** What of a stream a catalogue needs: its name, and what the service calls its records. */
export type Catalogued = { readonly name: string; readonly catalog?: string | undefined }

type Send = (request: PartialRequest, scope: Scope) => Promise<Answer>

export type Catalog = {
  /** The fields of these streams, each asked for once. */
  fields(streams: readonly Catalogued[]): Promise<readonly OwnField[]>
  /** Records with the values of their own fields as `custom`; as they are where the service gives them by itself. */
  complete(stream: Catalogued, records: readonly unknown[]): Promise<readonly unknown[]>
}

/** The tenant's own fields, and those of the service's that this tenant has. */
type Known = { readonly own: readonly OwnField[]; readonly also: readonly string[] }

/** The catalogue of one session: it is read once, and again only after it could not be. */
export function createCatalog(definition: CatalogDefinition, send: Send): Catalog {
  const known = new Map<string, Promise<Known>>()
  const fieldsOf = async (stream: Catalogued): Promise<Known> => {
    const reading = known.get(stream.name) ?? readFields(definition, send, stream)
    known.set(stream.name, reading)
    return reading.catch((error: unknown) => {
      known.delete(stream.name)
      throw error
    })
  }
  return {
    fields: async (streams) => (await Promise.all(streams.map(fieldsOf))).flatMap(({ own }) => own),
    complete: async (stream, records) => {
      const { ask } = definition
      if (ask === undefined || records.length === 0) return records
      const { own, also } = await fieldsOf(stream)
      const names = own.map(({ field }) => field)
      const isAsked = names.length + also.length > 0
      return isAsked ? completed({ ask, send, stream, names, also }, records) : records
    },
  }
}

async function readFields(definition: CatalogDefinition, send: Send, stream: Catalogued): Promise<Known> {
  if (stream.catalog === undefined) return { own: [], also: [] }
  const answer = await send(definition.request, { catalog: stream.catalog }).catch((error: unknown) => {
    if (definition.mayLack && error instanceof SourceError && !error.retryable) return { body: null }
    throw error
  })
  const listed = entriesAt(answer.body, definition.select)
  const own = listed.filter((entry) => isWanted(definition, entry))
  const names = new Set(listed.map((entry) => textAt(entry, definition.name)))
  return {
    own: own.map((entry) => ownField(definition, stream.name, entry)),
    also: definition.also.filter((name) => names.has(name)),
  }
}

function entriesAt(body: unknown, select: string): readonly ServiceRecord[] {
  const found = valueAt(body, select)
  if (Array.isArray(found)) return found.filter(isRecord)
  if (!isRecord(found)) return []
  return Object.entries(found).flatMap(([key, entry]) => (isRecord(entry) ? [{ ...entry, key }] : []))
}

const textAt = (entry: ServiceRecord, path: string) => String(valueAt(entry, path) ?? '')

function isWanted({ name, type, own, without }: CatalogDefinition, entry: ServiceRecord): boolean {
  if (textAt(entry, name) === '' || without.includes(textAt(entry, type))) return false
  if (own === undefined) return true
  const said = textAt(entry, own.at)
  return (own.is === undefined || own.is.includes(said)) && said.startsWith(own.starts ?? '')
}

function ownField(definition: CatalogDefinition, entity: string, entry: ServiceRecord): OwnField {
  const { name, label, type, types, several } = definition
  const field = textAt(entry, name)
  const said = [label].flat().map((path) => textAt(entry, path))
  return {
    ...{ key: `${entity}:${field}`, entity, field },
    label: said.find((each) => each !== '') ?? null,
    type: types[textAt(entry, type)] ?? null,
    separator: several?.is.includes(textAt(entry, several.at)) === true ? several.by : null,
    options: optionsOf(definition, entry),
  }
}

function optionsOf({ values }: CatalogDefinition, entry: ServiceRecord): OwnField['options'] {
  if (values === undefined) return null
  const named = entriesAt(entry, values.list)
    .map((each) => [textAt(each, values.id), textAt(each, values.name)] as const)
    .filter(([id, name]) => id !== '' && name !== '')
  return named.length === 0 ? null : Object.fromEntries(named)
}

type Completing = {
  readonly ask: NonNullable<CatalogDefinition['ask']>
  readonly send: Send
  readonly stream: Catalogued
  readonly names: readonly string[]
  readonly also: readonly string[]
}

async function completed(
  { ask, send, stream, names, also }: Completing,
  records: readonly unknown[],
): Promise<readonly unknown[]> {
  const ids = [...new Set(records.map((record) => textOf(valueAt(record, ask.id))))].filter((id) => id !== '')
  const told = new Map<string, ServiceRecord>()
  const calls = chunksOf(ids, ask.records).flatMap((batch) =>
    chunksOf([...names, ...also], ask.fields).map(async (some) => {
      const { body } = await send(ask.request, { catalog: stream.catalog, batch, names: some })
      for (const record of entriesAt(body, ask.select)) {
        const id = textOf(valueAt(record, ask.id))
        told.set(id, { ...told.get(id), ...valuesOf(valueAt(record, ask.at), some) })
      }
    }),
  )
  await Promise.all(calls)
  return records.map((record) => {
    if (!isRecord(record)) return record
    const values = told.get(textOf(valueAt(record, ask.id)))
    const custom = values === undefined ? null : valuesOf(values, names)
    return { ...record, ...valuesOf(values, also), custom }
  })
}

const textOf = (value: unknown) => (value === null || value === undefined ? '' : String(value))

function valuesOf(values: unknown, names: readonly string[]): ServiceRecord {
  if (!isRecord(values)) return {}
  const said = names.map((name) => [name, values[name]] as const)
  return Object.fromEntries(said.filter(([, value]) => value !== null && value !== undefined && value !== ''))
}

function chunksOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  )
}

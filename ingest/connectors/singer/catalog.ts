import { z } from 'zod'
import { UserError } from '#config'

const entrySchema = z.looseObject({
  stream: z.string().optional(),
  tap_stream_id: z.string(),
  schema: z.looseObject({}).default({}),
  key_properties: z.array(z.string()).nullish(),
  metadata: z
    .array(z.looseObject({ breadcrumb: z.array(z.string()), metadata: z.looseObject({}) }))
    .default([]),
})
const catalogSchema = z.looseObject({ streams: z.array(entrySchema) })

export type Catalog = z.output<typeof catalogSchema>
type Entry = Catalog['streams'][number]

/** A stream that a tap offers. `id` is its name where two are called alike; taps use the one or the other. */
export type Offered = { readonly name: string; readonly id: string; readonly key: readonly string[] }

export function parseCatalog(value: unknown): Catalog {
  return catalogSchema.parse(value)
}

export function offeredIn({ streams }: Catalog): readonly Offered[] {
  return streams.map((entry) => ({ name: nameOf(entry), id: entry.tap_stream_id, key: keyOf(entry) }))
}

function nameOf({ stream, tap_stream_id: id }: Entry): string {
  return stream ?? id
}

function keyOf({ key_properties: key, metadata }: Entry): readonly string[] {
  if (key !== null && key !== undefined && key.length > 0) return key
  const own = metadata.find(({ breadcrumb }) => breadcrumb.length === 0)?.metadata
  const names = z.array(z.string()).safeParse(own?.['table-key-properties'] ?? own?.['view-key-properties'])
  return names.data ?? []
}

/**
 * The catalogue with these streams selected and no other, all their fields with them, and what embut.yaml says of how
 * each is replicated. Throws UserError naming the streams that there are.
 */
export function selected(
  catalog: Catalog,
  wanted: readonly { readonly stream: string; readonly replication?: Replication | undefined }[],
): Catalog {
  const names = catalog.streams.map(nameOf)
  const known = [...names, ...catalog.streams.map((entry) => entry.tap_stream_id)]
  const unknown = wanted.find(({ stream }) => !known.includes(stream))
  if (unknown !== undefined) {
    throw new UserError(`The tap has no stream ${unknown.stream}. Its streams are: ${names.join(', ')}.`)
  }
  return {
    ...catalog,
    streams: catalog.streams.map((entry) => {
      const want = wanted.find(({ stream }) => stream === entry.tap_stream_id || stream === nameOf(entry))
      return {
        ...entry,
        schema: { ...entry.schema, selected: want !== undefined },
        metadata: marked(entry, want),
      }
    }),
  }
}

export type Replication = { readonly method: string; readonly key?: string | undefined }

function marked(
  entry: Entry,
  want: { readonly replication?: Replication | undefined } | undefined,
): Entry['metadata'] {
  const isWanted = want !== undefined
  const own = {
    selected: isWanted,
    ...(want?.replication === undefined ? {} : { 'replication-method': want.replication.method }),
    ...(want?.replication?.key === undefined ? {} : { 'replication-key': want.replication.key }),
  }
  const rest = entry.metadata.filter(({ breadcrumb }) => breadcrumb.length > 0)
  const before = entry.metadata.find(({ breadcrumb }) => breadcrumb.length === 0)?.metadata ?? {}
  const fields = rest.map((field) =>
    field.metadata['inclusion'] === 'unsupported'
      ? field
      : { ...field, metadata: { ...field.metadata, selected: isWanted } },
  )
  return [{ breadcrumb: [], metadata: { ...before, ...own } }, ...fields]
}

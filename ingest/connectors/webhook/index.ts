import { createHash, randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Config } from '#config'
import { openWarehouse } from '#warehouse'
import type { Connection } from '#warehouse'
import type {
  Connector,
  ConnectorContext,
  ConnectorSession,
  Cursor,
  Stream,
  StreamMessage,
} from '../../connector.ts'
import { inboxFiles, removeFromInbox } from '../../webhook.ts'
import { SENT } from '../../webhook.ts'
import type { StoredWebhook } from '../../webhook.ts'
import { chunkTable, createChunk, csvLine } from '../database/chunk.ts'
import { scratchFolder } from '../files/scratch.ts'
import { columnsOf } from '../mapping/column.ts'
import { mappedSelect } from '../mapping/select.ts'
import { ENTITY_STREAMS } from '../mapping/streams.ts'
import { cellOf } from '../singer/message.ts'

/** What web forms, sites and other programs send by themselves, mapped to canonical entities. */
export const webhookConnector: Connector = {
  kind: 'webhook',
  sharesViewsOf: 'files',
  streams: ENTITY_STREAMS,
  open: openWebhook,
}

const cursorSchema = z.object({ read: z.array(z.string()) })

type Source = Extract<Config['sources'][number], { readonly connector: 'webhook' }>
type Event = Source['events'][number]
type Reader = {
  readonly context: ConnectorContext
  readonly source: Source
  readonly connection: Connection
  readonly inbox: string
}

async function openWebhook(context: ConnectorContext): Promise<ConnectorSession> {
  const { source, config } = context
  if (source.connector !== 'webhook') throw new TypeError(`Source ${source.name} is not a webhook source`)
  const memory = await openWarehouse(':memory:')
  const inbox = join(config.dataDir, 'spool', source.name)
  const reader = { context, source, connection: await memory.connect(), inbox }
  const entities = new Set<string>(source.events.map(({ entity }) => entity))
  const streams = ENTITY_STREAMS.filter(({ name }) => entities.has(name))
  let standing: ReadonlyMap<string, Cursor | null> = new Map()
  return {
    streams,
    ownsInbox: true,
    begin: (cursors) => {
      standing = cursors
    },
    read: async function* (stream, cursor) {
      await removeFromInbox(inbox, readByAll(streams, standing))
      yield* readEvents(reader, stream, cursor)
    },
    close: async () => memory.close(),
  }
}

/** Only what every stream has taken over can go. */
function readByAll(
  streams: readonly Stream[],
  standing: ReadonlyMap<string, Cursor | null>,
): readonly string[] {
  const lists = streams.map(
    ({ name }) => new Set(cursorSchema.safeParse(standing.get(name)).data?.read ?? []),
  )
  return [...(lists[0] ?? [])].filter((name) => lists.every((list) => list.has(name)))
}

async function* readEvents(
  reader: Reader,
  stream: Stream,
  cursor: Cursor | null,
): AsyncGenerator<StreamMessage> {
  const known = new Set(cursor === null ? [] : cursorSchema.parse(cursor).read)
  const stored = await inboxFiles(reader.inbox)
  const fresh = stored
    .filter(({ file, only = stream.name }) => !known.has(file) && only === stream.name)
    .flatMap(recordsOf)
  // Until all of it is handed over, it counts as not read.
  const before = { read: [...known] }
  for (const event of reader.source.events.filter(({ entity }) => entity === stream.name)) {
    const records = fresh.filter((record) => isMeant(event, record))
    if (records.length > 0) yield await rowsOf(reader, event, { records, cursor: before })
  }
  const strange = fresh.filter((record) => !reader.source.events.some((event) => isMeant(event, record)))
  const flags = strange.length === 0 ? [] : [`events of no kind that embut.yaml knows: ${strange.length}`]
  yield { kind: 'done', cursor: { read: stored.map(({ file }) => file) }, flags }
}

type Fields = Readonly<Record<string, unknown>>

/** The records of one request: one, or each of a list; with when it came, what tells it from others, and all it holds. */
function recordsOf({ webhook_id, received_at, body }: StoredWebhook): readonly Fields[] {
  const value: unknown = JSON.parse(body)
  return (Array.isArray(value) ? value : [value]).map((each: unknown) => {
    const text = JSON.stringify(each)
    return {
      ...(typeof each === 'object' ? each : { value: each }),
      _webhook_id: webhook_id,
      _received_at: received_at,
      _body_hash: createHash('sha1').update(text).digest('hex'),
      [SENT]: JSON.stringify({ webhook_id, received_at, body: text }),
    }
  })
}

/** Whether a record has the values that tell events of this kind. */
function isMeant({ when }: Event, record: Fields): boolean {
  return Object.entries(when).every(([name, wanted]) => cellOf(record, name) === String(wanted))
}

async function rowsOf(
  { context, source, connection }: Reader,
  { entity, columns, zone }: Event,
  { records, cursor }: { readonly records: readonly Fields[]; readonly cursor: Cursor },
): Promise<StreamMessage> {
  const scratch = scratchFolder(context.config, source.name)
  await mkdir(scratch, { recursive: true })
  const path = join(scratch, `${randomUUID()}.csv`)
  // A row that cannot be used is known with all that was sent, so that it can be tried again.
  const names = [...new Set([...Object.values(columns).flatMap(columnsOf), SENT])]
  const file = createChunk(path)
  for (const record of records) file.addText(csvLine(names.map((name) => cellOf(record, name))))
  const select = await mappedSelect(connection, {
    table: chunkTable(file.end(), names, 0),
    mapping: { entity, columns },
    zone: zone ?? context.config.company.timezone,
    label: `Source ${source.name}`,
    sampleOf: () => ['2026-01-31T00:00:00Z'],
  })
  return { kind: 'file', path, select, cursor, replaces: null }
}

import { createHash } from 'node:crypto'
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
import { writeDurably } from '../../durable.ts'
import { fileSelect } from '../files/calls/index.ts'
import { readContent } from '../files/encoding.ts'
import { openTable } from '../files/open-table.ts'
import { scratchFolder } from '../files/scratch.ts'
import { ENTITY_STREAMS } from '../mapping/streams.ts'
import { csvAddress, download } from './link.ts'

/** Google Sheets shared by link, and any CSV behind a link; read when it changed. */
export const sheetsConnector: Connector = {
  kind: 'sheets',
  sharesViewsOf: 'files',
  streams: ENTITY_STREAMS,
  open: openSheets,
}

const cursorSchema = z.object({
  sheets: z.record(
    z.string(),
    z.object({
      hash: z.string(),
      mapping: z.string(),
      etag: z.string().nullable(),
      modified: z.string().nullable(),
    }),
  ),
})

type Source = Extract<Config['sources'][number], { readonly connector: 'sheets' }>
type Sheet = Source['sheets'][number]
type Reader = { readonly context: ConnectorContext; readonly source: Source; readonly connection: Connection }

async function openSheets(context: ConnectorContext): Promise<ConnectorSession> {
  const { source } = context
  if (source.connector !== 'sheets') throw new TypeError(`Source ${source.name} is not a sheets source`)
  const memory = await openWarehouse(':memory:')
  const reader = { context, source, connection: await memory.connect() }
  const entities = new Set<string>(source.sheets.map(({ entity }) => entity))
  return {
    streams: ENTITY_STREAMS.filter(({ name }) => entities.has(name)),
    read: (stream, cursor) => readSheets(reader, stream, cursor),
    close: async () => memory.close(),
  }
}

async function* readSheets(
  reader: Reader,
  stream: Stream,
  cursor: Cursor | null,
): AsyncGenerator<StreamMessage> {
  const { context, source } = reader
  let state = cursor === null ? { sheets: {} } : cursorSchema.parse(cursor)
  for (const [index, sheet] of source.sheets.entries()) {
    if (sheet.entity !== stream.name) continue
    const id = sheet.name ?? `sheet ${index + 1}`
    const zone = sheet.zone ?? context.config.company.timezone
    const mapping = digest(JSON.stringify([sheet, zone])).slice(0, 16)
    const before = state.sheets[id]
    const isSame = before?.mapping === mapping
    const seen = isSame ? before : { etag: null, modified: null }
    const downloaded = await download(context, csvAddress(sheet.url), seen)
    if (downloaded === null) continue
    const hash = digest(downloaded.text)
    state = { sheets: { ...state.sheets, [id]: { hash, mapping, ...downloaded.seen } } }
    if (isSame && before.hash === hash) continue
    const { path, select } = await openSheet(reader, sheet, { id, zone, text: downloaded.text })
    yield { kind: 'file', path, select, cursor: state, replaces: id }
  }
  yield { kind: 'done', cursor: state }
}

type Content = { readonly id: string; readonly zone: string; readonly text: Buffer }

/** The sheet as a file, in the very way that a file of the folder is read. */
async function openSheet({ context, source, connection }: Reader, sheet: Sheet, { id, zone, text }: Content) {
  const scratch = scratchFolder(context.config, source.name)
  await mkdir(scratch, { recursive: true })
  const path = join(scratch, `${digest(text)}.csv`)
  await writeDurably(scratch, `${digest(text)}.csv`, text)
  const mapping = { ...sheet, match: id }
  const file = { id, path, mapping, format: 'csv', size: text.length, changedMs: 0 } as const
  const opened = await openTable(connection, file, { content: await readContent(path), scratch })
  const select = await fileSelect(connection, { ...opened, mapping, zone, label: id })
  return { path: opened.path, select }
}

function digest(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

import { createHash } from 'node:crypto'
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
import { ENTITY_STREAMS } from '../mapping/streams.ts'
import { fileSelect } from './calls/index.ts'
import { parseFilesCursor } from './cursor.ts'
import type { FilesCursor } from './cursor.ts'
import { readContent } from './encoding.ts'
import { findFiles } from './find.ts'
import type { FoundFile } from './find.ts'
import { openTable } from './open-table.ts'
import { scratchFolder } from './scratch.ts'
import { entityOf } from './source.ts'
import type { FilesSource } from './source.ts'

/** A folder of CSV, XLSX, Parquet or JSON files mapped to canonical entities; a file is read when its content changed. */
export const filesConnector: Connector = { kind: 'files', streams: ENTITY_STREAMS, open: openFiles }

async function openFiles({ source, config }: ConnectorContext): Promise<ConnectorSession> {
  if (source.connector !== 'files') throw new TypeError(`Source ${source.name} is not a files source`)
  const reader = await openWarehouse(':memory:')
  const connection = await reader.connect()
  const entities = new Set<string>(source.files.map(entityOf))
  return {
    streams: ENTITY_STREAMS.filter(({ name }) => entities.has(name)),
    read: (stream, cursor) => readChangedFiles({ connection, source, config }, stream, cursor),
    close: async () => reader.close(),
  }
}

type Reader = { readonly connection: Connection; readonly source: FilesSource; readonly config: Config }

async function* readChangedFiles(
  { connection, source, config }: Reader,
  stream: Stream,
  cursor: Cursor | null,
): AsyncGenerator<StreamMessage> {
  let state = parseFilesCursor(cursor)
  const flags: string[] = []
  const found = await findFiles(source, stream.name)
  for (const file of found) {
    const zone = file.mapping.zone ?? config.company.timezone
    const mapping = mappingHash(file, zone)
    const before = state.files[file.id]
    const isSame = before?.mapping === mapping
    if (isSame && before.size === file.size && before.changedMs === file.changedMs) continue
    const content = await readContent(file.path)
    const entry = { hash: content.hash, mapping, size: file.size, changedMs: file.changedMs }
    state = { files: { ...state.files, [file.id]: entry } }
    if (isSame && before.hash === content.hash) continue
    const scratch = scratchFolder(config, source.name)
    const opened = await openTable(connection, file, { content, scratch })
    const select = await fileSelect(connection, { ...opened, mapping: file.mapping, zone, label: file.id })
    flags.push(...opened.flags)
    yield { kind: 'file', path: opened.path, select, cursor: state, replaces: file.id }
  }
  yield { kind: 'done', cursor: state, flags: [...flags, ...goneFlags(state, found)] }
}

/** Changes when the file has to be read differently, though its content is the same. */
function mappingHash(file: FoundFile, zone: string): string {
  return createHash('sha256')
    .update(JSON.stringify([file.mapping, zone]))
    .digest('hex')
    .slice(0, 16)
}

/** Rows of a file that was taken away stay: people move exports to an archive. The ledger says so. */
function goneFlags(state: FilesCursor, found: readonly FoundFile[]): readonly string[] {
  const present = new Set(found.map(({ id }) => id))
  return Object.keys(state.files)
    .filter((id) => !present.has(id))
    .map((id) => `file gone: ${id}`)
}

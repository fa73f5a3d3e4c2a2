import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openWarehouse } from '#warehouse'
import type { Connection } from '#warehouse'
import type { ConnectorContext, ConnectorSession, Cursor, Stream, StreamMessage } from '../../connector.ts'
import { scratchFolder } from '../files/scratch.ts'
import { columnsOf } from '../mapping/column.ts'
import type { EntityMapping } from '../mapping/column.ts'
import { mappedSelect } from '../mapping/select.ts'
import { presentKeysOf } from '../mapping/present-keys.ts'
import { ENTITY_STREAMS } from '../mapping/streams.ts'
import { chunkTable } from './chunk.ts'
import { parseDatabaseCursor } from './cursor.ts'
import type { DatabaseCursor } from './cursor.ts'
import type { Column, Driver } from './driver.ts'
import { readPages } from './pages.ts'
import type { Page } from './pages.ts'
import { readTable } from './read-table.ts'
import { ALL, openTable } from './table.ts'
import type { Table, TableMapping } from './table.ts'

/** A database source as far as reading its tables goes. */
export type TablesSource = {
  readonly name: string
  readonly tables: readonly TableMapping[]
  readonly checkHours: number
  /** Rows that one query takes at most. */
  readonly pageRows: number
}

export type DatabaseOptions = {
  readonly context: ConnectorContext
  readonly source: TablesSource
  readonly driver: Driver
}

type Reader = DatabaseOptions & {
  readonly connection: Connection
  readonly newPath: () => string
}

/** A session on an open database: a stream for each entity that its tables fill. */
export async function openDatabase(options: DatabaseOptions): Promise<ConnectorSession> {
  const { context, source, driver } = options
  const memory = await openWarehouse(':memory:')
  const scratch = scratchFolder(context.config, source.name)
  const newPath = () => join(scratch, `${randomUUID()}.csv`)
  const reader = { ...options, connection: await memory.connect(), newPath }
  const entities = new Set<string>(source.tables.map(({ entity }) => entity))
  return {
    streams: ENTITY_STREAMS.filter(({ name }) => entities.has(name)),
    read: async function* (stream, cursor) {
      await mkdir(scratch, { recursive: true })
      yield* readEntity(reader, stream, cursor)
    },
    close: async () => {
      memory.close()
      await driver.close()
    },
  }
}

async function* readEntity(
  reader: Reader,
  stream: Stream,
  cursor: Cursor | null,
): AsyncGenerator<StreamMessage> {
  const { context, newPath } = reader
  const tables = await openTables(reader, stream.name)
  let state = parseDatabaseCursor(context.isFull === true ? null : cursor)
  let isWhole = false
  for (const table of tables) {
    const options = { before: state.tables[table.id], pageRows: reader.source.pageRows, newPath }
    for await (const step of readTable(table, options)) {
      isWhole ||= step.isWhole
      state = { ...state, tables: { ...state.tables, [table.id]: step.state } }
      if (step.page !== null) yield* pageMessage(reader, { table, page: step.page, cursor: state })
    }
  }
  if (cursor === null) state = { ...state, checkedAt: context.now().toISOString() }
  if (isCheckDue(reader, state) || (isWhole && cursor !== null)) {
    yield* undatedRows(reader, tables, state)
    yield* presentKeys(reader, stream, tables)
    state = { ...state, checkedAt: context.now().toISOString() }
  }
  yield { kind: 'done', cursor: state }
}

async function openTables({ context, source, driver }: Reader, entity: string): Promise<readonly Table[]> {
  const tables: Table[] = []
  for (const [index, mapping] of source.tables.entries()) {
    if (mapping.entity !== entity) continue
    const zone = mapping.zone ?? context.config.company.timezone
    const id = mapping.table ?? `query ${index + 1}`
    tables.push(await openTable({ driver, mapping, id, zone, source: source.name }))
  }
  return tables
}

type MappedPage = {
  readonly table: Table
  readonly page: Page
  readonly cursor: DatabaseCursor
}

async function* pageMessage(
  reader: Reader,
  { table, page, cursor }: MappedPage,
): AsyncGenerator<StreamMessage> {
  if (page.rows === 0) return
  const select = await selectOf(reader, table, { page, columns: table.columns, mapping: table.mapping })
  yield { kind: 'file', path: page.chunk.path, select, cursor, replaces: null }
}

function selectOf(
  { connection, source }: Reader,
  table: Table,
  {
    page,
    columns,
    mapping,
  }: { readonly page: Page; readonly columns: readonly Column[]; readonly mapping: EntityMapping },
): Promise<string> {
  const names = columns.map(({ name }) => name)
  const isBare = (name: string) => columns.some((column) => column.name === name && column.kind !== 'text')
  return mappedSelect(connection, {
    table: { ...chunkTable(page.chunk, names, page.keyCells), isBare },
    mapping,
    zone: table.zone,
    label: `Source ${source.name}: ${table.id}`,
    sampleOf: (name) => sampleOf(columns.find((column) => column.name === name)),
  })
}

/** What the texts of a column look like: an instant names its offset, all else is plain. */
function sampleOf(column: Column | undefined): readonly string[] {
  return column?.kind === 'instant' ? ['2026-01-31 00:00:00+00'] : []
}

function isCheckDue({ context, source }: Reader, { checkedAt }: DatabaseCursor): boolean {
  if (checkedAt === null || context.isFull === true) return true
  return context.now().getTime() - Date.parse(checkedAt) >= source.checkHours * 3_600_000
}

/** Rows that no change could be told of, for their updatedAt is empty. */
async function* undatedRows(
  reader: Reader,
  tables: readonly Table[],
  cursor: DatabaseCursor,
): AsyncGenerator<StreamMessage> {
  for (const table of tables) {
    const { changes, columns, key: order } = table
    if (changes.kind !== 'column' || changes.isInner) continue
    const where = `src.${table.driver.quote(changes.column.name)} is null`
    const plan = {
      columns,
      where,
      inner: ALL,
      order,
      after: null,
      pageRows: reader.source.pageRows,
      newPath: reader.newPath,
    }
    for await (const page of readPages(table, plan)) yield* pageMessage(reader, { table, page, cursor })
  }
}

/** Keys of all the rows there are; none when the source itself is cleaned, where a row that is gone says nothing. */
async function* presentKeys(
  reader: Reader,
  stream: Stream,
  tables: readonly Table[],
): AsyncGenerator<StreamMessage> {
  if (tables.some(({ mapping }) => mapping.deletes === 'never')) return
  for (const table of tables) yield* keysOf(reader, stream, table)
}

async function* keysOf(reader: Reader, stream: Stream, table: Table): AsyncGenerator<StreamMessage> {
  const { entity, columns: all } = table.mapping
  const mapping = { entity, columns: Object.fromEntries(stream.key.map((name) => [name, all[name]])) }
  const used = new Set(stream.key.flatMap((name) => columnsOf(all[name])))
  const columns = table.columns.filter(({ name }) => used.has(name))
  const { pageRows } = reader.source
  const plan = { columns, where: ALL, inner: ALL, order: table.key, after: null, pageRows }
  for await (const page of readPages(table, { ...plan, newPath: reader.newPath })) {
    if (page.rows === 0) continue
    const select = await selectOf(reader, table, { page, columns, mapping })
    yield* presentKeysOf(reader.connection, stream, `select * from (${select}) where _problem is null`)
    await rm(page.chunk.path)
  }
}

import { connectorsOf } from '#ingest'
import { ensureRawCatalog, literal, qualified, rawSchema, withWarehouse } from '#warehouse'
import type { Connection, RawConnector } from '#warehouse'
import { openWorkspace } from '#workspace'

type Value = string | number | boolean | null | readonly unknown[] | Readonly<Record<string, unknown>>
export type RawRow = Readonly<Record<string, Value>>

/** What one load brought of one source: rows by stream, and keys of rows that are gone. Times are UTC. */
export type RawLoad = {
  readonly source: string
  readonly at: string
  readonly rows: Readonly<Record<string, readonly RawRow[]>>
  readonly gone?: Readonly<Record<string, readonly RawRow[]>>
}

export type RawFixture = {
  readonly sources: Readonly<Record<string, 'files' | 'bitrix24'>>
  readonly loads: readonly RawLoad[]
  /** Spellings of telephone numbers as ingest leaves them; null is no number. */
  readonly phones?: Readonly<Record<string, string | null>>
}

/** Writes a raw warehouse with the tables that the connectors declare and the rows of the loads, in their order. */
export async function writeRaw(file: string, fixture: RawFixture): Promise<void> {
  const catalog = await rawCatalog(fixture.sources)
  await withWarehouse(file, {}, async (connection) => {
    await ensureRawCatalog(connection, catalog)
    let lastId = 0
    for (const load of fixture.loads) lastId = await writeLoad(connection, catalog, { ...load, lastId })
    for (const [raw, e164] of Object.entries(fixture.phones ?? {})) {
      await connection.run(
        `insert into raw_embut.phone_numbers values (${literal(raw)}, ${text(e164)}, ${String(e164 !== null)},
         ${e164 === null ? `'not a number'` : 'null'}, 1)`,
      )
    }
  })
}

async function rawCatalog(sources: RawFixture['sources']): Promise<readonly RawConnector[]> {
  const workspace = await openWorkspace({ file: ':memory:' })
  const connectors = connectorsOf(workspace)
  await workspace.close()
  const named = { ...sources, workspace: 'workspace' }
  return connectors.map(({ kind, streams }) => ({
    kind,
    streams,
    sources: Object.entries(named).flatMap(([name, connector]) => (connector === kind ? [name] : [])),
  }))
}

async function writeLoad(
  connection: Connection,
  catalog: readonly RawConnector[],
  load: RawLoad & { readonly lastId: number },
): Promise<number> {
  const { lastId } = load
  const streams = catalog.find(({ sources }) => sources.includes(load.source))?.streams ?? []
  const batches = [
    ...Object.entries(load.rows).map((entry) => ({ entry, isGone: false })),
    ...Object.entries(load.gone ?? {}).map((entry) => ({ entry, isGone: true })),
  ]
  for (const [index, { entry, isGone }] of batches.entries()) {
    const [name, rows] = entry
    const id = lastId + 1 + index
    const stream = streams.find((each) => each.name === name)
    if (stream === undefined) throw new TypeError(`${load.source} has no stream ${name}`)
    for (const row of rows) {
      await writeRow(connection, { load, id, name, keys: stream.key, row, isGone })
    }
    await connection.run(
      `insert into raw_embut.loads(load_id, source_name, stream, finished_at, rows_inserted, rows_deleted)
       values (${id}, ${literal(load.source)}, ${literal(name)}, ${literal(load.at)}, ${isGone ? 0 : rows.length},
       ${isGone ? rows.length : 0})`,
    )
  }
  return lastId + batches.length
}

type Write = {
  readonly load: RawLoad
  readonly id: number
  readonly name: string
  readonly keys: readonly string[]
  readonly row: RawRow
  readonly isGone: boolean
}

async function writeRow(connection: Connection, { load, id, name, keys, row, isGone }: Write): Promise<void> {
  const schema = rawSchema(load.source)
  const where = keys.map((key) => `${key} = ${sqlValue(row[key] ?? null)}`).join(' and ')
  const table = qualified(schema, name)
  await connection.run(
    `insert into ${qualified(schema, `${name}__superseded`)} by name from ${table} where ${where}`,
  )
  const removed = await connection.run(`delete from ${table} where ${where}`)
  const operation = isGone ? 'delete' : removed > 0 ? 'update' : 'insert'
  const full = { ...row, _load_id: id, _loaded_at: load.at, _deleted: isGone, _op: operation }
  const names = Object.keys(full).join(', ')
  const values = Object.values(full).map(sqlValue).join(', ')
  await connection.run(`insert into ${table}(${names}) values (${values})`)
}

function sqlValue(value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return literal(value)
  if (typeof value === 'object') return literal(JSON.stringify(value))
  return String(value)
}

function text(value: string | null): string {
  return value === null ? 'null' : literal(value)
}

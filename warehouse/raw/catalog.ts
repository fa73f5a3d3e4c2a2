import { createHash, randomUUID } from 'node:crypto'
import type { Connection } from '../connection.ts'
import { identifier, literal, qualified } from '../sql.ts'
import { replaceCustomValues } from './custom-fields.ts'
import { readCustomValues } from './custom-value.ts'
import { replaceHistoryView, separateHistory } from './history.ts'
import { OP_COLUMN, rawColumns, rawSchema, SUPERSEDED, SYSTEM_COLUMNS, VERSION_COLUMNS } from './stream.ts'
import type { RawColumn, RawStream } from './stream.ts'

/** A connector's declared streams and the names of the sources configured with it. */
export type RawConnector = {
  readonly kind: string
  readonly streams: readonly RawStream[]
  readonly sources: readonly string[]
}

const EMBUT_TABLES = `
create schema if not exists raw_embut;
create table if not exists raw_embut.settings(name varchar not null, value varchar);
create table if not exists raw_embut.loads(
  load_id bigint, source_name varchar, stream varchar, started_at timestamp, finished_at timestamp,
  rows_read bigint, rows_inserted bigint, rows_updated bigint, rows_deleted bigint, rows_quarantined bigint,
  bytes bigint, duration_ms bigint, flags json);
create table if not exists raw_embut.cursors(
  source_name varchar, stream varchar, cursor json, spool_sequence bigint, load_id bigint, updated_at timestamp);
create table if not exists raw_embut.quarantine(
  quarantine_id varchar, load_id bigint, source_name varchar, entity varchar, "row" json, column_name varchar,
  "value" varchar, reason varchar, file varchar, line bigint, resolved_at timestamp);
create table if not exists raw_embut.phone_numbers(
  phone_raw varchar, phone_e164 varchar, is_valid boolean, reason varchar, _load_id bigint);
create table if not exists raw_embut.file_keys(source_name varchar, entity varchar, file varchar, key_hash ubigint);
create table if not exists raw_embut.sole_files(source_name varchar, entity varchar, file varchar);
create table if not exists raw_embut.segment_sizes(
  segment_id varchar, owner_id varchar, department_id varchar, clients_count integer, audience_count integer,
  control_count integer, without_consent_count integer, without_contact_count integer, size_on date);
create table if not exists raw_embut.client_values(
  client_id varchar, probability_alive double, churn_risk double, expected_value double);
create table if not exists raw_embut.closed_results(
  month date, closed_at timestamp, kind varchar, record_id varchar, metric varchar, status varchar,
  "value" decimal(18, 2), "result" decimal(18, 2), owner_id varchar, owner_name varchar, department_id varchar,
  department_name varchar);
${[
  ...['title', 'client_name', 'product_name', 'source_name', 'pipeline_name', 'stage_name'].map(
    (name) => `${name} varchar`,
  ),
  'rules_known_at timestamp',
]
  .map((column) => `alter table raw_embut.closed_results add column if not exists ${column};`)
  .join('\n')}
`

/**
 * Makes everything that the models read exist: `raw_embut`, a table with its history for each stream of each
 * source, and the views `all_<connector>.<stream>` over them, empty ones for a connector without a source. Quick when
 * nothing changed since the last time.
 */
export async function ensureRawCatalog(
  connection: Connection,
  connectors: readonly RawConnector[],
): Promise<void> {
  const shape = shapeOf(connectors)
  if ((await readSetting(connection, 'catalog')) === shape) return
  await connection.transaction(async () => {
    await connection.run(EMBUT_TABLES)
    await connection.run(
      `insert into raw_embut.settings select 'warehouse_id', ${literal(randomUUID())}
       where not exists (from raw_embut.settings where name = 'warehouse_id')`,
    )
    for (const connector of connectors) await ensureConnector(connection, connector)
    await replaceCustomValues(connection, connectors)
    await connection.run(`delete from raw_embut.settings where name = 'catalog'`)
    await connection.run(`insert into raw_embut.settings values ('catalog', ${literal(shape)})`)
  })
}

function shapeOf(connectors: readonly RawConnector[]): string {
  const parts = connectors.map(({ kind, sources, streams }) => [
    kind,
    sources,
    streams.map(({ name, schema, customFields }) => [name, rawColumns(schema), customFields]),
  ])
  return createHash('sha256')
    .update(JSON.stringify([EMBUT_TABLES, VERSION_COLUMNS, SUPERSEDED, readCustomValues(''), parts]))
    .digest('hex')
}

async function readSetting(connection: Connection, name: string): Promise<unknown> {
  const present = await connection.query(
    `select 1 from duckdb_tables() where schema_name = 'raw_embut' and table_name = 'settings'`,
  )
  if (present.length === 0) return null
  const rows = await connection.query('select value from raw_embut.settings where name = $1', [name])
  return rows[0]?.['value'] ?? null
}

async function ensureConnector(connection: Connection, connector: RawConnector): Promise<void> {
  for (const source of connector.sources) {
    await connection.run(`create schema if not exists ${identifier(rawSchema(source))}`)
    for (const stream of connector.streams) {
      await separateHistory(connection, rawSchema(source), stream)
      await ensureStreamTables(connection, { source, stream, columns: rawColumns(stream.schema) })
      await replaceHistoryView(connection, rawSchema(source), stream.name)
    }
  }
  await connection.run(`create schema if not exists ${identifier(`all_${connector.kind}`)}`)
  await replaceViews(connection, connector)
}

/** Rewrites the union views; needed after a table changed, since a view keeps the columns it saw. */
export async function replaceUnionViews(
  connection: Connection,
  connectors: readonly RawConnector[],
): Promise<void> {
  for (const connector of connectors) await replaceViews(connection, connector)
}

type StreamShape = {
  readonly source: string
  readonly stream: RawStream
  readonly columns: readonly RawColumn[]
}

/**
 * Creates the table and that of its superseded versions, or adds and retypes columns of those that exist. Returns what it
 * changed.
 */
export async function ensureStreamTables(
  connection: Connection,
  { source, stream, columns }: StreamShape,
): Promise<readonly string[]> {
  const own = [...columns, ...VERSION_COLUMNS]
  const schema = rawSchema(source)
  const changes = await ensureTable(connection, { schema, table: stream.name }, own)
  await ensureTable(connection, { schema, table: `${stream.name}${SUPERSEDED}` }, own)
  if (changes.length > 0) await replaceHistoryView(connection, schema, stream.name)
  return changes
}

type TableName = { readonly schema: string; readonly table: string }

async function ensureTable(
  connection: Connection,
  name: TableName,
  columns: readonly RawColumn[],
): Promise<readonly string[]> {
  const target = qualified(name.schema, name.table)
  const body = columns.map((column) => `${identifier(column.name)} ${column.type}`).join(', ')
  await connection.run(`create table if not exists ${target}(${body})`)
  const present = await presentColumns(connection, name)
  const changed = columns.filter((column) => present.get(column.name) !== column.type)
  for (const column of changed) {
    await connection.run(`alter table ${target} ${alteration(column, present.has(column.name))}`)
  }
  return changed.map(({ name: column, type }) =>
    present.has(column) ? `retyped column ${column} to ${type}` : `new column ${column}`,
  )
}

function alteration({ name, type }: RawColumn, isPresent: boolean): string {
  const column = identifier(name)
  return isPresent
    ? `alter column ${column} set data type ${type} using try_cast(${column} as ${type})`
    : `add column ${column} ${type}`
}

async function presentColumns(
  connection: Connection,
  { schema, table }: TableName,
): Promise<Map<string, string>> {
  // `duckdb_columns()` looks into every view there is, of which there are hundreds.
  const rows = await connection.query(`describe ${qualified(schema, table)}`)
  return new Map(rows.map((row) => [String(row['column_name']), String(row['column_type'])]))
}

async function replaceViews(connection: Connection, connector: RawConnector): Promise<void> {
  const statements = connector.streams.flatMap((stream) => viewsOf(connector, stream))
  if (statements.length > 0) await connection.run(statements.join(';\n'))
}

function viewsOf(connector: RawConnector, stream: RawStream): readonly string[] {
  const columns = [...rawColumns(stream.schema), ...SYSTEM_COLUMNS]
  const twins = [
    [stream.name, `* exclude (${OP_COLUMN.name})`, columns],
    [`${stream.name}__history`, '*', [...columns, OP_COLUMN]],
  ] as const
  return twins.map(([table, all, shape]) => {
    const parts = connector.sources.map(
      (source) =>
        `select ${literal(source)} as source_name, ${all} from ${qualified(rawSchema(source), table)}`,
    )
    const body = parts.length === 0 ? emptySelect(shape) : parts.join(' union all by name ')
    return `create or replace view ${qualified(`all_${connector.kind}`, table)} as ${body}`
  })
}

function emptySelect(columns: readonly RawColumn[]): string {
  const nulls = columns.map(({ name, type }) => `null::${type} as ${identifier(name)}`).join(', ')
  return `select null::varchar as source_name, ${nulls} where false`
}

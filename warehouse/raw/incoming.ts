import type { Field, RecordBatch, Schema } from 'apache-arrow'
import { landingType } from '../arrow-append.ts'
import { keepOrder } from '../connection.ts'
import type { Connection } from '../connection.ts'
import { columnList, identifier, literal } from '../sql.ts'
import { takeRejects } from './rejects.ts'
import { rawColumns } from './stream.ts'
import type { RawColumn, RawStream } from './stream.ts'

/**
 * What a load brings. `select` reads a file into columns of the stream and `_line`, and may give `_problem`
 * (`STRUCT(column_name, value, reason)`, null for a good row) and `_row` (JSON of the row as it stood). In place of
 * `_line` it may give `_first_line`, where each row is a line and they come in order, or `_own_line`, where each row tells
 * its line whatever the order. `file` names the file in ledger and quarantine; reading it again replaces what it brought
 * before. Without a name it only brings rows, like batches do.
 */
export type Input =
  | { readonly kind: 'arrow'; readonly batches: Iterable<RecordBatch> | AsyncIterable<RecordBatch> }
  | { readonly kind: 'select'; readonly select: string; readonly file: string | null }

/** A temporary table with everything one load brought, typed, in order of arrival (its rowid) where that could matter. */
export type Incoming = {
  readonly table: string
  /** No two rows share a key, which was looked at already. */
  readonly isUnique: boolean
  /** Columns that the raw table has now: those that the stream declares, and new ones. */
  readonly columns: readonly RawColumn[]
  /** Those of them, and `_extra`, that the load brought and the temporary table has; the others are null. */
  readonly brought: readonly string[]
  readonly rows: number
}

const WORK_COLUMNS = `_line BIGINT, _file VARCHAR,
  _problem STRUCT(column_name VARCHAR, "value" VARCHAR, reason VARCHAR), _row JSON`
const EXTRA: RawColumn = { name: '_extra', type: 'JSON' }

/** A temporary table being filled for a stream. */
export type Staging = { readonly connection: Connection; readonly table: string; readonly stream: RawStream }

/** Reads all inputs into `temp.<table>`. Columns that the stream does not declare become new columns. */
export async function stageIncoming(
  staging: Staging,
  inputs: readonly Input[],
  { isOrdered }: { readonly isOrdered: boolean },
): Promise<Incoming> {
  const selects = inputs.filter((input) => input.kind === 'select')
  if (isOrdered || selects.length < inputs.length) return stageInOrder(staging, inputs)
  const described = await Promise.all(selects.map((input) => describe(staging.connection, input)))
  if (!described.every(isOrderless)) return stageInOrder(staging, described)
  await keepOrder(staging.connection, false)
  const incoming = await stageAll(staging, described)
  // The order tells the lines of rows with a problem, and which of two rows is the later.
  return (await isSound(staging)) ? { ...incoming, isUnique: true } : stageInOrder(staging, described)
}

async function stageInOrder(staging: Staging, inputs: readonly Input[]): Promise<Incoming> {
  await keepOrder(staging.connection, true)
  return stageAll(staging, inputs)
}

/** Whether each row can be told without those before it. */
function isOrderless({ file, given }: DescribedSelect): boolean {
  return file === null || given.includes(FIRST_LINE) || given.includes(OWN_LINE)
}

/** Whether rows came whole and each once. */
async function isSound({ connection, table, stream }: Staging): Promise<boolean> {
  const key = columnList(stream.key)
  const [row] = await connection.query(
    `select count(_problem) as problems, count(*) - count(distinct ${stream.key.length === 1 ? key : `(${key})`}) as twice
     from ${identifier(table)}`,
  )
  return Number(row?.['problems'] ?? 0) === 0 && Number(row?.['twice'] ?? 0) === 0
}

async function stageAll(staging: Staging, inputs: readonly (Input | DescribedSelect)[]): Promise<Incoming> {
  const { connection, table, stream } = staging
  const declared = rawColumns(stream.schema)
  const columns = new Map([...declared, EXTRA].map((column) => [column.name, column]))
  const shape = { columns, brought: new Set(stream.key) }
  const body = declared.filter(({ name }) => shape.brought.has(name)).map(definition)
  await connection.run(
    `create or replace temp table ${identifier(table)}(${[...body, WORK_COLUMNS].join(', ')})`,
  )
  let rows = 0
  for (const input of inputs) {
    rows += await (input.kind === 'select'
      ? stageSelect(staging, shape, { ...(await describe(connection, input)), before: rows })
      : stageBatches(staging, shape, input.batches))
  }
  columns.delete(EXTRA.name)
  return { table, columns: [...columns.values()], brought: [...shape.brought], rows, isUnique: false }
}

type SelectInput = Extract<Input, { kind: 'select' }>

/** A SELECT with the names of its columns. */
type DescribedSelect = SelectInput & { readonly given: readonly string[] }

const FIRST_LINE = '_first_line'
const OWN_LINE = '_own_line'

async function describe(
  connection: Connection,
  input: SelectInput | DescribedSelect,
): Promise<DescribedSelect> {
  if ('given' in input) return input
  const described = await connection.query(`describe ${input.select}`)
  return { ...input, given: described.map((row) => String(row['column_name'])) }
}

/** Columns that the raw table is to have, by name, and the names of those that the temporary one has already. */
type Shape = { readonly columns: Map<string, RawColumn>; readonly brought: Set<string> }

function definition({ name, type }: RawColumn): string {
  return `${identifier(name)} ${type}`
}

/** Gives the temporary table the columns that it lacks; what came before them has null there. */
async function makeRoom(
  { connection, table }: Staging,
  { columns, brought }: Shape,
  names: readonly string[],
): Promise<void> {
  for (const column of columns.values()) {
    if (brought.has(column.name) || !names.includes(column.name)) continue
    brought.add(column.name)
    await connection.run(`alter table ${identifier(table)} add column ${definition(column)}`)
  }
}

async function stageSelect(
  staging: Staging,
  shape: Shape,
  input: DescribedSelect & { readonly before: number },
): Promise<number> {
  const { connection, stream } = staging
  const { given } = input
  const known = new Set([...rawColumns(stream.schema).map(({ name }) => name), EXTRA.name])
  const own = given.filter((name) => known.has(name))
  await makeRoom(staging, shape, own)
  const taken = [...own, ...['_problem', '_row'].filter((name) => given.includes(name))]
  const isCounted = given.includes(FIRST_LINE)
  const line = [FIRST_LINE, OWN_LINE].find((name) => given.includes(name)) ?? '_line'
  const table = identifier(staging.table)
  const rows = await connection.run(
    `insert into ${table}(${columnList(taken)}, _line, _file)
     select ${columnList(taken)}, ${line}, ${fileSql(input.file)} from (${input.select})`,
  )
  if (isCounted) {
    await connection.run(
      `update ${table} set _line = _line + rowid - ${input.before}
       where _problem is not null and rowid >= ${input.before}`,
    )
  }
  return rows + (await takeRejects(connection, staging.table, input.file))
}

function fileSql(file: string | null): string {
  return file === null ? 'null' : literal(file)
}

async function stageBatches(
  staging: Staging,
  shape: Shape,
  batches: Iterable<RecordBatch> | AsyncIterable<RecordBatch>,
): Promise<number> {
  let rows = 0
  let landing: { readonly schema: Schema; rows: number } | null = null
  for await (const batch of batches) {
    const isFull = landing !== null && landing.rows >= LANDING_ROWS
    if (landing === null || isFull || !isSameShape(landing.schema, batch.schema)) {
      if (landing !== null) await castLanding(staging, landing.schema)
      landing = { schema: batch.schema, rows: 0 }
      await prepareLanding(staging, shape, batch.schema)
    }
    await staging.connection.appendArrow(landingOf(staging), batch)
    landing.rows += batch.numRows
    rows += batch.numRows
  }
  if (landing !== null) await castLanding(staging, landing.schema)
  return rows
}

/** How many rows land before they are cast, so that few are held in both forms. */
const LANDING_ROWS = 50_000

function landingOf({ table }: Staging): string {
  return `${table}_landing`
}

function isSameShape(left: Schema, right: Schema): boolean {
  const shape = (schema: Schema) => schema.fields.map((field) => `${field.name}:${field.type}`).join()
  return left === right || shape(left) === shape(right)
}

async function prepareLanding(staging: Staging, shape: Shape, schema: Schema): Promise<void> {
  const { connection } = staging
  const { columns } = shape
  for (const column of rawColumns(schema)) if (!columns.has(column.name)) columns.set(column.name, column)
  await makeRoom(staging, shape, [...schema.fields.map(({ name }) => name), EXTRA.name])
  const body = schema.fields.map((field) => `${identifier(field.name)} ${landingType(field.type)}`).join(', ')
  await connection.run(`create or replace temp table ${identifier(landingOf(staging))}(${body})`)
}

/** Casts what landed to the declared types. A value that doesn't fit stays in `_extra` as the text it was. */
async function castLanding(staging: Staging, schema: Schema): Promise<void> {
  const { connection, table, stream } = staging
  const landing = identifier(landingOf(staging))
  const declared = new Map(rawColumns(stream.schema).map((column) => [column.name, column.type]))
  const casts = schema.fields
    .filter((field) => field.name !== '_extra')
    .map((field) => castOf(field, declared.get(field.name)))
  const hasExtra = schema.fields.some((field) => field.name === '_extra')
  await connection.run(
    `insert into ${identifier(table)}(${columnList(casts.map(({ name }) => name))}, _extra, _problem, _row)
     select ${casts.map(({ sql }) => sql).join(', ')}, ${extra(casts, hasExtra)},
       ${keyProblem(stream.key, casts)} as problem, case when problem is not null then to_json(landed) end
     from ${landing} as landed`,
  )
  await connection.run(`drop table ${landing}`)
}

type Cast = { readonly name: string; readonly type: string; readonly sql: string; readonly canFail: boolean }

function castOf(field: Field, declared: string | undefined): Cast {
  const name = field.name
  const column = identifier(name)
  const from = String(landingType(field.type))
  const type = declared ?? from
  if (from === type) return { name, type, sql: column, canFail: false }
  if (type === 'TIMESTAMP' && from === 'VARCHAR') {
    return { name, type, sql: `timezone('UTC', try_cast(${column} as timestamptz))`, canFail: true }
  }
  return { name, type, sql: `try_cast(${column} as ${type})`, canFail: true }
}

function extra(casts: readonly Cast[], hasExtra: boolean): string {
  const own = hasExtra ? 'try_cast(_extra as json)' : 'null::json'
  const unfit = casts
    .filter(({ canFail }) => canFail)
    .map(({ name, sql }) => ({ name, test: `(${identifier(name)} is not null and ${sql} is null)` }))
  if (unfit.length === 0) return own
  const entries = unfit.map(
    ({ name, test }) =>
      `case when ${test} then {'key': ${literal(name)}, 'value': ${identifier(name)}::varchar} end`,
  )
  const values = `to_json(map_from_entries(list_filter([${entries.join(', ')}], lambda each: each is not null)))`
  return `case when ${unfit.map(({ test }) => test).join(' or ')}
    then json_merge_patch(coalesce(${own}, '{}'::json), ${values}) else ${own} end`
}

function keyProblem(key: readonly string[], casts: readonly Cast[]): string {
  const arms = key.map((name) => {
    const { sql, type } = casts.find((each) => each.name === name) ?? { sql: 'null', type: 'text' }
    const value = sql === 'null' ? 'null::varchar' : `${identifier(name)}::varchar`
    const reason = `case when ${value} is null then ${literal(`The key ${name} is empty`)}
      else ${literal(`The key ${name} does not fit ${type}`)} end`
    return `when ${sql} is null then {'column_name': ${literal(name)}, 'value': ${value}, 'reason': ${reason}}`
  })
  return `case ${arms.join(' ')} end`
}

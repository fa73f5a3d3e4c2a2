import { distance } from 'fastest-levenshtein'
import { ENTITIES, UserError, duckdbType } from '#config'
import type { ColumnType, Entity, EntityColumn } from '#config'
import { identifier, literal } from '#warehouse'
import type { Connection } from '#warehouse'
import { cellSql, problemSql } from './cell.ts'
import type { Cell, Reading } from './cell.ts'
import { columnsOf } from './column.ts'
import type { ColumnMapping, EntityMapping, MappedTable } from './column.ts'

const SAMPLE_ROWS = 10_000

export type SelectOptions = {
  readonly table: MappedTable
  readonly mapping: EntityMapping
  /** What the table's rows are, where that is no entity. */
  readonly shape?: Pick<Entity, 'key' | 'columns'>
  /** Zone of times that don't name theirs. */
  readonly zone: string
  /** What to call the table in a message. */
  readonly label: string
  /** The rows are landed as they are read: where the table's order tells their lines, they are not counted here. */
  readonly isInOrder?: boolean
  /** What a source's column looks like, where its type tells; without it the table's own texts are looked at. */
  readonly sampleOf?: (column: string) => readonly string[]
}

/**
 * Builds the SELECT that reads a table into its entity's columns, `_line` (or `_first_line`, `_own_line`), `_problem` and
 * `_row`. Looks at a sample to learn how numbers and dates are written. Throws UserError naming the columns that the table doesn't have.
 */
export async function mappedSelect(connection: Connection, options: SelectOptions): Promise<string> {
  const { table, mapping, shape: entity = ENTITIES[mapping.entity] } = options
  refuseMissingColumns(options)
  const mapped = entity.columns.flatMap((column) => {
    const from = mapping.columns[column.name]
    return from === undefined ? [] : [{ column, from, text: textSql(table, from) }]
  })
  const samples = await samplesOf(connection, options, mapped)
  const cells = mapped.map(({ column, from }, index) => {
    const text = `_text_${index}`
    const { sql, wanted } = cellSql(cellOf(column, from, options), text, samples[index] ?? [])
    return { name: column.name, text, sql, wanted, isText: sql === text }
  })
  const texts = mapped.map(({ text }, index) => `${text} as _text_${index}`)
  const typed = cells.map(({ name, sql }) => `${sql} as ${identifier(name)}`)
  const checked = cells.filter(({ isText }) => !isText)
  const { name: lineName, sql: lineSql } = lineOf(options)
  const kept = [lineName, '_source', ...checked.map(({ text }) => text)]
  const problem = problemSql(entity.key, checked)
  return `select ${cells.map(({ name }) => identifier(name)).join(', ')}, ${lineName}, ${problem} as _problem,
    case when _problem is not null then ${rowSql(table, entity.key)} end as _row
    from (select ${[...typed, ...kept].join(', ')}
      from (select ${[...texts, `${lineSql} as ${lineName}`, `${table.row} as _source`].join(', ')} from ${table.from}))`
}

function lineOf({ table, isInOrder = false }: SelectOptions): {
  readonly name: string
  readonly sql: string
} {
  if (isInOrder && table.firstLine !== undefined)
    return { name: '_first_line', sql: `${table.firstLine}::bigint` }
  return { name: isInOrder && table.hasOwnLines === true ? '_own_line' : '_line', sql: table.line }
}

function rowSql({ isKeyed }: MappedTable, key: readonly string[]): string {
  if (isKeyed !== true) return 'to_json(_source)'
  const keys = key.map((name) => `${literal(name)}, ${identifier(name)}`)
  return `json_merge_patch(to_json(_source), json_object(${keys.join(', ')}))`
}

/** Throws UserError naming the mapped columns that the table doesn't have. */
export function refuseMissingColumns({
  table,
  mapping,
  label,
}: {
  readonly table: Pick<MappedTable, 'columns'>
  readonly mapping: EntityMapping
  readonly label: string
}): void {
  const wanted = Object.values(mapping.columns).flatMap(columnsOf)
  const missing = [...new Set(wanted)].filter((name) => !table.columns.includes(name))
  if (missing.length === 0) return
  const named = missing.map((name) => `"${name}"${nearest(name, table.columns)}`).join(', ')
  throw new UserError(
    `${label} has no column ${named}. Its columns are: ${table.columns.join(', ')}. ` +
      `Mend the columns of ${mapping.entity} in embut.yaml, or the file.`,
  )
}

function nearest(name: string, known: readonly string[]): string {
  const close = known.find((each) => distance(each.toLowerCase(), name.toLowerCase()) <= 2)
  return close === undefined ? '' : ` (did you mean "${close}"?)`
}

function textSql(table: MappedTable, from: ColumnMapping): string {
  const clean = (column: string) =>
    table.isBare?.(column) === true ? table.textOf(column) : `nullif(trim(${table.textOf(column)}), '')`
  if ('constant' in from) return `${literal(String(from.constant))}`
  if ('columns' in from)
    return `nullif(concat_ws(${literal(from.join)}, ${from.columns.map(clean).join(', ')}), '')`
  const text = clean(from.column)
  const values = 'values' in from && from.values !== undefined ? Object.entries(from.values) : []
  if (values.length === 0) return text
  const arms = values.map(
    ([value, replacement]) => `when ${literal(value)} then ${literal(String(replacement))}`,
  )
  return `case ${text} ${arms.join(' ')} else ${text} end`
}

const READING_OF: Readonly<Record<ColumnType, Reading>> = {
  text: 'text',
  decimal: 'number',
  integer: 'number',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
}

function cellOf(column: EntityColumn, from: ColumnMapping, { zone, table, label }: SelectOptions): Cell {
  const declared = 'type' in from ? from.type : undefined
  const format = 'format' in from ? from.format : undefined
  return {
    name: column.name,
    reading: declared === undefined || declared === 'text' ? READING_OF[column.type] : declared,
    type: duckdbType(column.type),
    zone,
    hasRealDates: table.hasRealDates,
    where: `${label}, column ${column.name}`,
    ...(format === undefined ? {} : { format }),
  }
}

type Mapped = { readonly column: EntityColumn; readonly from: ColumnMapping; readonly text: string }

async function samplesOf(
  connection: Connection,
  { table, sampleOf }: SelectOptions,
  mapped: readonly Mapped[],
): Promise<readonly (readonly string[])[]> {
  return sampleOf === undefined
    ? sampleTexts(connection, table, mapped)
    : mapped.map(({ from }) => columnsOf(from).flatMap(sampleOf))
}

async function sampleTexts(
  connection: Connection,
  table: MappedTable,
  mapped: readonly Mapped[],
): Promise<readonly (readonly string[])[]> {
  const needed = mapped.map(({ column, text }) =>
    column.type === 'text' || column.type === 'boolean' ? `null::varchar[]` : `list(distinct ${text})`,
  )
  const fields = needed.map((sql, index) => `${sql} as s${index}`)
  const source = `(select * from ${table.from} limit ${SAMPLE_ROWS}) as src`
  const [row] = await connection.query(`select ${fields.join(', ')} from ${source}`)
  return mapped.map((_, index) => {
    const values = row?.[`s${index}`]
    return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : []
  })
}

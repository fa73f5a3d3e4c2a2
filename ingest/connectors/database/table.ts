import { createHash } from 'node:crypto'
import { distance } from 'fastest-levenshtein'
import type { DeepReadonly, MysqlSource, PostgresSource } from '#config'
import { UserError } from '#config'
import { columnsOf } from '../mapping/column.ts'
import { refuseMissingColumns } from '../mapping/select.ts'
import type { Column, Driver } from './driver.ts'

/** A table or query of a database with its mapping, as embut.yaml says it. */
export type TableMapping = DeepReadonly<(PostgresSource | MysqlSource)['tables'][number]>

/** How changed rows are found: by a column, by the database itself, or not at all (everything is read again). */
export type Changes =
  | { readonly kind: 'column'; readonly column: Column; readonly isInner: boolean }
  | { readonly kind: 'tracked' }
  | { readonly kind: 'none' }

/** A mapped table of an open database: where it is, what it has, and how it is read. */
export type Table = {
  /** Its name in cursors and messages. */
  readonly id: string
  readonly mapping: TableMapping
  readonly driver: Driver
  readonly zone: string
  /** Changes when the table has to be read again from the start. */
  readonly hash: string
  readonly key: readonly Column[]
  readonly changes: Changes
  /** Columns that the mapping uses. */
  readonly columns: readonly Column[]
  /** FROM item, named `src`, with the condition on changed rows where a query has a place for it. */
  from(condition: string): string
}

export type TableOptions = {
  readonly driver: Driver
  readonly mapping: TableMapping
  readonly id: string
  readonly zone: string
  /** What to call the source in a message. */
  readonly source: string
}

/** Looks at a table. Throws UserError when it, its key or a mapped column is not there. */
export async function openTable(options: TableOptions): Promise<Table> {
  const { driver, mapping, id, zone, source } = options
  const label = `Source ${source}: ${mapping.table ?? `the query of ${mapping.entity}`}`
  const from = (condition: string) => fromItem(driver, mapping, condition)
  const present = await describe(options, from(ALL), label)
  refuseMissingColumns({ table: { columns: present.map(({ name }) => name) }, mapping, label })
  const find = (name: string, what: string) =>
    findColumn(present, name, `${label} has no column ${name}, its ${what}`)
  const names = mapping.key ?? (await primaryKey(driver, mapping, label))
  const used = new Set(Object.values(mapping.columns).flatMap(columnsOf))
  return {
    id,
    mapping,
    driver,
    zone,
    hash: createHash('sha256')
      .update(JSON.stringify([mapping, zone]))
      .digest('hex')
      .slice(0, 16),
    key: names.map((name) => find(name, 'key')),
    changes: await changesOf(options, present, label),
    columns: present.filter(({ name }) => used.has(name)),
    from,
  }
}

/** A condition that every row meets. */
export const ALL = '1 = 1'

const PLACE = '{changed}'

function fromItem({ quote }: Driver, { table, query }: TableMapping, condition: string): string {
  if (table !== undefined) return `${table.split('.').map(quote).join('.')} as src`
  return `(${(query ?? '').trim().replace(/;$/, '').replaceAll(PLACE, `(${condition})`)}) as src`
}

async function describe(
  { driver, mapping }: TableOptions,
  from: string,
  label: string,
): Promise<readonly Column[]> {
  try {
    return await driver.columnsOf(from)
  } catch (error) {
    const { table } = mapping
    const known = table === undefined ? [] : await driver.tables()
    if (table === undefined || known.includes(table)) throw error
    const near = known.find((name) => distance(name.toLowerCase(), table.toLowerCase()) <= 2)
    const hint =
      near === undefined ? `Its tables are: ${known.slice(0, 20).join(', ')}.` : `Did you mean ${near}?`
    throw new UserError(`${label} is not there, or this user may not read it. ${hint}`, { cause: error })
  }
}

function findColumn(present: readonly Column[], name: string, missing: string): Column {
  const found = present.find((column) => column.name === name)
  if (found !== undefined) return found
  throw new UserError(`${missing}. Its columns are: ${present.map((column) => column.name).join(', ')}.`)
}

async function primaryKey(
  driver: Driver,
  { table }: TableMapping,
  label: string,
): Promise<readonly string[]> {
  const key = table === undefined ? [] : await driver.primaryKeyOf(table)
  if (key.length > 0) return key
  throw new UserError(`${label} has no primary key. Name the columns that tell its rows apart, e.g. key: id.`)
}

async function changesOf(options: TableOptions, present: readonly Column[], label: string): Promise<Changes> {
  const { driver, mapping } = options
  const { updatedAt, updatedIn } = mapping
  if ('changes' in mapping && mapping.changes === 'xmin') return { kind: 'tracked' }
  if (updatedAt === undefined) return { kind: 'none' }
  const isInner = updatedIn !== undefined
  const among = isInner
    ? await driver.columnsOf(fromItem(driver, { ...mapping, table: updatedIn }, ALL))
    : present
  const column = findColumn(among, updatedAt, `${label} has no column ${updatedAt}, its updatedAt`)
  if (column.kind !== 'text' && column.kind !== 'binary' && column.kind !== 'boolean') {
    return { kind: 'column', column, isInner }
  }
  throw new UserError(
    `${label}: updatedAt ${updatedAt} holds ${column.kind}. Name a column with a date, a time or a growing number.`,
  )
}

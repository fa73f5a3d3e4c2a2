import type { Chunk } from './chunk.ts'
import type { Column, Driver, Selection, Written } from './driver.ts'
import { ALL } from './table.ts'
import type { Table } from './table.ts'

/** One page of a table on the disk. */
export type Page = {
  readonly chunk: Chunk
  readonly rows: number
  /** How many cells of the order follow those of the columns. */
  readonly keyCells: number
  /** Key of the last row; null when no page follows. */
  readonly after: readonly string[] | null
}

export type PageOptions = {
  readonly columns: readonly Column[]
  /** Which rows, as SQL on `src`. */
  readonly where: string
  /** The same inside of a query that has a place for it. */
  readonly inner: string
  /** Columns that the pages are ordered by; the last ones are the key. */
  readonly order: readonly Column[]
  readonly after: readonly string[] | null
  readonly pageRows: number
  readonly newPath: () => string
}

/** Reads the rows that a condition names in pages, each after the key of the one before, so nothing is counted off. */
export async function* readPages(table: Table, options: PageOptions): AsyncGenerator<Page> {
  let { after } = options
  do {
    const written = await table.driver.copy(pageSelection(table, { ...options, after }), options.newPath())
    const { chunk, rows } = written
    after = rows < options.pageRows ? null : keyOf(written, options)
    yield { chunk, rows, keyCells: options.order.length, after }
  } while (after !== null)
}

function keyOf({ last }: Written, { columns, order }: PageOptions): readonly string[] {
  return order.map((_, index) => last[columns.length + index] ?? '')
}

function pageSelection(
  table: Table,
  { columns, where, inner, order, after, pageRows }: PageOptions,
): Selection {
  const cells = [...columns.map(({ text }) => text), ...order.map(({ raw }) => raw)]
  const follows = after === null ? ALL : followsSql(table.driver, order, after)
  const names = order.map(({ name }) => `src.${table.driver.quote(name)}`)
  const tail = `from ${table.from(inner)} where ${where} and ${follows} order by ${names.join(', ')} limit ${pageRows}`
  return { cells, tail }
}

/**
 * The condition of coming after a key, written so that an index on its first column serves:
 * `a >= 1 and (a > 1 or (b > 2))`.
 */
function followsSql(driver: Driver, order: readonly Column[], after: readonly string[]): string {
  const [column, ...rest] = order
  const [value, ...values] = after
  if (column === undefined || value === undefined) return ALL
  const name = `src.${driver.quote(column.name)}`
  const literal = driver.literal(value, column.kind)
  if (rest.length === 0) return `${name} > ${literal}`
  return `${name} >= ${literal} and (${name} > ${literal} or (${followsSql(driver, rest, values)}))`
}

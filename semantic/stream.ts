import type { Row } from './answer.ts'
import type { SqlRow } from './database.ts'
import type { Lease } from './shelf.ts'

export type ColumnType = 'string' | 'number' | 'boolean' | 'time'

/** A column of a compiled query: the member it shows, its alias in the SQL, the type of its values. */
export type Column = { readonly member: string; readonly alias: string; readonly type: ColumnType }

/** SQL with the reader's policies in it, and the published file that it is meant for. */
export type CompiledQuery = {
  readonly sql: string
  readonly params: readonly unknown[]
  readonly columns: readonly Column[]
  readonly version: string
  readonly file: string
  /** The aggregate that is read, in words; null where it is the facts. */
  readonly route: string | null
}

/**
 * The whole result of a query in batches, straight from DuckDB. It reads one version from its creation until
 * it is read through or closed; close it when you don't read it through.
 */
export type ResultStream = AsyncIterable<readonly Row[]> & {
  compiled(): Promise<CompiledQuery>
  /** Rows of the same SQL on the same version, counted by DuckDB. */
  total(): Promise<number>
  close(): void
}

export function createStream(lease: Lease, compile: () => Promise<CompiledQuery>): ResultStream {
  const { database } = lease.publication
  let pending: Promise<CompiledQuery> | undefined
  const compiled = (): Promise<CompiledQuery> => (pending ??= compile())
  return {
    compiled,
    total: async () => {
      const { sql, params } = await compiled()
      const [row] = await database.query(`select count(*) as total from (${sql}) as result`, params)
      return Number(row?.['total'])
    },
    close: lease.release,
    async *[Symbol.asyncIterator]() {
      try {
        const { sql, params, columns } = await compiled()
        for await (const rows of database.stream(sql, params)) yield rows.map((row) => byMember(row, columns))
      } finally {
        lease.release()
      }
    },
  }
}

/** A row with its members' names in place of the SQL's aliases. */
export function byMember(row: SqlRow, columns: readonly Column[]): Row {
  const named: Record<string, SqlRow[string]> = {}
  for (const { member, alias, type } of columns) named[member] = cell(row[alias], type)
  return named
}

// Times are those of the company's clock, so they carry no zone.
function cell(value: SqlRow[string] | undefined, type: ColumnType): SqlRow[string] {
  if (value === undefined) return null
  return type === 'time' && typeof value === 'string' ? value.replace(/Z$/, '') : value
}

import type { Connection } from '../../connection.ts'
import { identifier } from '../../sql.ts'
import { OF_ROWS } from './source-prints.ts'

/** The schema of what belongs to one build alone. */
export const SCRATCH = '"work"."changes"'

/** A relation of one build that concerns a model. */
export function scratch(model: string, purpose: string): string {
  return `${SCRATCH}.${identifier(`${model}__${purpose}`)}`
}

/** Database, schema and name of a relation as dbt writes it. */
export function partsOf(relation: string): readonly string[] {
  return relation.slice(1, -1).split('"."')
}

/** Columns and constraints of every table, `(…)`, by its relation as dbt writes it. */
export async function shapesOf(connection: Connection): Promise<ReadonlyMap<string, string>> {
  const rows = await connection.query(
    'select database_name, schema_name, table_name, sql from duckdb_tables()',
  )
  return new Map(
    rows.map((row) => {
      const [database, schema, table, sql] = Object.values(row).map(String)
      return [`"${database}"."${schema}"."${table}"`, sql?.slice(sql.indexOf('(')) ?? '']
    }),
  )
}

/** What stands for the rows of a table, or for some columns of them, whatever their order. */
export async function printOf(
  connection: Connection,
  table: string,
  columns: readonly string[] | null,
): Promise<string> {
  const from = columns === null ? table : `(select ${columns.map(identifier).join(', ')} from ${table})`
  const [row] = await connection.query(`select ${OF_ROWS} as print from ${from} as whole_row`)
  return String(row?.['print'])
}

type Compared = Readonly<Record<'before' | 'after' | 'by' | 'into', string>> & {
  readonly columns: readonly string[] | undefined
}

/** Makes a table `key` of the values of an expression whose rows, or some columns of them, are not the same in two tables of the same columns. */
export async function compareByKey(
  connection: Connection,
  { before, after, by, columns, into }: Compared,
): Promise<void> {
  const compared = columns === undefined ? 'whole_row' : columns.map(identifier).join(', ')
  const side = (table: string, sign: number) =>
    `select ${by} as key, hash(${compared}) as row_hash, ${sign} as sign from ${table} as whole_row`
  await connection.run(
    `create or replace table ${into} as
     select distinct key from (
       select key, row_hash from (${side(before, -1)} union all ${side(after, 1)})
       group by key, row_hash having sum(sign) <> 0
     ) where key is not null`,
  )
}

/** Makes a table `key` of all values that some selects give. */
export async function collectKeys(
  connection: Connection,
  selects: readonly string[],
  into: string,
): Promise<number> {
  await connection.run(
    `create or replace table ${into} as select distinct key from (${selects.join(' union all ')}) where key is not null`,
  )
  return countOf(connection, into)
}

export async function countOf(connection: Connection, table: string): Promise<number> {
  const [row] = await connection.query(`select count(*) as n from ${table}`)
  return Number(row?.['n'])
}

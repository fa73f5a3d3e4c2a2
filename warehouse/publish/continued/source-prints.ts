import type { Connection } from '../../connection.ts'
import { literal } from '../../sql.ts'
import type { Plan } from './plan.ts'

/** What stands for the content of each raw relation, by the id of its dbt source, and for the shape of all. */
export type SourcePrints = Readonly<Record<string, string>>

/**
 * Prints of the raw relations that a plan reads; one that differs from before says that rows changed. A landed table is
 * told by its loads alone, since whatever changes a row gives it a new load; every other relation by all it holds.
 */
export async function printSources(connection: Connection, plan: Plan): Promise<SourcePrints> {
  const read = new Set(plan.steps.flatMap(({ parents }) => parents))
  const wanted = Object.entries(plan.sources).filter(([id]) => read.has(id))
  const landed = await landedRelations(connection)
  const parts = wanted.map(([id, relation]) => {
    const print = landed.has(relation) ? OF_LOADS : OF_ROWS
    return `select ${literal(id)} as id, ${print} as print from ${relation} as whole_row`
  })
  const rows = await connection.query(
    `${parts.join(' union all ')}${parts.length > 0 ? ' union all ' : ''}
     select 'shape', ${OF_ROWS} from (
       select schema_name, table_name, column_name, data_type from duckdb_columns() where database_name = 'raw'
       union all select schema_name, view_name, sql, null from duckdb_views() where database_name = 'raw'
     ) as whole_row`,
  )
  return Object.fromEntries(rows.map((row) => [String(row['id']), String(row['print'])]))
}

/** What stands for all rows of a relation named `whole_row`, whatever their order. */
export const OF_ROWS = `count(*) || ':' || coalesce(sum(hash(whole_row)), 0)`

const OF_LOADS = `concat_ws(':', count(*), max(_load_id), sum(_load_id), sum(epoch_us(_loaded_at)::hugeint))`

async function landedRelations(connection: Connection): Promise<ReadonlySet<string>> {
  const rows = await connection.query(
    `select format('"raw"."{}"."{}"', schema_name, table_name) as relation from duckdb_columns()
     where database_name = 'raw' and schema_name like 'all\\_%' escape '\\'
     group by all having count(*) filter (column_name in ('_load_id', '_loaded_at')) = 2`,
  )
  return new Set(rows.map((row) => String(row['relation'])))
}

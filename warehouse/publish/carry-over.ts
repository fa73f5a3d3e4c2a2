import type { Connection } from '../connection.ts'
import { identifier, literal, qualified } from '../sql.ts'
import type { Manifest } from './dbt.ts'

/** Models with this tag are left out of an ordinary build. */
export const SLOW_TAG = 'slow'

/**
 * Puts the slow marts into a file that was built without them: as `published` has them or, where it has none of the
 * contracted columns, empty. So reports on them always open, and their as-of day says how old they are.
 */
export async function carryOverSlow(
  connection: Connection,
  manifest: Manifest,
  published: string | null,
): Promise<void> {
  const marts = slowMarts(manifest)
  if (marts.length === 0) return
  if (published !== null) await connection.run(`attach ${literal(published)} as last (read_only)`)
  for (const { name, columns } of marts) {
    await connection.run(`create or replace temp table wanted (${columns})`)
    const wanted = await shapeOf(connection, 'temp', 'wanted')
    const [schema, table] = name
    if ((await shapeOf(connection, null, table)) === wanted) continue
    await connection.run(`drop table if exists ${qualified(schema, table)}`)
    const isKept = published !== null && (await shapeOf(connection, 'last', table)) === wanted
    const from = isKept ? `last.${qualified(schema, table)}` : 'temp.wanted'
    await connection.run(`create table ${qualified(schema, table)} as from ${from}`)
  }
  if (published !== null) await connection.run('detach last')
}

type Mart = { readonly name: readonly [schema: string, table: string]; readonly columns: string }

/** The slow models with a contract; without one nothing could be promised of an absent table. */
function slowMarts(manifest: Manifest): readonly Mart[] {
  return Object.values(manifest.nodes).flatMap((node) => {
    const isMart = node.resource_type === 'model' && node.config?.contract?.enforced === true
    if (!isMart || node.config?.tags?.includes(SLOW_TAG) !== true) return []
    const columns = Object.values(node.columns).map(
      ({ name, data_type: type }) => `${identifier(name)} ${String(type)}`,
    )
    return [{ name: [node.schema ?? 'main', node.alias ?? node.name] as const, columns: columns.join(', ') }]
  })
}

/** Names and types of a table's columns as one text; empty for one that is not there. */
async function shapeOf(connection: Connection, database: string | null, table: string): Promise<string> {
  const [row] = await connection.query(
    `select string_agg(column_name || ' ' || data_type, ', ' order by column_name) as shape
     from duckdb_columns() where database_name = coalesce($1, current_database()) and table_name = $2`,
    [database, table],
  )
  return String(row?.['shape'] ?? '')
}

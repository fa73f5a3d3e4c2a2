import type { Connection } from '../connection.ts'
import { qualified } from '../sql.ts'
import type { Manifest } from './dbt.ts'

/**
 * Drops what a published file must not have: dbt's temporary relations, tables of models that are gone, and views that
 * can't be read without the raw warehouse beside the file.
 */
export async function dropLeftovers(connection: Connection, manifest: Manifest): Promise<readonly string[]> {
  const wanted = new Set(
    Object.values(manifest.nodes).map((node) => qualified(node.schema ?? 'main', node.alias ?? node.name)),
  )
  const rows = await connection.query(
    `select schema_name, table_name as name, 'table' as kind from duckdb_tables()
     where database_name = current_database()
     union all select schema_name, view_name, 'view' from duckdb_views()
     where database_name = current_database() and not internal order by all`,
  )
  const dropped: string[] = []
  for (const row of rows) {
    const name = qualified(String(row['schema_name']), String(row['name']))
    if (wanted.has(name) && (row['kind'] === 'table' || (await isReadable(connection, name)))) continue
    await connection.run(`drop ${String(row['kind'])} if exists ${name}`)
    dropped.push(name)
  }
  return dropped
}

async function isReadable(connection: Connection, view: string): Promise<boolean> {
  return connection.query(`select 1 from ${view} limit 0`).then(
    () => true,
    () => false,
  )
}

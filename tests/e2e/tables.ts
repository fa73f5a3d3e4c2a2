import { withWarehouse, type Connection } from '#warehouse'

const OF_THE_LOAD = new Set(['_load_id', '_loaded_at'])

export type Tables = Readonly<Record<string, readonly string[]>>

/**
 * Every table of a DuckDB file as sorted lines of JSON, without the columns that say when a row was loaded.
 * `without` names further columns to leave out, as `table.column`.
 */
export function readTables(
  file: string,
  { isWanted, without = [] }: { isWanted(name: string): boolean; without?: readonly string[] },
): Promise<Tables> {
  return withWarehouse(file, { readOnly: true }, async (connection) => {
    const names = await tableNames(connection)
    const tables: Record<string, readonly string[]> = {}
    for (const name of names.filter(isWanted)) tables[name] = await linesOf(connection, name, without)
    return tables
  })
}

async function tableNames(connection: Connection): Promise<string[]> {
  const rows = await connection.query(
    `select schema_name || '.' || table_name as name from duckdb_tables() where not internal order by name`,
  )
  return rows.map((row) => String(row['name']))
}

async function linesOf(connection: Connection, name: string, without: readonly string[]): Promise<string[]> {
  const [schema = '', table = ''] = name.split('.')
  const columns = await connection.query(
    `select column_name as name from duckdb_columns() where schema_name = '${schema}' and table_name = '${table}'`,
  )
  const kept = columns
    .map((row) => String(row['name']))
    .filter((column) => !OF_THE_LOAD.has(column) && !without.includes(`${table}.${column}`))
  const list = kept.map((column) => `"${column}"::varchar as "${column}"`).join(', ')
  const rows = await connection.query(
    `select to_json(line)::varchar as line from (select ${list} from "${schema}"."${table}") as line order by 1`,
  )
  return rows.map((row) => String(row['line']))
}

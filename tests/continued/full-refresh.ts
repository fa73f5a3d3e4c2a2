import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { withWarehouse, type Connection } from '#warehouse'

const noteSchema = z.object({
  plan: z.object({
    startedAt: z.string(),
    steps: z.array(z.object({ kind: z.string(), relation: z.string().nullable(), sql: z.string() })),
  }),
})

function readNote(dataDir: string) {
  return noteSchema.parse(JSON.parse(readFileSync(join(dataDir, 'dbt/kept/built.json'), 'utf8')))
}

/** The day in UTC on which dbt compiled what the company's builds go on from. */
export function dayOfPlan(dataDir: string): string {
  return readNote(dataDir).plan.startedAt.slice(0, 10)
}

/**
 * Runs all statements of a company's build, as dbt compiled them, over what the raw warehouse holds now, into an empty
 * file.
 */
export async function refresh(dataDir: string, published: string, file: string): Promise<void> {
  const kept = join(dataDir, 'dbt/kept')
  const { plan } = readNote(dataDir)
  const [built] = await withWarehouse(published, { readOnly: true }, (connection) =>
    connection.query(`select strftime(built_at, '%Y-%m-%d %H:%M:%S') as moment from meta_build`),
  )
  rmSync(dirname(file), { recursive: true, force: true })
  mkdirSync(dirname(file), { recursive: true })
  await withWarehouse(file, {}, async (connection) => {
    await connection.run(`attach '${join(dataDir, 'raw.duckdb')}' as raw (read_only)`)
    await connection.run(`attach '${join(kept, 'work.duckdb')}' as kept (read_only)`)
    await connection.run(`attach ':memory:' as work`)
    await copySeeds(connection)
    await connection.run('set asof_loop_join_threshold = 0')
    for (const { kind, relation, sql } of plan.steps) {
      if (relation === null || (kind !== 'table' && kind !== 'view')) continue
      await connection.run(`create schema if not exists ${relation.split('.').slice(0, 2).join('.')}`)
      const text = sql.replaceAll(plan.startedAt, String(built?.['moment']))
      await connection.run(`create ${kind} ${relation} as ${text}`)
    }
  })
}

async function copySeeds(connection: Connection): Promise<void> {
  await connection.run('create schema work.seeds')
  const seeds = await connection.query(
    `select table_name as name from duckdb_tables() where database_name = 'kept' and schema_name = 'seeds'`,
  )
  for (const { name } of seeds) {
    await connection.run(`create table work.seeds.${String(name)} as from kept.seeds.${String(name)}`)
  }
}

/** Names of the marts in a file, without the notes of the build itself. */
export async function martsIn(file: string): Promise<readonly string[]> {
  const rows = await withWarehouse(file, { readOnly: true }, (connection) =>
    connection.query(
      `select table_name as name from duckdb_tables()
       where database_name = current_database() and schema_name = 'main' order by name`,
    ),
  )
  return rows.map((row) => String(row['name']))
}

/** Marts with rows that only one of two published files has, with how many and one of them. */
export async function differencesOf(one: string, other: string, marts: readonly string[]) {
  return withWarehouse(':memory:', {}, async (connection) => {
    await connection.run(`attach '${one}' as one (read_only)`)
    await connection.run(`attach '${other}' as other (read_only)`)
    const found: unknown[] = []
    for (const mart of marts) {
      const columns = await roundedColumns(connection, mart)
      const side = (database: string) => `select ${columns} from ${database}.main.${mart}`
      for (const [left, right] of [
        ['one', 'other'],
        ['other', 'one'],
      ] as const) {
        const rows = await connection.query(`${side(left)} except all ${side(right)}`)
        if (rows.length > 0) found.push({ mart, in: left, rows: rows.length, first: rows[0] })
      }
    }
    return found
  })
}

// Sums of doubles differ in their last digits with the order of rows, also between two full refreshes.
async function roundedColumns(connection: Connection, mart: string): Promise<string> {
  const rows = await connection.query(
    `select column_name as name, data_type as type from duckdb_columns()
     where database_name = 'one' and table_name = $1 and column_name <> 'built_at' order by column_index`,
    [mart],
  )
  return rows
    .map(({ name, type }) =>
      type === 'DOUBLE' ? `round("${String(name)}", 9) as "${String(name)}"` : `"${String(name)}"`,
    )
    .join(', ')
}

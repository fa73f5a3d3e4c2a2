import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { brokenKeys, buildAndPublish, identifier, literal, withWarehouse, type Connection } from '#warehouse'
import { PROJECT_ROOT } from '../context.ts'
import type { Demo } from '../demo-company.ts'
import { summary, time, type Result } from './measure.ts'

const REPEATS = 5

const results = z.object({
  results: z.array(
    z.object({
      unique_id: z.string(),
      compiled_code: z.string().nullish(),
      timing: z.array(z.object({ name: z.string(), started_at: z.string(), completed_at: z.string() })),
    }),
  ),
})
const manifest = z.object({
  nodes: z.record(
    z.string(),
    z.object({
      name: z.string(),
      schema: z.string(),
      database: z
        .string()
        .nullish()
        .transform((name) => name ?? 'marts'),
      resource_type: z.string(),
      original_file_path: z.string(),
      alias: z.string().optional(),
      config: z.object({ materialized: z.string() }).loose(),
    }),
  ),
})

/** dbt's build of the demo company beside the statements it ran, run straight; dbt's own start-up is shown apart. */
export async function benchDbtBuild(demo: Demo, folder: string): Promise<Result> {
  const total: number[] = []
  const building: number[] = []
  const straight: number[] = []
  for (let turn = 0; turn < REPEATS; turn++) {
    total.push(await time(() => buildOnce(demo)))
    building.push(spanOf(demo))
    straight.push(await time(() => runStraight(demo, join(folder, `straight-${turn}`))))
  }
  const own = summary(building)
  const other = summary(straight)
  const startUp = summary(total).median - own.median
  const ratio = own.median / other.median
  return {
    name: 'dbt build of the demo company',
    ours: `${(own.median / 1000).toFixed(1)} s (+ ${(startUp / 1000).toFixed(1)} s start-up, copy and publish)`,
    reference: `straight ${(other.median / 1000).toFixed(1)} s`,
    ratio: `${ratio.toFixed(2)} ×`,
    goal: '≤ 1.5 ×',
    isMet: ratio <= 1.5,
  }
}

/** What a build needs of a company. */
export type Company = Pick<Demo, 'config' | 'workspace'>

/** Builds and publishes a company: whole, unless told to go on from the build before. */
export function buildOnce({ config, workspace }: Company, { isWhole } = { isWhole: true }) {
  return buildAndPublish({
    ...{ config, isWhole, projectRoot: PROJECT_ROOT },
    withRawLock: (work) => workspace.locks.withLock('raw', { owner: 'bench' }, work),
  })
}

function artefact(demo: Pick<Demo, 'config'>, name: string): unknown {
  return JSON.parse(readFileSync(join(demo.config.dataDir, 'dbt/target', name), 'utf8'))
}

/** From the first node's start to the last node's end, in milliseconds. */
export function spanOf(demo: Pick<Demo, 'config'>): number {
  const timings = results.parse(artefact(demo, 'run_results.json')).results.flatMap((result) => result.timing)
  const starts = timings.map((timing) => Date.parse(timing.started_at))
  const ends = timings.map((timing) => Date.parse(timing.completed_at))
  return Math.max(...ends) - Math.min(...starts)
}

/** The statements of a company's last build, run one after another without dbt. */
export async function runStraight(demo: Pick<Demo, 'config'>, folder: string): Promise<void> {
  const statements = statementsOf(demo)
  // DuckDB names a database by its file, and the compiled statements name databases.
  const file = join(folder, 'marts.duckdb')
  mkdirSync(folder, { recursive: true })
  await withWarehouse(file, { threads: 2 }, async (connection) => {
    await connection.run(`attach ${literal(join(demo.config.dataDir, 'raw.duckdb'))} as raw (read_only)`)
    await connection.run(`attach ':memory:' as work`)
    await connection.run('set preserve_insertion_order = false')
    await connection.run('set asof_loop_join_threshold = 0')
    await connection.run(`set memory_limit = ${literal(process.env['EMBUT_MEMORY_LIMIT'] ?? '2GB')}`)
    for (const statement of statements) await runOne(connection, statement)
  })
  rmSync(folder, { recursive: true })
}

type Statement = {
  readonly kind: string
  readonly schema: string
  readonly name: string
  readonly sql: string
}

function statementsOf(demo: Pick<Demo, 'config'>): readonly Statement[] {
  const { nodes } = manifest.parse(artefact(demo, 'manifest.json'))
  return results.parse(artefact(demo, 'run_results.json')).results.flatMap(({ unique_id, compiled_code }) => {
    const node = nodes[unique_id]
    if (node === undefined) return []
    const schema = `${identifier(node.database)}.${identifier(node.schema)}`
    const name = node.alias ?? node.name
    if (node.resource_type === 'seed')
      return [{ kind: 'table', schema, name, sql: seedSql(node.original_file_path) }]
    if (typeof compiled_code !== 'string') return []
    const kind = node.resource_type === 'test' ? 'test' : node.config.materialized
    const key = brokenKeys(`${schema}.${identifier(name)}`, node.config)
    const check = key === null ? [] : [{ kind: 'test', schema, name: `key of ${name}`, sql: key }]
    return [{ kind, schema, name, sql: compiled_code }, ...check]
  })
}

function seedSql(path: string): string {
  return `select * from read_csv(${literal(join(PROJECT_ROOT, path))}, header = true)`
}

async function runOne(connection: Connection, { kind, schema, name, sql }: Statement): Promise<void> {
  if (kind === 'test') {
    await connection.query(`select count(*) from (${sql})`)
    return
  }
  await connection.run(`create schema if not exists ${schema}`)
  const what = kind === 'view' ? 'view' : 'table'
  await connection.run(`create or replace ${what} ${schema}.${identifier(name)} as ${sql}`)
}

import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { brokenKeys, withWarehouse } from '#warehouse'

const MODELS = {
  twice: { sql: `select * from (values (1, 'a'), (1, 'b'), (2, 'c')) as t(id, name)`, unique_key: 'id' },
  missing: { sql: `select * from (values (1), (null)) as t(id)`, unique_key: ['id'] },
  whole: { sql: `select * from (values (1, 'a'), (1, 'b')) as t(id, name)`, unique_key: ['id', 'name'] },
  partly: {
    sql: `select * from (values (1, null), (1, 'b')) as t(id, name)`,
    ...{ unique_key: ['id', 'name'], meta: { required_key: ['id'] } },
  },
} as const
const KINDS = ['table', 'view'] as const

let folder = ''
let outcome: ReadonlyMap<string, string> = new Map()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embut-keys-'))
  await writeProject(folder)
  outcome = await build(folder)
})
afterAll(() => rm(folder, { recursive: true }))

async function writeProject(project: string): Promise<void> {
  const macros = join(process.cwd(), 'warehouse', 'macros')
  const settings = {
    ...{ name: 'keys', 'config-version': 2, version: '1.0.0', profile: 'embut' },
    ...{ 'macro-paths': [macros], 'model-paths': ['models'] },
  }
  await mkdir(join(project, 'models'))
  await writeFile(join(project, 'dbt_project.yml'), JSON.stringify(settings))
  for (const [name, { sql, ...config }] of Object.entries(MODELS)) {
    for (const kind of KINDS) {
      const text = `{{ config(**${JSON.stringify({ ...config, materialized: kind })}) }}\n${sql}`
      await writeFile(join(project, 'models', `${name}_${kind}.sql`), text)
    }
  }
}

/** What dbt says of each model: empty when it was made. */
async function build(project: string): Promise<ReadonlyMap<string, string>> {
  const dbt = join(process.cwd(), '.venv', 'bin', 'dbt')
  const profiles = join(process.cwd(), 'warehouse')
  await withWarehouse(join(project, 'raw.duckdb'), {}, () => Promise.resolve())
  const files = {
    EMBUT_BUILD_FILE: join(project, 'marts.duckdb'),
    EMBUT_RAW_FILE: join(project, 'raw.duckdb'),
  }
  await new Promise((resolve) => {
    execFile(
      dbt,
      ['build', '--profiles-dir', profiles],
      { cwd: project, env: { ...process.env, ...files } },
      resolve,
    )
  })
  const text = await readFile(join(project, 'target', 'run_results.json'), 'utf8')
  const { results } = z
    .object({
      results: z.array(z.object({ unique_id: z.string(), status: z.string(), message: z.string() })),
    })
    .parse(JSON.parse(text))
  return new Map(
    results.map(({ unique_id: id, status, message }) => [
      id.split('.')[2] ?? id,
      status === 'success' ? '' : message,
    ]),
  )
}

test.each(KINDS)('a %s is refused whose key is there twice or not whole', (kind) => {
  const problem = 'keys (id) that are there more than once or not whole: 1, such as'
  expect(outcome.get(`twice_${kind}`)).toContain(`${problem} 1`)
  expect(outcome.get(`missing_${kind}`)).toContain(problem)
})

test.each(KINDS)('a %s is made whose key holds, with the parts empty that may be', (kind) => {
  expect(outcome.get(`whole_${kind}`)).toBe('')
  expect(outcome.get(`partly_${kind}`)).toBe('')
})

test('a run without dbt finds the same broken keys', async () => {
  await withWarehouse(join(folder, 'own.duckdb'), {}, async (connection) => {
    const broken: Record<string, unknown> = {}
    for (const [name, { sql, ...config }] of Object.entries(MODELS)) {
      await connection.run(`create table ${name} as ${sql}`)
      broken[name] = await connection.query(brokenKeys(name, config) ?? '')
    }
    expect(broken).toEqual({ twice: [{ id: 1 }], missing: [{ id: null }], whole: [], partly: [] })
    expect(brokenKeys('x', {})).toBeNull()
  })
})

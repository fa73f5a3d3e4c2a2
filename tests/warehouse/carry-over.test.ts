import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeDbtProject } from './dbt-project.ts'
import type { DbtProject } from './dbt-project.ts'

vi.setConfig({ testTimeout: 180_000 })

// One story: each test goes on from where the one before it stopped, since every build starts dbt.
let project: DbtProject
const contract = (columns: readonly string[]) => `models:
  - name: fct_slow
    config: { tags: [slow], materialized: table, contract: { enforced: true } }
    columns:
${columns.map((column) => `      - ${column}`).join('\n')}
`
const COUNT = '{ name: deals_count, data_type: integer }'
const SUM = '{ name: amount, data_type: "decimal(18,2)" }'

beforeAll(async () => {
  project = await makeDbtProject()
  project.write('models/fct_slow.sql', `select count(*)::integer as deals_count from {{ ref('stg_deals') }}`)
  project.write('models/slow.yml', contract([COUNT]))
})
afterAll(() => project.dispose())

const slow = (file: string) => project.rows(file, 'select * from fct_slow')

test('a first build has the slow marts as their contract has them, empty', async () => {
  const { file } = await project.build()
  expect(await slow(file)).toEqual([])
})

test('a build with the slow models fills them', async () => {
  const { file } = await project.build({ withSlow: true })
  expect(await slow(file)).toEqual([{ deals_count: 2 }])
})

test('an ordinary build keeps them as they were published last, though it builds all else anew', async () => {
  await project.raw(`insert into deals values ('3', 5, 2)`)
  const { file } = await project.build({ vars: { another: 'context' } })
  expect(await slow(file)).toEqual([{ deals_count: 2 }])
  expect(await project.rows(file, 'select count(*)::integer as n from fct_deals')).toEqual([{ n: 3 }])
})

test('a slow mart of another shape waits, empty, for its next run', async () => {
  project.write('models/slow.yml', contract([COUNT, SUM]))
  project.write(
    'models/fct_slow.sql',
    `select count(*)::integer as deals_count, sum(amount)::decimal(18,2) as amount from {{ ref('stg_deals') }}`,
  )
  const { file } = await project.build()
  expect(await slow(file)).toEqual([])
  const names = await project.rows(
    file,
    `select column_name as name from duckdb_columns() where table_name = 'fct_slow'`,
  )
  expect(names).toEqual([{ name: 'deals_count' }, { name: 'amount' }])
})

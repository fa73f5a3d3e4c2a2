import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UserError } from '#config'
import { currentPublished, listPublished } from '#warehouse'
import type { BuildProgress, Published } from '#warehouse'
import { makeDbtProject } from './dbt-project.ts'
import type { DbtProject } from './dbt-project.ts'

// One story: each test goes on from where the one before it stopped, since every build starts dbt.
let project: DbtProject
let first: Published
let second: Published

beforeAll(async () => {
  project = await makeDbtProject()
})
afterAll(() => project.dispose())

const SUMS = 'select count(*) as n, sum(amount) as amount from fct_deals'

test('a build publishes marts under a new version and points readers to it', async () => {
  mkdirSync(join(project.published, '.build'), { recursive: true })
  writeFileSync(join(project.published, '.build', 'marts.duckdb'), 'left by a killed build')
  const events: BuildProgress[] = []
  first = await project.build({ progress: (event) => events.push(event) })
  expect(first.version).toMatch(/^\d{14}-[0-9a-f]{4}$/)
  expect(await project.rows(first.file, SUMS)).toEqual([{ n: '2', amount: '30.00' }])
  const current: unknown = JSON.parse(readFileSync(join(project.published, 'current.json'), 'utf8'))
  expect(current).toEqual({
    version: first.version,
    file: `marts-${first.version}.duckdb`,
    publishedAt: first.publishedAt,
  })
  expect(events.filter(({ step }) => step === 'build').at(-1)).toMatchObject({ done: 3, total: 3 })
  expect(readdirSync(project.published).sort()).toEqual(['current.json', `marts-${first.version}.duckdb`])
})

test('a published file has no view that needs the raw warehouse', async () => {
  const views = await project.rows(first.file, `select view_name from duckdb_views() where not internal`)
  expect(views).toEqual([])
})

test('the next build publishes what has been loaded since, beside the version before', async () => {
  await project.raw(`insert into deals values ('3', 5, 2); update deals set amount = 99 where deal_id = '1'`)
  second = await project.build()
  expect(await project.rows(second.file, SUMS)).toEqual([{ n: '3', amount: '124.00' }])
  expect(await project.rows(first.file, SUMS)).toEqual([{ n: '2', amount: '30.00' }])
})

test('a failed build leaves readers where they were and names the model and the test that failed', async () => {
  await project.raw(`insert into deals values (null, 1, 3)`)
  project.write('models/fct_broken.sql', `select no_such_column from raw.main.deals`)
  const failure = await project.build().catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(UserError)
  const message = String(failure)
  expect(message).toContain('readers keep the last published version')
  expect(message).toContain('test not_null_fct_deals_deal_id: 1 rows do not hold')
  expect(message).toMatch(/model fct_broken: .*no_such_column/)
  expect((await currentPublished(project.published))?.version).toBe(second.version)
  expect(await listPublished(project.published)).toHaveLength(2)
  expect(existsSync(join(project.published, '.build'))).toBe(false)
})

test('a model that was mended is published, and the oldest version goes', async () => {
  await project.raw(`delete from deals where deal_id is null`)
  project.write('models/fct_broken.sql', `select 1 as one`)
  project.write('models/stg_deals.sql', `select deal_id, amount * 2 as amount, _load_id from raw.main.deals`)
  const third = await project.build({ config: { ...project.config, publish: { keep: 2, keepBytes: 1e9 } } })
  expect(await project.rows(third.file, SUMS)).toEqual([{ n: '3', amount: '248.00' }])
  const kept = (await listPublished(project.published)).map(({ version }) => version)
  expect(kept).toEqual([third.version, second.version])
})

test('a full disk is said before anything is written', async () => {
  const build = project.build({ freeBytes: () => Promise.resolve(1000) })
  await expect(build).rejects.toThrow(/Not enough disk space/)
})

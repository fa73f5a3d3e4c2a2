import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseConfig, type Config } from '#config'
import { ensureRawCatalog, withWarehouse } from '#warehouse'
import { openWorkspace, type Workspace } from '#workspace'
import { closeMonth, reopenMonth } from '../../bin/closing.ts'

const VERSION = '20260203080000-0001'
const ASKED = { month: '2026-01', userId: 'u', author: 'Eva' }

let folder: string
let config: Config
let workspace: Workspace
const now = (): Date => new Date('2026-02-03T09:00:00Z')

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embut-closing-'))
  config = parseConfig(
    'company: { name: A, timezone: UTC, currency: EUR, locale: en-GB, country: ES }',
    join(folder, 'embut.yaml'),
    {},
  )
  workspace = await openWorkspace({ file: ':memory:', dataDir: folder })
  await mkdir(join(config.dataDir, 'published'), { recursive: true })
  await withWarehouse(join(config.dataDir, 'raw.duckdb'), {}, async (connection) => {
    await ensureRawCatalog(connection, [])
    await connection.run('create schema all_workspace')
    await connection.run(`create table all_workspace.rule_versions as select * from (values
      (timestamp '2026-01-20 10:00', timestamp '2026-01-20 10:05'),
      (timestamp '2026-02-03 07:58', timestamp '2026-02-03 08:01')
    ) as v(set_at, _loaded_at)`)
  })
  await publish(VERSION, '2026-02-03T08:00:00Z', 10)
})
afterEach(async () => {
  await workspace.close()
  await rm(folder, { recursive: true, force: true })
})

/** A published file with a deal won in January for `amount`, one of February, one excluded, and a target. */
async function publish(version: string, publishedAt: string, amount: number): Promise<void> {
  const file = `marts-${version}.duckdb`
  await withWarehouse(join(config.dataDir, 'published', file), {}, async (connection) => {
    await connection.run(`create table fct_deals as select *, 'Deal ' || deal_id as title, 'c' as client_id, 'p' as product_id,
        's' as source_id, 'w' as stage_id from (values
      ('d1', 'won', ${amount}.00, 'm', 'x', timestamp '2026-01-31 23:30:00', false),
      ('d2', 'won', 20.00, 'm', 'x', timestamp '2026-02-01 00:00:00', false),
      ('d3', 'won', 30.00, 'm', 'x', timestamp '2026-01-15 00:00:00', true),
      ('d4', 'open', 40.00, 'm', 'x', null, false)
    ) as v(deal_id, status, amount_company, owner_id, department_id, closed_at_local, is_excluded)`)
    await connection.run(`create table dim_client as select 'c' as client_id, 'Acme' as client_name`)
    await connection.run(`create table dim_product as select 'p' as product_id, 'Pump' as product_name`)
    await connection.run(`create table dim_source as select 's' as source_id, 'Web' as source_name`)
    await connection.run(
      `create table dim_stage as select 'w' as stage_id, 'New business' as pipeline_name, 'Won' as stage_name`,
    )
    await connection.run(`create table meta_build as select timestamp '2026-02-03 08:00' as built_at`)
    await connection.run(`create table fct_target_attainment as select 't1' as attainment_id, 'won_amount' as metric,
      timestamp '2026-01-01' as month_start, 100.00 as target_value, 10.00 as actual_value, 'm' as owner_id, 'x' as department_id`)
    await connection.run(`create table dim_manager as select 'm' as manager_id, 'Marta' as manager_name`)
    await connection.run(
      `create table dim_department as select 'x' as department_id, 'Sales' as department_name`,
    )
  })
  await writeFile(
    join(config.dataDir, 'published/current.json'),
    JSON.stringify({ version, file, publishedAt }),
  )
  await writeFile(join(config.dataDir, 'published/built-from.json'), '{}')
}

async function kept(): Promise<string[]> {
  const rows = await withWarehouse(join(config.dataDir, 'raw.duckdb'), { readOnly: true }, (connection) =>
    connection.query(`select kind, record_id, metric, status, "value", "result", owner_name, department_name,
        concat_ws(', ', title, client_name, product_name, source_name, pipeline_name, stage_name), rules_known_at
      from raw_embut.closed_results order by kind, record_id`),
  )
  return rows.map((row) =>
    Object.values(row)
      .map((value) => value ?? '')
      .join('|'),
  )
}

test('a closed month keeps its results and targets as published, whose they were, and up to which rules', async () => {
  const closing = await closeMonth({ config, workspace, now }, ASKED)
  expect(closing).toMatchObject({ month: '2026-01', version: VERSION, results: 2, author: 'Eva' })
  const results = [
    'deal|d1||won|10.00||Marta|Sales|Deal d1, Acme, Pump, Web, New business, Won|',
    'month|month||||||||2026-01-20 10:00:00',
    'target|t1|won_amount||100.00|10.00|Marta|Sales||',
  ]
  expect(await kept()).toEqual(results)
  await publish('20260210080000-0002', '2026-02-10T08:00:00Z', 99)
  await rm(join(config.dataDir, `published/marts-${VERSION}.duckdb`))
  expect(await kept()).toEqual(results)
  expect(await workspace.closings.list()).toEqual([closing])
  expect(await workspace.audit.list({ userId: 'u' })).toMatchObject([
    { action: 'month.close', subject: '2026-01' },
  ])
})

test('a month opened again is kept no more, and can be closed anew', async () => {
  const options = { config, workspace, now }
  await closeMonth(options, ASKED)
  await expect(closeMonth(options, ASKED)).rejects.toThrow('2026-01 is closed already')
  await reopenMonth(options, ASKED)
  expect(await kept()).toEqual([])
  expect(await workspace.closings.list()).toEqual([])
  await publish('20260210080000-0002', '2026-02-10T08:00:00Z', 99)
  expect((await closeMonth(options, ASKED)).version).toBe('20260210080000-0002')
  expect((await workspace.closings.history()).map(({ isClosed }) => isClosed)).toEqual([true, false, true])
  await expect(reopenMonth(options, { ...ASKED, month: '2025-12' })).rejects.toThrow('2025-12 is not closed')
})

test('a month that is not over, or not published whole, is not closed', async () => {
  const options = { config, workspace, now }
  await expect(closeMonth(options, { ...ASKED, month: '2026-02' })).rejects.toThrow('2026-02 is not over')
  await expect(closeMonth(options, { ...ASKED, month: '2026-1' })).rejects.toThrow('is no month')
  await publish('20260131080000-0003', '2026-01-31T08:00:00Z', 1)
  await expect(closeMonth(options, ASKED)).rejects.toThrow('is of before the end of 2026-01')
  expect(await kept()).toEqual([])
})

test('the next build takes a closing in though no load brought anything', async () => {
  const note = join(config.dataDir, 'published/built-from.json')
  await closeMonth({ config, workspace, now }, ASKED)
  await expect(rm(note)).rejects.toThrow('ENOENT')
})

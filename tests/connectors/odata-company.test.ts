import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '#config'
import { createSales, ONEC_SETS, startFakeOnec } from '#demo'
import { syncSources } from '#ingest'
import { withWarehouse } from '#warehouse'
import { openWorkspace, workspaceOptions } from '#workspace'
import { dbtBuild } from '../models/dbt-build.ts'

const START = Date.parse('2026-11-21T08:00:00Z')
const sales = createSales()
const folder = mkdtempSync(join(tmpdir(), 'embut-odata-'))
const marts = join(folder, 'marts.duckdb')
let now = START

const CONNECTORS = ['onec'] as const

// One company whose branches have one CRM each, with the same deals; what a CRM can't say is a rule of embut.yaml.
beforeAll(async () => {
  const onec = await startFakeOnec({ now: () => now, sales })
  const file = join(folder, 'embut.yaml')
  writeFileSync(
    file,
    `company: { name: Nordwind, timezone: Europe/Berlin, currency: EUR, locale: en-GB, country: DE }
sources:
  onec:
    connector: onec
    url: '${onec.url}'
    auth: { user: ${onec.auth.user}, password: ${onec.auth.password} }
    zone: ${onec.zone}
    sets: { stage_history: ${ONEC_SETS.stage_history} }
rules:
  stageMeanings:
    - { source: onec, stage: Won, meaning: won }
    - { source: onec, stage: Renewed, meaning: won }
    - { source: onec, stage: Lost, meaning: lost }
    - { source: onec, stage: Cancelled by us, meaning: lost }
    - { source: onec, stage: Not renewed, meaning: lost }
`,
  )
  const config = loadConfig(file, {})
  const workspace = await openWorkspace(workspaceOptions(config, {}))
  const { failures } = await syncSources({
    ...{ config, workspace, now: () => new Date(now) },
    sleep: (milliseconds) => {
      now += milliseconds
      return Promise.resolve()
    },
  })
  await workspace.close()
  await onec.close()
  expect(failures).toEqual([])
  const files = { raw: join(config.dataDir, 'raw.duckdb'), marts, work: join(folder, 'work.duckdb') }
  const wanted = ['+fct_deals', '+fct_stage_events', '+fct_calls', '+fct_activities', 'dim_manager']
  await dbtBuild({ ...files, target: join(folder, 'target') }, [
    ...['--select', ...wanted, '--exclude-resource-type', 'unit_test', '--indirect-selection', 'cautious'],
    ...['--vars', JSON.stringify({ connectors: CONNECTORS })],
  ])
}, 300_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const numbers = async (sql: string): Promise<readonly number[]> => {
  const rows = await withWarehouse(marts, { readOnly: true }, (connection) => connection.query(sql))
  return Object.values(rows[0] ?? {}).map(Number)
}

const won = sales.deals.filter(({ pipeline, steps }) => {
  const last = pipeline.stages[steps.at(-1)?.stage ?? 0]
  return last?.semantics === 'S'
})
const amount = sales.deals.reduce((sum, { money }) => sum + money.amount, 0) / 100
const stays = sales.deals.reduce((sum, { steps }) => sum + steps.length, 0)

describe.each(CONNECTORS)('the deals of %s in the marts', (origin) => {
  test('are all there, to the cent, with the outcome of their stage', async () => {
    const sql = `select count(*), count(*) filter (is_won), sum(amount) from fct_deals where origin = '${origin}'`
    expect(await numbers(sql)).toEqual([sales.deals.length, won.length, amount])
  })

  test('have their owner, department, source and client', async () => {
    const known = sales.deals.filter(({ client, contact }) => client?.company ?? contact).length
    const [owned, placed, sourced, clients] = await numbers(
      `select count(*) filter (owner_id <> 'unknown'), count(*) filter (department_id <> 'unknown'),
         count(*) filter (source_id is not null and source_id <> 'unknown'),
         count(*) filter (client_id is not null and client_id <> 'unknown')
       from fct_deals where origin = '${origin}'`,
    )
    expect([owned, placed, clients]).toEqual([sales.deals.length, sales.deals.length, known])
    expect(sourced).toBeGreaterThan(0)
  })

  test('have stages in their order', async () => {
    const [moves] = await numbers(`select count(*) from fct_stage_events where deal_id like '${origin}:%'`)
    expect(moves).toBeGreaterThan(stays * 0.98)
    expect(moves).toBeLessThanOrEqual(stays)
  })

  test('have their calls and activities', async () => {
    expect(await numbers(`select count(*) from fct_calls where origin = '${origin}'`)).toEqual([
      sales.calls.length,
    ])
    const [activities = 0] = await numbers(`select count(*) from fct_activities where origin = '${origin}'`)
    expect(activities).toBe(sales.activities.length)
  })
})

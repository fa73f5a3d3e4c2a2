import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { currentPublished } from '#warehouse'
import { makeDbtProject } from './dbt-project.ts'
import type { DbtProject } from './dbt-project.ts'

const KILLS = Number(process.env['EMBUT_KILLS'] ?? 2)
const SEED = Number(process.env['EMBUT_SEED'] ?? Date.now() % 1_000_000)
const ROWS = 'select deal_id, amount from fct_deals order by all'

let project: DbtProject
beforeAll(async () => {
  project = await makeDbtProject()
})
afterAll(() => project.dispose())

/** A build in a process of its own that is killed hard after `afterMs`; its dbt is left running. */
async function buildAndKill(afterMs: number): Promise<void> {
  const args = [join(import.meta.dirname, 'build-child.ts'), project.root, project.config.dataDir]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise((resolve) => child.once('close', resolve))
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended])
  await Promise.race([sleep(afterMs), ended])
  child.kill('SIGKILL')
  await ended
}

/** Fractions between 0 and 1 from a seed (multiplicative congruential). */
function fractions(seed: number, count: number): readonly number[] {
  let state = (seed % 2_147_483_646) + 1
  return Array.from({ length: count }, () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647)
}

test(
  `a build killed at random points never harms what is published, and the next one ends well (seed ${SEED})`,
  async () => {
    const began = performance.now()
    const first = await project.build()
    const wholeMs = performance.now() - began
    const before = await project.rows(first.file, ROWS)
    await project.raw(`insert into deals values ('3', 5, 2)`)
    for (const fraction of fractions(SEED, KILLS)) {
      await buildAndKill(fraction * wholeMs)
      const current = await currentPublished(project.published)
      const rows = await project.rows(current?.file ?? '', ROWS)
      expect([before, [...before, { deal_id: '3', amount: '5.00' }]]).toContainEqual(rows)
    }
    const last = await project.build()
    expect(await project.rows(last.file, ROWS)).toEqual([...before, { deal_id: '3', amount: '5.00' }])
    expect(readdirSync(project.published).filter((name) => name.includes('build'))).toEqual([])
  },
  120_000 + KILLS * 60_000,
)

test('readers of the old file go on while new ones are published and it is pruned', async () => {
  const old = await currentPublished(project.published)
  const reading = project.read(old?.file ?? '', async (connection) => {
    const seen: unknown[] = []
    for (let turn = 0; turn < 20; turn++) {
      seen.push(await connection.query('select count(*) as n from fct_deals'))
      await sleep(100)
    }
    return seen
  })
  await project.build({ config: { ...project.config, publish: { keep: 1, keepBytes: 1 } } })
  expect(new Set((await reading).map((rows) => JSON.stringify(rows)))).toEqual(new Set(['[{"n":"3"}]']))
}, 180_000)

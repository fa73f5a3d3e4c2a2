import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { loadConfig } from '#config'
import { demoSignIns } from '#demo'
import { openWorkspace, workspaceOptions } from '#workspace'
import { buildCompany } from '../build.ts'
import { signInAs } from '../demo-check.ts'
import type { Demo } from '../demo-company.ts'
import { serve } from '../serve.ts'
import { summary, time, type Result } from './measure.ts'

const GOAL_SECONDS = 60
const REPEATS = 3
const LOOK_EVERY_MS = 250
const PATIENCE_MS = 600_000
const SECRET = 'sent-by-the-bench-of-freshness'
const SOURCE = 'site'

const HOOK_SOURCE = `sources:
  ${SOURCE}:
    connector: webhook
    secret: ${SECRET}
    events:
      - entity: deals
        columns: { deal_id: id, title: title, amount: total, created_at: _received_at }
`

const answer = z.object({ rows: z.tuple([z.object({ 'deals_report.count': z.coerce.number() })]) })

/** A running portal, and how to ask it for its number of deals. */
type Served = { readonly url: string; readonly count: (origin: string) => Promise<number> }

/**
 * Seconds from a lead that a site sends, and from a deal that is new in the CRM when its sync is asked for, to the number
 * that the portal's readers are given; on the demo company, with everything running as `embut serve` runs it.
 */
export async function benchFreshness(demo: Demo, folder: string): Promise<readonly Result[]> {
  const configFile = join(dirname(demo.config.configFile), 'freshness.yaml')
  copyState(demo.config.dataDir, folder)
  const yaml = readFileSync(demo.config.configFile, 'utf8').replace('sources:\n', HOOK_SOURCE)
  writeFileSync(configFile, `${yaml}\ndataDir: ${folder}\n`)
  const config = loadConfig(configFile)
  const workspace = await openWorkspace(workspaceOptions(config))
  const company = { config, workspace }
  // With the forecasts there already, nothing but the change is worked on.
  await buildCompany({ ...company, isSyncing: true, withSlow: true, progress: () => {} })
  const running = await serve({ ...company, port: 0, isKeeping: true, log: () => {} })
  try {
    const served = { url: running.url, count: await counterOf(running.url) }
    const ask = () => running.services.control.requestSync({ sources: ['crm'], userId: 'bench' })
    const { record, table, upsert } = demo.crm.portal
    const last = table('deals').idAt(table('deals').size - 1)
    const sent = await repeated((turn) => untilMore(served, SOURCE, () => send(served, turn)))
    const changed = await repeated((turn) =>
      untilMore(served, 'crm', async () => {
        const { updatedTime: _, ...like } = record('deals', last) ?? {}
        upsert('deals', last + turn, { ...like, id: last + turn })
        await ask()
      }),
    )
    return [
      toResult('webhook to the published number', sent),
      toResult('CRM to the published number', changed),
    ]
  } finally {
    await running.close()
    await workspace.close()
    rmSync(configFile)
  }
}

/** What a company is at present, without what it published before. */
function copyState(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true })
  mkdirSync(join(to, 'published'), { recursive: true })
  const names = ['key', 'raw.duckdb', 'spool', 'workspace.sqlite', 'workspace.sqlite-wal']
  for (const name of names) {
    if (existsSync(join(from, name))) cpSync(join(from, name), join(to, name), { recursive: true })
  }
}

async function counterOf(url: string): Promise<Served['count']> {
  const [administrator] = demoSignIns
  if (administrator === undefined) throw new Error('The demo company has nobody to sign in')
  const cookie = await signInAs(url, administrator)
  return async (origin) => {
    const filters = [{ member: 'deals_report.origin', operator: 'equals', values: [origin] }]
    const response = await fetch(`${url}/api/query`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, cookie },
      body: JSON.stringify({ measures: ['deals_report.count'], filters }),
    })
    if (!response.ok) throw new Error(`The number of deals was refused: ${response.status}`)
    const [row] = answer.parse(await response.json()).rows
    return row['deals_report.count']
  }
}

async function repeated(once: (turn: number) => Promise<number>) {
  const seconds: number[] = []
  for (let turn = 1; turn <= REPEATS; turn++) seconds.push((await once(turn)) / 1000)
  return summary(seconds)
}

function untilMore({ count }: Served, origin: string, change: () => Promise<void>): Promise<number> {
  return time(async () => {
    const before = await count(origin)
    await change()
    const deadline = Date.now() + PATIENCE_MS
    while ((await count(origin)) <= before) {
      if (Date.now() > deadline) throw new Error(`What ${origin} sent is not published`)
      await sleep(LOOK_EVERY_MS)
    }
  })
}

async function send({ url }: Served, turn: number): Promise<void> {
  const response = await fetch(`${url}/hooks/${SOURCE}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${SECRET}` },
    body: JSON.stringify({ id: `lead-${turn}`, title: `Lead ${turn}`, total: '12.50' }),
  })
  if (response.status !== 202) throw new Error(`The webhook was refused: ${response.status}`)
}

function toResult(name: string, seconds: ReturnType<typeof summary>): Result {
  return {
    name,
    ours: `${seconds.median.toFixed(1)} s (${seconds.low.toFixed(1)}–${seconds.high.toFixed(1)})`,
    reference: `${GOAL_SECONDS} s`,
    ratio: `${(seconds.median / GOAL_SECONDS).toFixed(2)} ×`,
    goal: `≤ ${GOAL_SECONDS} s`,
    isMet: seconds.median <= GOAL_SECONDS,
  }
}

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig } from '#config'
import { createSales, startFakeAmo, startFakeComagic } from '#demo'
import { syncSources } from '#ingest'
import { openWorkspace, workspaceOptions } from '#workspace'
import type { Result } from './measure.ts'

const LATENCY_MS = 50
// Of amoCRM, as documented; CoMagic's connector may make two requests at once and has no limit by the second.
const CALLS_PER_SECOND = 7
const AT_ONCE = 2
const MANY = 1_000_000

/** Reading of APIs that take 50 ms an answer: beside what a limit allows, and beside the most requests at once. */
export async function benchApiSync(folder: string): Promise<readonly Result[]> {
  return [await benchLimit(folder), await benchOverlap(folder)]
}

async function benchLimit(folder: string): Promise<Result> {
  const fake = await startFakeAmo({ now: Date.now, sales: createSales(), latencyMs: LATENCY_MS })
  // Small pages, so that reading takes long beside the start.
  fake.limits.page = 25
  const { rows, seconds } = await readSource(
    folder,
    `{ connector: amocrm, url: '${fake.url}', auth: { token: '${fake.token}' } }`,
  ).finally(() => fake.close())
  // The first second's calls go out at once.
  const allowed = (fake.counts.requests - CALLS_PER_SECOND) / CALLS_PER_SECOND
  const ratio = allowed / seconds
  return {
    name: `API sync, ${CALLS_PER_SECOND} calls a second`,
    ours: `${(rows / seconds).toFixed(0)} rows/s`,
    reference: `the limit allows ${(rows / allowed).toFixed(0)} rows/s`,
    ratio: `${ratio.toFixed(2)} ×`,
    goal: '≥ 0.9 ×',
    isMet: ratio >= 0.9,
  }
}

async function benchOverlap(folder: string): Promise<Result> {
  const sales = createSales()
  const fake = await startFakeComagic({ now: Date.now, sales, perMinute: MANY, latencyMs: LATENCY_MS })
  await readSource(
    folder,
    `{ connector: comagic, url: '${fake.url}', auth: { token: '${fake.token}' } }`,
  ).finally(() => fake.close())
  const { together } = fake.counts
  return {
    name: 'API sync, requests at once',
    ours: String(together),
    reference: `${AT_ONCE} allowed`,
    ratio: `${(together / AT_ONCE).toFixed(2)} ×`,
    goal: '1.00 ×',
    isMet: together === AT_ONCE,
  }
}

/** Syncs a company with one source; `seconds` until the last row was read, without the merge. */
async function readSource(folder: string, source: string): Promise<{ rows: number; seconds: number }> {
  const state = join(folder, 'api')
  mkdirSync(state, { recursive: true })
  const file = join(state, 'embut.yaml')
  const company = '{ name: Bench, timezone: UTC, currency: EUR, locale: en-GB, country: GB }'
  writeFileSync(file, `company: ${company}\nsources:\n  bench: ${source}\n`)
  const config = loadConfig(file, {})
  const workspace = await openWorkspace(workspaceOptions(config, {}))
  let [started, ended] = [Number.NaN, 0]
  const { loads, failures } = await syncSources({
    ...{ config, workspace },
    progress: ({ source: name, phase }) => {
      if (name !== 'bench' || phase !== 'read') return
      ended = performance.now()
      if (Number.isNaN(started)) started = ended
    },
  })
  await workspace.close()
  rmSync(state, { recursive: true })
  if (failures.length > 0) throw new Error(failures.map((failure) => failure.message).join('; '))
  const own = loads.filter(({ source: name }) => name === 'bench')
  return { rows: own.reduce((sum, { rowsRead }) => sum + rowsRead, 0), seconds: (ended - started) / 1000 }
}

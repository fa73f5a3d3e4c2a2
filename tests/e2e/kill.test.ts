import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSemantic, type Reader, type SemanticService } from '#semantic'
import { currentPublished } from '#warehouse'
import { runCli } from '../bin/run-cli.ts'
import { readTables, type Tables } from './tables.ts'
import { TINY_DEALS, writeTinyCompany } from './tiny-company.ts'

const KILLS = process.env['EMBUT_LONG'] === '1' ? 40 : 3
const KILLS_PER_COMPANY = 4
const SEED = Number(process.env['EMBUT_SEED'] ?? 20_260_301)
const READER: Reader = {
  userId: 'reader',
  role: 'administrator',
  personId: null,
  departmentIds: [],
  canSeePersonal: false,
}
// When a version was built and a stream last loaded differs between any two runs.
const TIMES_OF_THE_RUN = ['meta_build.built_at', 'meta_freshness.last_load_at']

let folder: string
let undisturbed: Awaited<ReturnType<typeof contentOf>>
let buildMs: number

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embut-kill-'))
  await build(writeTinyCompany(join(folder, 'first'), 0))
  await cp(join(folder, 'first'), join(folder, 'undisturbed'), { recursive: true })
  const started = Date.now()
  await build(writeTinyCompany(join(folder, 'undisturbed'), 1))
  buildMs = Date.now() - started
  undisturbed = await contentOf(join(folder, 'undisturbed'))
  expect(undisturbed.raw['raw_sheet.deals']).toHaveLength(TINY_DEALS[1])
  expect(undisturbed.marts['main.fct_deals']).toHaveLength(TINY_DEALS[1])
  expect(undisturbed.loads.length).toBeGreaterThan(6)
}, 600_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

describe(`a build killed at ${KILLS} random moments (seed ${SEED})`, () => {
  const random = randomOf(SEED)
  const rounds = Array.from({ length: Math.ceil(KILLS / KILLS_PER_COMPANY) }, (_, index) =>
    someKills(random, Math.min(KILLS_PER_COMPANY, KILLS - index * KILLS_PER_COMPANY)),
  )

  it.each(rounds.map((kills, index) => ({ index, kills })))(
    'leaves what an undisturbed one leaves, and readers notice nothing (company $index)',
    { timeout: 1_200_000 },
    async ({ index, kills }) => {
      const company = join(folder, `killed-${index}`)
      await cp(join(folder, 'first'), company, { recursive: true })
      const config = writeTinyCompany(company, 1)
      const reading = await startReading(join(company, '.embut/published'))
      let killed = 0
      for (const kill of kills) if (await killedBuild(config, kill)) killed += 1
      await build(config)
      const counts = await reading.stop()
      expect(killed).toBeGreaterThan(0)
      const { raw, marts, loads } = await contentOf(company)
      expect(Object.keys(raw)).toEqual(Object.keys(undisturbed.raw))
      for (const name of Object.keys(raw)) expect(raw[name], name).toEqual(undisturbed.raw[name])
      expect(loads).toEqual(undisturbed.loads)
      expect(Object.keys(marts)).toEqual(Object.keys(undisturbed.marts))
      for (const name of Object.keys(marts)) expect(marts[name], name).toEqual(undisturbed.marts[name])
      expect(new Set(counts)).toEqual(new Set(TINY_DEALS.map(String)))
    },
  )
})

async function build(config: string): Promise<void> {
  const { code, err } = await runCli(['build', '--config', config])
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
}

type Kill = {
  /** When, as a share of how long an undisturbed build takes. */
  readonly at: number
  /** Whether the dbt that the build runs is left alive. */
  readonly isAlone: boolean
}

// The sync is the first part of a build and short, and once it has landed there is nothing to sync: so every second
// kill is early, and the early ones come first.
function someKills(random: () => number, count: number): Kill[] {
  const kills = Array.from({ length: count }, (_, index) => ({
    at: random() * (index % 2 === 0 ? 0.3 : 1),
    isAlone: random() < 0.5,
  }))
  return kills.sort((a, b) => a.at - b.at)
}

/** Starts a build and kills it; false when it had ended before. */
async function killedBuild(config: string, { at, isAlone }: Kill): Promise<boolean> {
  const child = spawn(process.execPath, ['bin/cli.ts', 'build', '--config', config], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, TZ: 'UTC' },
  })
  const ended = new Promise<boolean>((resolve) =>
    child.once('exit', (_, signal) => resolve(signal === 'SIGKILL')),
  )
  await Promise.race([sleep(at * buildMs), ended])
  if (child.exitCode === null && child.pid !== undefined)
    process.kill(isAlone ? child.pid : -child.pid, 'SIGKILL')
  return ended
}

/** Asks a question over and over, taking new versions as they come; `stop` gives every answer or the first error. */
async function startReading(publishedDir: string) {
  const semantic: SemanticService = await createSemantic({
    projectRoot: process.cwd(),
    publishedDir,
    poolSize: 1,
  })
  const answers: (string | boolean | null | undefined)[] = []
  let isOver = false
  const ask = async (): Promise<void> => {
    const { rows } = await semantic.load(READER, { measures: ['deals_report.count'] })
    answers.push(rows[0]?.['deals_report.count'])
  }
  const reading = (async () => {
    for (; !isOver; await sleep(100)) await ask()
  })()
  const stop = async () => {
    const { version } = (await currentPublished(publishedDir)) ?? { version: '' }
    await expect.poll(() => semantic.version(), { timeout: 20_000 }).toBe(version)
    isOver = true
    await reading
    await ask()
    await semantic.close()
    return answers
  }
  // A failure is reported by `stop`, not as an unhandled rejection before.
  reading.catch(() => undefined)
  return { stop }
}

async function contentOf(company: string) {
  const raw = join(company, '.embut/raw.duckdb')
  const published = await currentPublished(join(company, '.embut/published'))
  return {
    raw: await readTables(raw, { isWanted: (name) => /^raw_(?!embut)/.test(name) }),
    marts: await readTables(published?.file ?? '', {
      isWanted: (name) => /^main\.(dim|fct|meta)_/.test(name),
      without: TIMES_OF_THE_RUN,
    }),
    loads: changesOf(await readTables(raw, { isWanted: (name) => name === 'raw_embut.loads' })),
  }
}

/** What the ledger says was changed by loads that changed something, however many found nothing new. */
function changesOf(tables: Tables): string[] {
  const lines = (tables['raw_embut.loads'] ?? []).map((line) => JSON.parse(line) as Record<string, string>)
  const names = ['source_name', 'stream', 'rows_inserted', 'rows_updated', 'rows_deleted', 'rows_quarantined']
  return lines
    .filter((line) => names.slice(2).some((name) => Number(line[name]) > 0))
    .map((line) => names.map((name) => line[name]).join(' '))
    .sort()
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { currentPublished } from '#warehouse'
import { runCli } from '../bin/run-cli.ts'
import { askOverAndOver } from './asking.ts'
import { readTables, type Tables } from './tables.ts'
import { moveFilesOn, openTwoStates, type TwoStates } from './two-states.ts'

const KILLS = Number(process.env['EMBUT_KILLS'] ?? 3)
const KILLS_PER_COMPANY = 4
const SEED = Number(process.env['EMBUT_SEED'] ?? 20_260_301)
// When a version was built and a stream last loaded differs between any two runs; what lasts is measured to then, and
// what a load brought is known from then on.
const TIMES_OF_THE_RUN = [
  'meta_build.built_at',
  'meta_freshness.last_load_at',
  ...['deal_as_of_id', 'known_from', 'known_from_local', 'known_to', 'known_to_local'].map(
    (column) => `fct_deals_as_of.${column}`,
  ),
  ...['stage_move_id', 'known_from_local', 'known_to_local'].map((column) => `fct_stage_moves.${column}`),
  'fct_deal_months.looked_at',
  'fct_deal_months.age_days',
  'fct_deal_month_sums.open_age_days',
  'fct_deal_stages.observed_seconds',
  'fct_stage_sums.observed_days',
  'fct_requests.waited_seconds',
]
// Whole hours of those lasting stays, counted.
const TABLES_OF_THE_RUN = ['main.fct_stage_times']

let folder: string
let states: TwoStates
let first: string
let undisturbed: Awaited<ReturnType<typeof contentOf>>
let buildMs: number

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embut-kill-'))
  first = join(folder, 'first')
  states = await openTwoStates(first)
  await build(first)
  states.moveCrmOn()
  const later = await companyInLaterState('undisturbed')
  const started = Date.now()
  await build(later)
  buildMs = Date.now() - started
  undisturbed = await contentOf(later)
  const before = await contentOf(first)
  for (const name of ['raw_crm.deals', 'raw_crm.users', 'raw_telephony.calls'])
    expect(undisturbed.raw[name], name).not.toEqual(before.raw[name])
}, 600_000)
afterAll(async () => {
  await states.crm.close()
  await rm(folder, { recursive: true, force: true })
})

describe(`a build killed at ${KILLS} random moments (seed ${SEED})`, () => {
  const random = randomOf(SEED)
  const rounds = Array.from({ length: Math.ceil(KILLS / KILLS_PER_COMPANY) }, (_, index) =>
    someKills(random, Math.min(KILLS_PER_COMPANY, KILLS - index * KILLS_PER_COMPANY)),
  )

  it.each(rounds.map((kills, index) => ({ index, kills })))(
    'leaves what an undisturbed one leaves, and readers notice nothing (company $index)',
    { timeout: 1_200_000 },
    async ({ index, kills }) => {
      const company = await companyInLaterState(`killed-${index}`)
      const asking = await askOverAndOver(configOf(company), environment())
      let killed = 0
      for (const kill of kills) if (await killedBuild(company, kill)) killed += 1
      await build(company)
      const { version } = (await currentPublished(join(company, '.embut/published'))) ?? { version: '' }
      const answers = await asking.until(version)
      expect(killed).toBeGreaterThan(0)
      const { raw, marts, loads } = await contentOf(company)
      expect(Object.keys(raw)).toEqual(Object.keys(undisturbed.raw))
      for (const name of Object.keys(raw)) expect(raw[name], name).toEqual(undisturbed.raw[name])
      expect(loads).toEqual(undisturbed.loads)
      expect(Object.keys(marts)).toEqual(Object.keys(undisturbed.marts))
      for (const name of Object.keys(marts)) expect(marts[name], name).toEqual(undisturbed.marts[name])
      expect(answers.refused).toEqual([])
      expect(answers.figures).toEqual(new Set([await dealsOf(first), await dealsOf(company)]))
    },
  )
})

/** A copy of the company as it was built first, whose sources have moved on since. */
async function companyInLaterState(name: string): Promise<string> {
  const company = join(folder, name)
  await cp(first, company, { recursive: true })
  await moveFilesOn(company)
  return company
}

function configOf(company: string): string {
  return join(company, 'embut.yaml')
}

function environment(): Record<string, string> {
  return { DEMO_CRM_URL: states.crm.url }
}

async function build(company: string): Promise<void> {
  const { code, err } = await runCli(['build', '--config', configOf(company)], { env: environment() })
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
}

async function dealsOf(company: string): Promise<string> {
  const query = JSON.stringify({ measures: ['deals_report.count'] })
  const args = ['query', '--as', 'admin', '--config', configOf(company)]
  const { out, err } = await runCli(args, { input: query, env: environment() })
  const found = /"deals_report.count": ?"(\d+)"/.exec(out)?.[1]
  expect(found, err).toBeDefined()
  return String(found)
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
async function killedBuild(company: string, { at, isAlone }: Kill): Promise<boolean> {
  const child = spawn(process.execPath, ['bin/cli.ts', 'build', '--config', configOf(company)], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, ...environment(), TZ: 'UTC' },
  })
  const ended = new Promise<boolean>((resolve) =>
    child.once('exit', (_, signal) => resolve(signal === 'SIGKILL')),
  )
  await Promise.race([sleep(at * buildMs), ended])
  if (child.exitCode === null && child.pid !== undefined)
    process.kill(isAlone ? child.pid : -child.pid, 'SIGKILL')
  return ended
}

async function contentOf(company: string) {
  const raw = join(company, '.embut/raw.duckdb')
  const published = await currentPublished(join(company, '.embut/published'))
  return {
    raw: await readTables(raw, { isWanted: (name) => /^raw_(?!embut)/.test(name) }),
    marts: await readTables(published?.file ?? '', {
      isWanted: (name) => /^main\.(dim|fct|meta)_/.test(name) && !TABLES_OF_THE_RUN.includes(name),
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

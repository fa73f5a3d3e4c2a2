import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HOOK_JOB, SYNC_JOB } from '#ingest/control'
import { openWorkspace } from '#workspace'
import { startKeeper, type Keeper } from '../../bin/keeper.ts'
import { startSyncJobs } from '../../bin/sync-jobs.ts'

// Stands for the `embut` command: notes that it began; `long` never ends by itself unless a file lets it.
const PROGRAM = `
const { appendFileSync, existsSync } = require('node:fs')
const [name, source] = process.argv.slice(2)
appendFileSync(process.env.NOTES, name + (source === '--config' ? '' : ' ' + source) + '\\n')
if (name === 'long') setInterval(() => { if (existsSync(process.env.NOTES + '.end')) process.exit(0) }, 20)
`

let folder: string
let keeper: Keeper
let failures: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embut-keeper-'))
  process.env['NOTES'] = join(folder, 'notes')
  writeFileSync(join(folder, 'program.cjs'), PROGRAM)
  failures = []
  keeper = startKeeper({
    chores: [
      { name: 'slow', args: ['long'], every: 'asked', givesWayTo: ['hooks'] },
      { name: 'hooks', args: ['hooks'], every: 'asked' },
    ],
    timezone: 'UTC',
    cli: join(folder, 'program.cjs'),
    configFile: 'embut.yaml',
    log: (line) => failures.push(line),
    afterSuccess: () => Promise.resolve(),
  })
})
afterEach(async () => {
  await keeper.stop()
  await rm(folder, { recursive: true, force: true })
})

// A note that is being written is none yet.
const notes = () =>
  existsSync(join(folder, 'notes'))
    ? readFileSync(join(folder, 'notes'), 'utf8').split('\n').slice(0, -1)
    : []
const untilNotes = (count: number) =>
  vi.waitFor(() => expect(notes()).toHaveLength(count), { timeout: 60_000 })

test('what a source sent does not wait for a slow chore, which begins anew after it', async () => {
  const slow = keeper.run('slow')
  await untilNotes(1)
  expect(await keeper.runAnew('hooks', ['site'])).toBeUndefined()
  expect(await slow).toBe('It was ended')
  await untilNotes(3)
  expect(notes()).toEqual(['long', 'hooks site', 'long'])
  expect(failures).toEqual([])
}, 120_000)

test('a chore that gave way three times in a row is left to end', async () => {
  void keeper.run('slow')
  for (let turn = 1; turn <= 3; turn++) {
    await untilNotes(2 * turn - 1)
    await keeper.runAnew('hooks', ['site'])
  }
  await untilNotes(7)
  await keeper.runAnew('hooks', ['site'])
  const joined = keeper.run('slow')
  writeFileSync(join(folder, 'notes.end'), '')
  expect(await joined).toBeUndefined()
  expect(notes().filter((name) => name === 'long')).toHaveLength(4)
}, 120_000)

test('what sources sent is read together, while what people asked for is still being read', async () => {
  const workspace = await openWorkspace({ file: join(folder, 'workspace.sqlite'), dataDir: folder, env: {} })
  const read: string[][] = []
  const ends: (() => void)[] = []
  await workspace.jobs.enqueue({ kind: SYNC_JOB, payload: { sources: ['crm'] } })
  for (const source of ['site', 'shop'])
    await workspace.jobs.enqueue({ kind: HOOK_JOB, payload: { sources: [source] } })
  const jobs = startSyncJobs(workspace, {
    ofPeople: (sources) => {
      read.push([...sources])
      return new Promise((resolve) => ends.push(() => resolve(undefined)))
    },
    ofHooks: (sources) => {
      read.push([...sources].sort())
      return Promise.resolve(undefined)
    },
  })
  const both = expect.arrayContaining([['crm'], ['shop', 'site']])
  await vi.waitFor(() => expect(read).toEqual(both), { timeout: 60_000 })
  expect(read).toHaveLength(2)
  jobs.stop()
  for (const end of ends) end()
  await vi.waitFor(async () => expect(await workspace.jobs.list({ status: 'done' })).toHaveLength(3), {
    timeout: 60_000,
  })
  await workspace.close()
}, 120_000)

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { syncSources } from '#ingest'
import {
  buildAndPublish,
  currentPublished,
  publishedFolder,
  type BuildProgress,
  type Published,
} from '#warehouse'
import { openWorkspace, workspaceOptions, type Workspace } from '#workspace'
import { dayOfPlan, differencesOf, martsIn, refresh } from './full-refresh.ts'
import { RandomCompany } from './random-company.ts'

const SEED = Number(process.env['EMBUT_SEED'] ?? 20_261_122)
const IS_LONG = process.env['EMBUT_LONG'] === '1'
const BUILDS = IS_LONG ? 20 : 3
const ROOT = resolve(import.meta.dirname, '../..')

let folder: string
let company: RandomCompany
let workspace: Workspace
// Only a build of the same day goes on from another; so that midnight changes nothing, noon of that day is now.
let now = Date.parse('2026-01-01T12:00:00Z')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'embut-continued-'))
  company = new RandomCompany(folder, SEED)
  workspace = await openWorkspace(workspaceOptions(company.config))
  const { isWhole } = await build()
  expect(isWhole).toBe(true)
  now = Date.parse(`${dayOfPlan(company.config.dataDir)}T12:00:00Z`)
}, 300_000)
afterAll(async () => {
  await workspace.close()
  rmSync(folder, { recursive: true, force: true })
})

describe(`a build that goes on from the one before (seed ${SEED})`, () => {
  test.for(Array.from({ length: BUILDS }, (_, index) => index + 1))(
    'gives every mart as a full refresh does, after random change %i',
    { timeout: 300_000 },
    async () => {
      const made = company.change()
      const { published, isWhole } = await build()
      expect(isWhole, made.join(', ')).toBe(false)
      const whole = join(folder, 'whole', 'marts.duckdb')
      await refresh(company.config.dataDir, published.file, whole)
      const marts = await martsIn(whole)
      expect(marts.length).toBeGreaterThan(30)
      expect(await differencesOf(published.file, whole, marts), made.join(', ')).toEqual([])
    },
  )

  test.runIf(IS_LONG)(
    'is left for dbt when its tables are not those of the published version, and dbt gives the same',
    { timeout: 300_000 },
    async () => {
      const before = await currentPublished(publishedFolder(company.config.dataDir))
      rmSync(join(company.config.dataDir, 'dbt/kept/built.json'))
      const { published, isWhole } = await publish()
      expect(isWhole).toBe(true)
      const marts = await martsIn(published.file)
      expect(await differencesOf(before?.file ?? '', published.file, marts)).toEqual([])
    },
  )
})

async function build() {
  const { config } = company
  await syncSources({ config, workspace, progress: () => {} })
  return publish()
}

async function publish(): Promise<{ published: Published; isWhole: boolean }> {
  const { config } = company
  const events: BuildProgress[] = []
  const published = await buildAndPublish({
    ...{ config, projectRoot: ROOT, withRawLock: (work) => work(), now: () => new Date((now += 1000)) },
    vars: { connectors: ['files'] },
    progress: (event) => events.push(event),
  })
  return { published, isWhole: events.some(({ message }) => message === 'Starting dbt') }
}

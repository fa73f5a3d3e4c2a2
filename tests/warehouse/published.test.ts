import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { currentPublished, listPublished, prunePublished, restorePublished } from '#warehouse'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embut-published-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const OLD = '20260101000000-aaaa'
const MIDDLE = '20260102000000-bbbb'
const NEW = '20260103000000-cccc'

function publishFiles(bytes: number): void {
  for (const version of [OLD, MIDDLE, NEW])
    writeFileSync(join(folder, `marts-${version}.duckdb`), Buffer.alloc(bytes))
}

async function versions(): Promise<readonly string[]> {
  return (await listPublished(folder)).map(({ version }) => version)
}

test('lists nothing before the first publish', async () => {
  expect(await listPublished(join(folder, 'none'))).toEqual([])
  expect(await currentPublished(folder)).toBeNull()
})

test('restores any version that is kept, with the moment it was published', async () => {
  publishFiles(1)
  await restorePublished(folder, OLD)
  expect(await currentPublished(folder)).toMatchObject({
    version: OLD,
    publishedAt: '2026-01-01T00:00:00.000Z',
  })
})

test('refuses a version that is gone and names those that are kept', async () => {
  publishFiles(1)
  await expect(restorePublished(folder, '20200101000000-dddd')).rejects.toThrow(OLD)
})

test('keeps the newest files by number, and the current one however old', async () => {
  publishFiles(1)
  await restorePublished(folder, OLD)
  expect(await prunePublished(folder, 2, 1e9)).toEqual([MIDDLE])
  expect(await versions()).toEqual([NEW, OLD])
})

test('keeps files by their bytes together, and the current one however big', async () => {
  publishFiles(1000)
  await restorePublished(folder, NEW)
  await prunePublished(folder, 9, 500)
  expect(await versions()).toEqual([NEW])
})

test('says what to do when current.json is damaged', async () => {
  writeFileSync(join(folder, 'current.json'), '{"version":')
  await expect(currentPublished(folder)).rejects.toThrow(/damaged.*--restore/)
  expect(existsSync(join(folder, 'current.json'))).toBe(true)
})

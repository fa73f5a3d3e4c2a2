import { readlink, readdir, rm } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createSemantic, type SemanticService } from '#semantic'
import { administrator } from './harness.ts'
import { nameCurrent, publishedFolder, publishFixture } from './marts-fixture.ts'

const versionOf = (number: number): string => `2026030106000${number}-000${number}`
const label = (version: string): string => `${version} `
const open = (publishedDir: string): Promise<SemanticService> =>
  createSemantic({ projectRoot: process.cwd(), publishedDir, poolSize: 3, watch: false })

async function openFiles(folder: string): Promise<string[]> {
  const descriptors = await readdir('/proc/self/fd')
  const targets = await Promise.all(descriptors.map((id) => readlink(`/proc/self/fd/${id}`).catch(() => '')))
  return [...new Set(targets.filter((target) => target.startsWith(folder)))]
}

describe('taking a new version', () => {
  it(
    'fails no request of eight readers, mixes no versions and closes the old files',
    { timeout: 240_000 },
    async () => {
      const folder = await publishedFolder()
      const files: string[] = []
      for (const number of [4, 3, 2, 1, 0]) {
        const version = versionOf(number)
        files[number] = await publishFixture(folder, version, { deals: 40, label: label(version) })
      }
      const semantic = await open(folder)
      const taken = new Map<string, number>()
      let isOver = false
      const read = async (reader: number): Promise<void> => {
        for (let turn = 0; !isOver; turn += 1) {
          // A cached answer takes no turn of the event loop; requests of real readers each come with one.
          await setImmediate()
          const before = semantic.version()
          const { rows, passport } = await semantic.load(administrator, {
            dimensions: ['deals_report.title'],
            filters: [
              { member: 'deals_report.title', operator: 'notEquals', values: [`${reader} ${turn % 5}`] },
              { member: 'deals_report.is_excluded', operator: 'set' },
            ],
          })
          expect(rows).toHaveLength(40)
          for (const row of rows)
            expect(row['deals_report.title']).toMatch(new RegExp(`^${passport.version} `))
          expect(passport.version >= before).toBe(true)
          taken.set(passport.version, (taken.get(passport.version) ?? 0) + 1)
        }
      }
      const readers = Array.from({ length: 8 }, (_, index) => read(index))
      try {
        for (const number of [1, 2, 3, 4]) {
          await expect
            .poll(() => taken.get(versionOf(number - 1)) ?? 0, { timeout: 60_000 })
            .toBeGreaterThan(8)
          await nameCurrent(folder, versionOf(number))
          await semantic.swap()
          expect(semantic.version()).toBe(versionOf(number))
        }
      } finally {
        isOver = true
      }
      await Promise.all(readers)
      expect(taken.size).toBeGreaterThan(3)
      await expect.poll(() => openFiles(folder), { timeout: 20_000 }).toEqual([files[4]])
      await semantic.close()
      expect(await openFiles(folder)).toEqual([])
    },
  )

  it('lets a stream that has begun finish on its version', async () => {
    const folder = await publishedFolder()
    await publishFixture(folder, versionOf(1), { deals: 30, label: 'old ' })
    const semantic = await open(folder)
    const stream = semantic.stream(administrator, { dimensions: ['deals_report.title'] })
    const total = await stream.total()
    await publishFixture(folder, versionOf(2), { deals: 50, label: 'new ' })
    await semantic.swap()
    const titles: unknown[] = []
    for await (const rows of stream) titles.push(...rows.map((row) => row['deals_report.title']))
    expect(titles).toHaveLength(total)
    expect(titles.every((title) => String(title).startsWith('old '))).toBe(true)
    await semantic.close()
    expect(await openFiles(folder)).toEqual([])
  })

  it('keeps the old version when the new one cannot answer', async () => {
    const folder = await publishedFolder()
    await publishFixture(folder, versionOf(1), { deals: 30 })
    const semantic = await open(folder)
    await rm(await publishFixture(folder, versionOf(2)))
    await expect(semantic.swap()).rejects.toThrow()
    const { passport } = await semantic.load(administrator, { measures: ['deals_report.count'] })
    expect(passport.version).toBe(versionOf(1))
    await semantic.close()
  })
})

import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { createSales, startFakeComagic } from '#demo'
import { configOfDatabase, DATABASES, type Database } from './databases.ts'
import { configOfFiles, writeDeals, writeWorkbook } from './files-ingest.ts'
import type { Result } from './measure.ts'

const ROWS = 500_000
const CALLS = 50_000
// Ten times as many nearly fill a sheet.
const SHEET_ROWS = 100_000
const TIMES = 10
const MANY = 1_000_000

const answer = z.object({ rows: z.number(), megabytes: z.number() })

/** Megabytes that a first sync of a configuration held at most. */
type Sync = (config: string) => Promise<number>
type Kind = {
  readonly name: string
  readonly rows: number
  readonly withRows: (rows: number, folder: string, sync: Sync) => Promise<number>
}

/**
 * The most memory that a first sync holds at ten times the rows beside what it holds at the rows; of each kind of
 * source, in a process of its own.
 */
export async function benchMemory(folder: string): Promise<readonly Result[]> {
  const present = DATABASES.filter(({ missing }) => missing === null)
  const results: Result[] = []
  for (const kind of [CSV, XLSX, API, ...present.map(ofDatabase)]) results.push(await compare(kind, folder))
  return results
}

const CSV: Kind = {
  name: 'CSV',
  rows: ROWS,
  withRows: async (rows, folder, sync) => {
    await writeDeals(join(folder, 'deals.csv'), rows)
    return sync(configOfFiles(folder))
  },
}

const XLSX: Kind = {
  name: 'XLSX',
  rows: SHEET_ROWS,
  withRows: async (rows, folder, sync) => {
    await writeWorkbook(join(folder, 'deals.xlsx'), rows)
    return sync(configOfFiles(folder, 'deals.xlsx'))
  },
}

const API: Kind = {
  name: 'API',
  rows: CALLS,
  withRows: async (rows, _, sync) => {
    const sales = createSales()
    const times = Math.ceil(rows / sales.calls.length)
    const calls = sales.calls.flatMap((call) => Array.from({ length: times }, () => call))
    const fake = await startFakeComagic({ now: Date.now, sales: { ...sales, calls }, perMinute: MANY })
    const source = `{ connector: comagic, url: '${fake.url}', auth: { token: '${fake.token}' } }`
    return sync(`sources:\n  bench: ${source}\n`).finally(() => fake.close())
  },
}

function ofDatabase(database: Database): Kind {
  return {
    name: database.connector,
    rows: ROWS,
    withRows: async (rows, _, sync) => {
      const server = await database.start()
      try {
        await server.run(database.fill(rows))
        return await sync(configOfDatabase(database, server))
      } finally {
        await server.stop()
      }
    },
  }
}

async function compare({ name, rows, withRows }: Kind, folder: string): Promise<Result> {
  const measure = async (count: number) => {
    const state = join(folder, `memory-${name}-${count}`)
    mkdirSync(state, { recursive: true })
    return withRows(count, state, (config) => peakOf(config, state)).finally(() =>
      rmSync(state, { recursive: true }),
    )
  }
  const once = await measure(rows)
  const often = await measure(rows * TIMES)
  const ratio = often / once
  return {
    name: `memory of a sync, ${name}, ${(rows * TIMES) / 1000} k rows`,
    ours: `${often.toFixed(0)} MB`,
    reference: `of ${rows / 1000} k ${once.toFixed(0)} MB`,
    ratio: `${ratio.toFixed(2)} ×`,
    goal: '≤ 1.2 ×',
    isMet: ratio <= 1.2,
  }
}

async function peakOf(config: string, state: string): Promise<number> {
  const file = join(state, 'embut.yaml')
  writeFileSync(
    file,
    `company: { name: Bench, timezone: UTC, currency: EUR, locale: en-GB, country: GB }\n${config}`,
  )
  const child = join(import.meta.dirname, 'sync-child.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [child, file])
  return answer.parse(JSON.parse(stdout)).megabytes
}

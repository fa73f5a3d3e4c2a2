import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '#config'
import { benchApiSync } from '../bench/api-sync.ts'
import { benchDatabases } from '../bench/databases.ts'
import { benchDbtBuild } from '../bench/dbt-build.ts'
import { benchFilesIngest } from '../bench/files-ingest.ts'
import { benchFreshness } from '../bench/freshness.ts'
import { benchForecast } from '../bench/forecast.ts'
import type { Result } from '../bench/measure.ts'
import { benchIncremental } from '../bench/incremental.ts'
import { benchMemory } from '../bench/memory.ts'
import { benchPortalQuery } from '../bench/portal-query.ts'
import { benchScale } from '../bench/scale.ts'
import { benchXlsx } from '../bench/xlsx.ts'
import { withManyDeals } from '../bench/company.ts'
import { text, type Command } from '../command.ts'
import { PROJECT_ROOT } from '../context.ts'
import { openDemo, type Demo } from '../demo-company.ts'
import { nearestOf } from '../options.ts'

/**
 * `embut bench`: measured ratios beside their goals, on the full demo company. A missed goal is shown, not hidden.
 * `--deals N` builds a generated company of N deals instead (10 million need about 60 GB of disk).
 */
export const command: Command = {
  options: {
    only: { type: 'string', value: 'NAME', about: 'one benchmark alone' },
    size: { type: 'string', value: 'miniature|full', about: 'of the demo company; full unless said' },
    deals: {
      type: 'string',
      value: 'COUNT',
      about: 'a company of so many deals instead, its build and templates',
    },
  },
  async run(input) {
    const folder = freshFolder()
    const deals = text(input, 'deals')
    if (deals !== undefined) {
      printResults(await benchScale(folder, dealsOf(deals)))
      rmSync(folder, { recursive: true, force: true })
      return 0
    }
    const size = input.values['size'] === 'miniature' ? 'miniature' : 'full'
    const demo = await openDemo({ dir: join(PROJECT_ROOT, '.embut/demo', size), size })
    const results: Result[] = []
    try {
      for (const [name, run] of chosen(benchmarks(demo, folder), text(input, 'only'))) {
        process.stderr.write(`\n${name}\n`)
        results.push(...(await run()))
      }
    } finally {
      await demo.close()
      rmSync(folder, { recursive: true, force: true })
    }
    printResults(results)
    return 0
  },
}

function freshFolder(): string {
  const folder = join(PROJECT_ROOT, '.embut/bench')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

function dealsOf(given: string): number {
  const deals = Number(given.replaceAll('_', ''))
  if (!Number.isInteger(deals) || deals < 1_000)
    throw new UserError(`--deals ${given} is no number of deals: give 1000 or more.`)
  return deals
}

function benchmarks(demo: Demo, folder: string): Readonly<Record<string, () => Promise<readonly Result[]>>> {
  return {
    ingest: async () => [await benchFilesIngest(join(folder, 'ingest'))],
    sync: () => benchApiSync(folder),
    databases: () => benchDatabases(join(folder, 'databases')),
    memory: () => benchMemory(join(folder, 'memory')),
    freshness: () => benchFreshness(demo, join(folder, 'freshness')),
    dbt: async () => [await benchDbtBuild(demo, folder)],
    incremental: () => benchIncremental(join(folder, 'incremental')),
    forecast: async () => [await benchForecast()],
    xlsx: async () => [
      await benchXlsx(await withManyDeals(demo.config, join(folder, 'xlsx'), 120_000), folder),
    ],
    query: () => benchPortalQuery(demo, join(folder, 'query')),
  }
}

type Benchmarks = ReturnType<typeof benchmarks>

function chosen(all: Benchmarks, only: string | undefined) {
  const known = Object.keys(all)
  if (only !== undefined && !known.includes(only))
    throw new UserError(
      `There is no benchmark '${only}'${nearestOf(only, known)}. Known: ${known.join(', ')}.`,
    )
  return Object.entries(all).filter(([name]) => only === undefined || only === name)
}

function printResults(results: readonly Result[]): void {
  const header = {
    name: 'what',
    ours: 'Embut, median (range)',
    reference: 'beside',
    ratio: 'ratio',
    goal: 'goal',
  }
  const keys = ['name', 'ours', 'reference', 'ratio', 'goal'] as const
  const rows = [header, ...results]
  const widths = keys.map((key) => Math.max(...rows.map((row) => row[key].length)))
  for (const row of rows) {
    const cells = keys.map((key, index) => row[key].padEnd(widths[index] ?? 0))
    const mark = 'isMet' in row ? (row.isMet ? 'met' : 'MISSED') : ''
    process.stdout.write(`${cells.join('  ')}  ${mark}\n`)
  }
}

import { constants } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'
import { reasonOf } from '#config'
import type { Connection } from '../../connection.ts'
import { withWarehouse } from '../../instance.ts'
import { literal, timestampText } from '../../sql.ts'
import type { DbtRun } from '../dbt.ts'
import type { Published } from '../published.ts'
import type { Kept, Standing } from './kept.ts'
import { runContinued } from './run.ts'
import { printSources } from './source-prints.ts'

export type ContinuedBuild = {
  readonly dbt: DbtRun
  readonly origin: ReadonlyMap<string, string>
  readonly base: Published
  readonly kept: Kept
  readonly now: Date
}

/**
 * Builds the marts from the published ones and the kept tables behind them, without dbt. Null where that can't be done
 * or didn't end well; then only a whole build tells what holds, and why a test fails.
 */
export async function continueBuild(build: ContinuedBuild): Promise<Standing | null> {
  const { dbt, base, kept } = build
  const startedAt = timestampText(build.now)
  if (!isOfSame(build, startedAt)) return null
  const prints = await withWarehouse(dbt.rawFile, { readOnly: true }, (raw) => printSources(raw, kept.plan))
  const changedSources = new Set(Object.keys(prints).filter((id) => prints[id] !== kept.prints[id]))
  if (isInStatements(changedSources)) return null
  await copyFile(base.file, dbt.buildFile, constants.COPYFILE_FICLONE)
  try {
    await withBuildFile(dbt, (connection) =>
      runContinued({ ...dbt, connection, plan: kept.plan, changedSources, startedAt }),
    )
    return { plan: kept.plan, prints }
  } catch (error) {
    if (dbt.signal?.aborted === true) throw error
    await rm(dbt.buildFile, { force: true })
    await rm(`${dbt.buildFile}.wal`, { force: true })
    const reason = reasonOf(error)
    dbt.progress?.({ done: 0, total: 0, name: `Building everything anew: ${reason}` })
    return null
  }
}

/** Rules hold from a day on: the statements of a build are right on its own day. */
function isOfSame({ kept, base, origin }: ContinuedBuild, startedAt: string): boolean {
  const isSameOrigin = [...origin].every(([name, value]) => kept.origin[name] === value)
  const day = kept.plan.startedAt.slice(0, 10)
  return kept.version === base.version && isSameOrigin && day === startedAt.slice(0, 10)
}

/** dbt wrote the company's zone into the statements, and the views in them know the relations that there were. */
function isInStatements(changedSources: ReadonlySet<string>): boolean {
  return [...changedSources].some((id) => id === 'shape' || id.endsWith('.workspace.company_settings'))
}

async function withBuildFile(dbt: DbtRun, work: (connection: Connection) => Promise<void>): Promise<void> {
  const { EMBUT_MEMORY_LIMIT: memoryLimit = '2GB', EMBUT_THREADS: threads = '2' } = process.env
  await withWarehouse(dbt.buildFile, { memoryLimit, threads: Number(threads) }, async (connection) => {
    const end = () => connection.native.interrupt()
    dbt.signal?.addEventListener('abort', end)
    try {
      await connection.run(`attach ${literal(dbt.rawFile)} as raw (read_only)`)
      await connection.run(`attach ${literal(dbt.workFile)} as work`)
      // As warehouse/profiles.yml has it for dbt.
      await connection.run('set preserve_insertion_order = false')
      await connection.run('set asof_loop_join_threshold = 0')
      await work(connection)
      await connection.run('checkpoint work')
    } finally {
      dbt.signal?.removeEventListener('abort', end)
    }
  })
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UserError, type Config } from '#config'
import { prepareRaw, retryQuarantine, syncSources, type SyncProgress } from '#ingest'
import { buildAndPublish, WHOLE_SINCE, type BuildProgress } from '#warehouse'
import type { Workspace } from '#workspace'
import { PROJECT_ROOT } from './context.ts'
import type { Progress } from './progress-bar.ts'
import { buildInputs } from './up-to-date.ts'

export type BuildOptions = {
  readonly config: Config
  readonly workspace: Workspace
  readonly progress: (progress: Progress) => void
  /** False builds from what is landed already. */
  readonly isSyncing: boolean
  /** Tries the rows in quarantine again in place of reading what is new. */
  readonly isRetrying?: boolean
  /** Names of the sources to read; all when there are none. */
  readonly sources?: readonly string[]
  /** Whether forecasts, lifetime value and attribution are computed anew, which takes longer than all the rest. */
  readonly withSlow?: boolean
}

const WAIT_MS = 600_000

/**
 * Syncs, builds, tests and publishes: from the sources to a new version that readers see, or nothing changed for them.
 * When no load changed a row and no model changed since the current version, that version stays and `isNew` is false.
 */
export async function buildCompany(options: BuildOptions) {
  const { config, workspace, progress, isSyncing, sources = [] } = options
  const sync = {
    config,
    workspace,
    waitMs: WAIT_MS,
    ...(sources.length > 0 && { sources }),
    progress: (event: SyncProgress) => progress(ofSync(event)),
  }
  const read = options.isRetrying === true ? retryQuarantine : syncSources
  if (isSyncing && (await hasNewSource(options))) {
    const { loads } = await syncSources({ ...sync, isRecentOnly: true })
    if (loads.some(({ flags }) => flags.some((flag) => flag.startsWith(WHOLE_SINCE)))) await publish(options)
  }
  const summary = isSyncing ? await read(sync) : undefined
  if (!isSyncing && existsSync(join(config.dataDir, 'raw.duckdb'))) await prepareRaw(config, workspace)
  return { summary, ...(await publish(options)) }
}

/** A source that was never read has its recent days in reports before its history is read, which may take hours. */
async function hasNewSource({ config, workspace, sources = [] }: BuildOptions): Promise<boolean> {
  const read = new Set((await workspace.loads.latest()).map(({ sourceName }) => sourceName))
  const asked = config.sources.filter(({ name }) => sources.length === 0 || sources.includes(name))
  return asked.some(({ name }) => !read.has(name))
}

function publish({ config, workspace, progress, withSlow = false }: BuildOptions) {
  const lock = { owner: `build ${process.pid}`, waitMs: WAIT_MS }
  return workspace.locks.withLock('raw', lock, async (lost) => {
    // Asked only now: while this one waited, another may have built the same.
    const inputs = await buildInputs(config, workspace, withSlow)
    if (inputs.published !== null) return { published: inputs.published, isNew: false }
    const published = await buildAndPublish({
      ...{ config, projectRoot: PROJECT_ROOT, withSlow },
      vars: { connectors: [...new Set(config.sources.map(({ connector }) => connector))].sort() },
      progress: (event) => progress(ofBuild(event)),
      withRawLock: (work) => untilTerminated(lost, work),
    })
    inputs.remember(published)
    return { published, isNew: true }
  })
}

/** Told to end, a build ends its dbt, leaves nothing behind and gives the raw warehouse free at once. */
async function untilTerminated<T>(lost: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const told = new AbortController()
  const end = () => told.abort(new UserError('The build was ended; readers keep the last published version.'))
  process.once('SIGTERM', end)
  try {
    return await work(AbortSignal.any([lost, told.signal]))
  } finally {
    process.off('SIGTERM', end)
  }
}

/** One bar per stream; nobody knows beforehand how many rows a source has. */
export function ofSync({ source, stream, phase, rows, requests, waitedMs = 0 }: SyncProgress): Progress {
  const waited = waitedMs < 1000 ? '' : `, waited ${Math.round(waitedMs / 1000)} s for its limits`
  const note = requests === undefined ? {} : { note: `${requests} requests to ${source}${waited}` }
  const step = stream === '' ? source : `${source}.${stream}`
  return { step, done: rows, isEnd: phase === 'done' || phase === 'failed', ...note }
}

function ofBuild({ step, done, total }: BuildProgress): Progress {
  return { step: BUILD_STEPS[step], done, total }
}

const BUILD_STEPS = {
  wait: 'Waiting for the raw data',
  copy: 'Copy of the last version',
  build: 'Models and their tests',
  publish: 'Publish',
} as const

import { mkdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '#config'
import type { Config } from '#config'
import { ensureRawCatalog } from '#warehouse'
import type { LedgerLine, RawConnector } from '#warehouse'
import type { Workspace } from '#workspace'
import type { Connector, Logger } from './connector.ts'
import { repairMirror } from './mirror.ts'
import { progressSink } from './progress.ts'
import type { SyncProgress } from './progress.ts'
import { rawAccess } from './raw-access.ts'
import type { RawAccess } from './raw-access.ts'
import { connectorsOf, rawConnectorsOf, sourcesOf } from './registry.ts'
import type { ConfiguredSource } from './registry.ts'
import { withSourceLocks } from './source-lock.ts'
import { failureOf, syncSource } from './sync-source.ts'
import type { SourceFailure, SourceOutcome } from './sync-source.ts'

export type SyncOptions = {
  readonly config: Config
  readonly workspace: Workspace
  /** Names of the sources to read; default all. What people made in the workspace is always read. */
  readonly sources?: readonly string[]
  readonly connectors?: readonly Connector[]
  /** Names of the streams to read; default all. */
  readonly streams?: readonly string[]
  /** Reads everything again, deleted records too, in place of what is new. */
  readonly isFull?: boolean
  /** Of streams that were never read, only the recent days, so that reports have them soon; the next sync brings the rest. */
  readonly isRecentOnly?: boolean
  /** Reads again what changed since this day, `YYYY-MM-DD`, in place of what is new. */
  readonly since?: string
  readonly progress?: (event: SyncProgress) => void
  /** How long to wait, in ms, for a source that another process reads; default not at all. */
  readonly waitMs?: number
  readonly fetch?: typeof fetch
  readonly now?: () => Date
  readonly sleep?: (milliseconds: number) => Promise<void>
  readonly logger?: Logger
}

/** What a sync did: a ledger line for each stream that was merged, and what could not be read. */
export type SyncSummary = {
  readonly runId: string
  readonly loads: readonly LedgerLine[]
  readonly failures: readonly SourceFailure[]
}

/** Everything a sync of one source needs, with real effects filled in. */
export type SyncRun = Required<Omit<SyncOptions, 'sources' | 'streams' | 'since' | 'waitMs' | 'progress'>> & {
  readonly streams: readonly string[] | null
  readonly since: string | null
  readonly runId: string
  readonly report: (event: SyncProgress) => void
  readonly raw: RawAccess
  /** What the raw catalogue must hold. */
  readonly rawConnectors: readonly RawConnector[]
}

/**
 * Reads what is new at every source and lands it in the raw warehouse. One run at a time reads a source, so that a
 * long one keeps nobody from the others. A source that fails is reported and does not stop the others; what it gave is
 * kept. Killed at any point, the next sync goes on.
 */
export async function syncSources(options: SyncOptions): Promise<SyncSummary> {
  const { config, workspace } = options
  const chosen = chooseSources(options)
  await mkdir(config.dataDir, { recursive: true })
  await workspace.seedFromConfig(config)
  const sink = progressSink(workspace, options.progress)
  const run = { ...startRun(options, sink.report), runId: sink.runId }
  requireKnownStreams(run, chosen)
  const loads: LedgerLine[] = []
  const failures: SourceFailure[] = []
  for (const source of chosen) {
    const outcome = await syncInTurn(run, source, options.waitMs ?? 0)
    loads.push(...outcome.loads)
    failures.push(...outcome.failures)
  }
  await sink.finish()
  return { runId: run.runId, loads, failures }
}

// What people made in the workspace is read in moments, by every run.
const WORKSPACE_WAIT_MS = 60_000

async function syncInTurn(run: SyncRun, source: ConfiguredSource, waitMs: number): Promise<SourceOutcome> {
  const isBuiltIn = source.connector === 'workspace'
  const lock = {
    sources: [source.name],
    owner: 'sync',
    waitMs: isBuiltIn ? Math.max(waitMs, WORKSPACE_WAIT_MS) : waitMs,
  }
  let isOurs = false
  try {
    return await withSourceLocks(run.workspace, lock, () => {
      isOurs = true
      return syncSource(run, source)
    })
  } catch (error) {
    if (isOurs) throw error
    return { loads: [], failures: [failureOf(run, { source: source.name }, error)] }
  }
}

function chooseSources({ config, connectors, sources: names }: SyncOptions): readonly ConfiguredSource[] {
  const known = sourcesOf(config)
  const hasWorkspace = connectors?.some(({ kind }) => kind === 'workspace') ?? true
  const unknown = names?.find((name) => !known.some((source) => source.name === name))
  if (unknown !== undefined) {
    throw new UserError(
      `There is no source "${unknown}". Sources: ${known.map(({ name }) => name).join(', ')}.`,
    )
  }
  return known.filter(({ name, connector }) =>
    connector === 'workspace' ? hasWorkspace : (names?.includes(name) ?? true),
  )
}

function requireKnownStreams({ streams, connectors }: SyncRun, sources: readonly ConfiguredSource[]): void {
  const kinds = new Set<string>(sources.map(({ connector }) => connector))
  const known = connectors.filter(({ kind }) => kinds.has(kind)).flatMap((each) => each.streams)
  const names = known.map(({ name }) => name)
  const unknown = streams?.find((name) => !names.includes(name))
  if (unknown === undefined) return
  throw new UserError(`There is no stream "${unknown}". Streams: ${[...new Set(names)].join(', ')}.`)
}

function startRun(options: SyncOptions, report: SyncRun['report']): Omit<SyncRun, 'runId'> {
  const { config, workspace } = options
  const connectors = options.connectors ?? connectorsOf(workspace)
  const rawConnectors = rawConnectorsOf(config, connectors)
  return {
    config,
    workspace,
    report,
    connectors,
    rawConnectors,
    streams: options.streams ?? null,
    since: options.since ?? null,
    isFull: options.isFull === true || options.since !== undefined,
    isRecentOnly: options.isRecentOnly === true,
    fetch: options.fetch ?? fetch,
    now: options.now ?? (() => new Date()),
    sleep: options.sleep ?? ((milliseconds) => sleep(milliseconds)),
    logger: options.logger ?? SILENT,
    raw: rawAccess(config, workspace, async (connection) => {
      await ensureRawCatalog(connection, rawConnectors)
      await repairMirror(connection, workspace)
    }),
  }
}

export const SILENT: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { reasonOf } from '#config'
import { discoverCustomFields, replaceUnionViews } from '#warehouse'
import type { Connection, LedgerLine } from '#warehouse'
import type { ConnectorSession, Stream } from './connector.ts'
import { scratchFolder } from './connectors/files/scratch.ts'
import { extractStream } from './extract.ts'
import { landSource } from './land.ts'
import type { Landing, SpooledStream } from './land.ts'
import { mirrorLoads } from './mirror.ts'
import { normalisePhones } from './phones.ts'
import type { ConfiguredSource } from './registry.ts'
import { rightsFlags, rightsOfSession } from './rights.ts'
import { openSession, sinceDay } from './open-session.ts'
import { openSpool } from './spool.ts'
import type { SyncRun } from './sync.ts'
import { withWebhooks } from './webhook.ts'

/** What could not be read, in words for people. `stream` is missing when the source itself could not be opened. */
export type SourceFailure = {
  readonly source: string
  readonly stream?: string
  readonly message: string
  readonly error: unknown
}

export type SourceOutcome = {
  readonly loads: readonly LedgerLine[]
  readonly failures: readonly SourceFailure[]
}

/** Reads and lands one source. */
export async function syncSource(run: SyncRun, source: ConfiguredSource): Promise<SourceOutcome> {
  const connector = run.connectors.find(({ kind }) => kind === source.connector)
  if (connector === undefined) throw new TypeError(`There is no connector ${source.connector}`)
  let session: ConnectorSession
  try {
    session = withWebhooks(
      await openSession(run, sinceDay(source, run.since), connector),
      spoolFolder(run, source.name),
    )
  } catch (error) {
    return { loads: [], failures: [failureOf(run, { source: source.name }, error)] }
  }
  try {
    const spooled = await openSpools(run, source.name, chosenStreams(run, session))
    const flags = rightsFlags(await rightsOfSession(session, run.logger))
    const open = { source: source.name, session, flags }
    const first = await readAndLand(run, open, spooled)
    // Nothing was merged, for the spool went on from rows that this warehouse doesn't have: now it goes on from its own.
    return first.isDetached ? await readAndLand(run, open, spooled) : first
  } finally {
    await session.close()
  }
}

function chosenStreams({ streams }: SyncRun, session: ConnectorSession): readonly Stream[] {
  return streams === null ? session.streams : session.streams.filter(({ name }) => streams.includes(name))
}

type OpenSource = {
  readonly source: string
  readonly session: ConnectorSession
  /** What every load of the source says. */
  readonly flags: readonly string[]
}

async function readAndLand(
  run: SyncRun,
  open: OpenSource,
  spooled: readonly SpooledStream[],
): Promise<SourceOutcome & { readonly isDetached: boolean }> {
  const { source } = open
  const failures = await extractAll(run, open, spooled)
  try {
    return { failures, ...(await land(run, source, spooled)) }
  } catch (error) {
    return { loads: [], failures: [...failures, failureOf(run, { source }, error)], isDetached: false }
  }
}

function spoolFolder(run: SyncRun, source: string): string {
  return join(run.config.dataDir, 'spool', source)
}

async function openSpools(
  run: SyncRun,
  source: string,
  streams: readonly Stream[],
): Promise<readonly SpooledStream[]> {
  const folder = spoolFolder(run, source)
  return Promise.all(
    streams.map(async (stream) => ({
      stream,
      spool: await openSpool(join(folder, stream.name)),
      startedAt: run.now(),
    })),
  )
}

/** Reads the streams of a source, at the same time where its session keeps to the limits by itself. */
async function extractAll(
  run: SyncRun,
  open: OpenSource,
  spooled: readonly SpooledStream[],
): Promise<readonly SourceFailure[]> {
  await beginReading(open.session, spooled)
  const extract = (each: SpooledStream) => extractOne(run, open, each)
  if (open.session.isParallel === true) return (await Promise.all(spooled.map(extract))).flat()
  const failures: SourceFailure[] = []
  for (const each of spooled) failures.push(...(await extract(each)))
  return failures
}

async function beginReading(session: ConnectorSession, spooled: readonly SpooledStream[]): Promise<void> {
  if (session.begin === undefined) return
  const cursors = spooled.map(async ({ stream, spool }) => [stream.name, await spool.cursor()] as const)
  session.begin(new Map(await Promise.all(cursors)))
}

async function extractOne(
  run: SyncRun,
  { source, session, flags }: OpenSource,
  { stream, spool }: SpooledStream,
): Promise<readonly SourceFailure[]> {
  let rows = 0
  let bytes = 0
  const report = () => {
    const { requests, waitedMs } = session.usage?.() ?? {}
    const usage = requests === undefined || waitedMs === undefined ? {} : { requests, waitedMs }
    run.report({ source, stream: stream.name, phase: 'read', rows, bytes, message: 'Reading', ...usage })
  }
  const onRows = (moreRows: number, moreBytes: number) => {
    rows += moreRows
    bytes += moreBytes
    report()
  }
  report()
  try {
    await extractStream({ session, stream, spool, now: run.now, isFull: run.isFull, flags, onRows })
    return []
  } catch (error) {
    return [failureOf(run, { source, stream: stream.name }, error)]
  }
}

async function land(run: SyncRun, source: string, spooled: readonly SpooledStream[]): Promise<Landing> {
  const { country, ownPhones: own } = run.config.company
  const streams = spooled.map(({ stream }) => stream)
  const landing = await run.raw.use(async (connection) => {
    const afterMerge = async (loads: readonly LedgerLine[]) => {
      await normalisePhones(connection, { streams, loads, country, own })
      if (loads.some(hasNewShape)) await replaceUnionViews(connection, run.rawConnectors)
    }
    const landed = await landSource(connection, spooled, { source, now: run.now, afterMerge })
    await mirrorLoads(run.workspace, landed.loads)
    if (landed.loads.some(hasNewValues)) await lookForFields(run, source, connection)
    return landed
  })
  await rm(scratchFolder(run.config, source), { recursive: true, force: true })
  for (const line of landing.loads) reportLanded(run, line)
  return landing
}

function hasNewValues({ rowsInserted, rowsUpdated }: LedgerLine): boolean {
  return rowsInserted + rowsUpdated > 0
}

/** Keeps for the settings which fields of its own the source has now. */
async function lookForFields(run: SyncRun, source: string, connection: Connection): Promise<void> {
  const own = run.rawConnectors.filter(
    ({ kind, sources }) => kind !== 'workspace' && sources.includes(source),
  )
  const found = await discoverCustomFields(
    connection,
    own.map((connector) => ({ ...connector, sources: [source] })),
  )
  await run.workspace.discoveredFields.keep(source, found)
}

function hasNewShape({ flags }: LedgerLine): boolean {
  return flags.some((flag) => flag.startsWith('new column ') || flag.startsWith('retyped column '))
}

function reportLanded(run: SyncRun, line: LedgerLine): void {
  const { source, stream, rowsRead: rows, bytes } = line
  const message = `${line.rowsInserted} new, ${line.rowsUpdated} changed, ${line.rowsDeleted} deleted, ${line.rowsQuarantined} unusable`
  run.report({ source, stream, phase: 'done', rows, bytes, message })
  run.logger.info(
    { load_id: line.loadId, source, stream, rows, inserted: line.rowsInserted, updated: line.rowsUpdated },
    'load merged',
  )
}

/** Reports a source, or a stream of it, that could not be read. */
export function failureOf(
  run: SyncRun,
  where: { readonly source: string; readonly stream?: string },
  error: unknown,
): SourceFailure {
  const message = reasonOf(error)
  run.report({ stream: '', ...where, phase: 'failed', rows: 0, bytes: 0, message })
  run.logger.error({ ...where, error: message }, 'source not read')
  return { ...where, message, error }
}

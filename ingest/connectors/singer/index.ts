import type { Config } from '#config'
import { openWarehouse } from '#warehouse'
import type { Connection } from '#warehouse'
import type { Connector, ConnectorContext, ConnectorSession, Stream, StreamMessage } from '../../connector.ts'
import { textBatch } from '../../text-batch.ts'
import { scratchFolder } from '../files/scratch.ts'
import { presentKeysOf } from '../mapping/present-keys.ts'
import { ENTITY_STREAMS } from '../mapping/streams.ts'
import { offeredIn, parseCatalog, selected } from './catalog.ts'
import type { Catalog } from './catalog.ts'
import { createCollector } from './collect.ts'
import type { Collected } from './collect.ts'
import { furthestBehind, NOTHING, parseSingerCursor } from './cursor.ts'
import type { SingerCursor } from './cursor.ts'
import { tapConfig } from './config.ts'
import { discover, sync } from './tap.ts'
import type { Tap } from './tap.ts'
import { targetOf } from './target.ts'
import type { StreamMapping, Target } from './target.ts'

/** Any Singer tap, run as a program of its own; its streams are mapped to canonical entities or kept as they come. */
export const singerConnector: Connector = {
  kind: 'singer',
  sharesViewsOf: 'files',
  streams: ENTITY_STREAMS,
  open: openTap,
}

type Plan = {
  readonly context: ConnectorContext
  readonly source: Extract<Config['sources'][number], { readonly connector: 'singer' }>
  readonly tap: Tap
  readonly catalog: Catalog | null
  readonly targets: readonly Target[]
  readonly connection: Connection
}

/** What one run of the tap brought, the cursor after it, and what it failed with. */
type Outcome = {
  readonly collected: Collected
  readonly before: SingerCursor
  readonly cursor: SingerCursor
  readonly failure: Error | null
}

async function openTap(context: ConnectorContext): Promise<ConnectorSession> {
  const { source, config, logger } = context
  if (source.connector !== 'singer') throw new TypeError(`Source ${source.name} is not a Singer source`)
  const { command, env } = source
  const tap = {
    source: source.name,
    command,
    env,
    logger,
    config: await tapConfig(context.secrets, source.config),
  }
  const catalog = source.discover ? parseCatalog(await discover(tap)) : null
  const offered = catalog === null ? [] : offeredIn(catalog)
  const wanted: readonly StreamMapping[] =
    source.streams.length > 0 ? source.streams : offered.map(({ name }) => ({ stream: name, entity: 'raw' }))
  const options = { source: source.name, zone: config.company.timezone, offered }
  const memory = await openWarehouse(':memory:')
  const plan: Plan = {
    context,
    source,
    tap,
    catalog: catalog === null ? null : selected(catalog, wanted),
    targets: wanted.map((mapping) => targetOf(mapping, options)),
    connection: await memory.connect(),
  }
  return sessionOf(plan, () => memory.close())
}

/** A tap gives all its streams at once, so it runs when the first of them is read. */
function sessionOf(plan: Plan, close: () => void): ConnectorSession {
  const streams = [...new Map(plan.targets.map(({ stream }) => [stream.name, stream])).values()]
  let cursors: readonly SingerCursor[] = []
  let running: Promise<Outcome> | null = null
  return {
    streams,
    begin: (standing) => {
      const mine = streams.filter(({ name }) => standing.has(name))
      cursors = mine.map(({ name }) => parseSingerCursor(standing.get(name) ?? null))
      running = null
    },
    read: async function* (stream) {
      running ??= runOnce(plan, furthestBehind(cursors))
      yield* messagesOf(plan, stream, await running)
    },
    close: () => Promise.resolve(close()),
  }
}

async function runOnce(plan: Plan, before: SingerCursor): Promise<Outcome> {
  const { context, source, tap, catalog, targets } = plan
  const from = context.isFull === true ? NOTHING : before
  const collector = createCollector(targets, scratchFolder(context.config, source.name), source.name)
  let failure: Error | null = null
  try {
    const input = { catalog, state: from.state, catalogOption: source.catalogOption }
    const { config } = await sync(tap, input, collector.line)
    if (JSON.stringify(config) !== JSON.stringify(tap.config))
      await tapConfig(context.secrets, source.config, config)
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error))
  }
  const collected = collector.end()
  const versions = { ...from.versions, ...Object.fromEntries(collected.versions) }
  const state = collected.state === undefined ? from.state : collected.state
  return { collected, before: from, cursor: { run: before.run + 1, state, versions }, failure }
}

async function* messagesOf(plan: Plan, stream: Stream, outcome: Outcome): AsyncGenerator<StreamMessage> {
  const { collected, cursor, failure } = outcome
  for (const { target, chunk } of collected.files) {
    if (target.stream.name !== stream.name) continue
    const select = await target.select(plan.connection, chunk)
    yield { kind: 'file', path: chunk.path, select, cursor, replaces: null }
  }
  const rejected = collected.rejected.filter(({ target }) => target.stream.name === stream.name)
  if (rejected.length > 0) {
    const batch = textBatch(stream.schema, [])
    yield { kind: 'records', batch, cursor, rejected: rejected.map((each) => each.rejected) }
  }
  if (failure !== null) throw failure
  yield* presentKeys(plan, stream, outcome)
  yield { kind: 'done', cursor }
}

/**
 * When every stream that fills this one put a new version in force, the rows of that version are all there are. A
 * version that was begun in an earlier run says nothing of the rows which came then.
 */
async function* presentKeys(
  { targets, connection }: Plan,
  stream: Stream,
  { collected, before }: Outcome,
): AsyncGenerator<StreamMessage> {
  const mine = targets.filter((target) => target.stream.name === stream.name)
  const isRenewed = mine.every(({ from }) => {
    const version = collected.versions.get(from)?.active ?? null
    return version !== null && before.versions[from]?.seen !== version
  })
  if (!isRenewed) return
  for (const { target, chunk } of collected.files) {
    if (!mine.includes(target)) continue
    const version = collected.versions.get(target.from)?.active ?? 0
    yield* presentKeysOf(connection, stream, await target.select(connection, chunk, version))
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { reasonOf, UserError } from '#config'
import type { Config } from '#config'
import { rawColumns } from '#warehouse'
import type { Workspace } from '#workspace'
import type { Connector, ConnectorSession, Rights, Stream } from './connector.ts'
import { openSession } from './open-session.ts'
import { connectorsOf } from './registry.ts'
import { rightsOfSession } from './rights.ts'
import { SILENT } from './sync.ts'

export type ProbeOptions = {
  readonly config: Config
  readonly workspace: Workspace
  readonly source: string
  readonly connectors?: readonly Connector[]
  readonly fetch?: typeof fetch
}

/** What the first look at a stream showed. Rows and unknown fields are those of its first page. */
export type StreamProbe = {
  readonly stream: string
  readonly key: readonly string[]
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: number
  /** Fields that the source has and the stream has no column for: they are kept in `_extra`. */
  readonly unknownFields: readonly string[]
  /** Why nothing could be read, in words for people. */
  readonly problem: string | null
}

const REQUESTS = 20

/** Enough was asked to know that a stream shows nothing soon. */
class Enough extends Error {}

/**
 * Looks at the first page of every stream of a source, one after the other; nothing is landed. Throws UserError for an
 * unknown source, and what opening it throws, e.g. for credentials that are refused.
 */
export async function* probeSource(options: ProbeOptions): AsyncGenerator<StreamProbe> {
  const { session, budget } = await openProbe(options)
  try {
    for (const stream of session.streams) {
      budget.left = REQUESTS
      yield await probe(session, stream)
    }
  } finally {
    await session.close()
  }
}

/** Whose rights a source's credentials carry; null where the service does not tell. Throws as `probeSource` does. */
export async function probeRights(options: ProbeOptions): Promise<Rights | null> {
  const { session } = await openProbe(options)
  try {
    return await rightsOfSession(session, SILENT)
  } finally {
    await session.close()
  }
}

async function openProbe(options: ProbeOptions) {
  const { config, workspace, connectors = connectorsOf(workspace) } = options
  const source = config.sources.find(({ name }) => name === options.source)
  const connector = connectors.find(({ kind }) => kind === source?.connector)
  if (source === undefined || connector === undefined) throw unknownSource(options)
  const budget = { left: REQUESTS }
  const counted: typeof fetch = (input, init) => {
    if (budget.left-- <= 0) return Promise.reject(new Enough())
    return (options.fetch ?? fetch)(input, init)
  }
  const effects = { fetch: counted, now: () => new Date(), sleep: (ms: number) => sleep(ms), logger: SILENT }
  return { session: await openSession({ config, workspace, ...effects }, source, connector), budget }
}

function unknownSource({ config, source }: ProbeOptions): UserError {
  const known = config.sources.map(({ name }) => name).join(', ')
  return new UserError(`There is no source "${source}". Sources: ${known || 'none'}.`)
}

async function probe(session: ConnectorSession, stream: Stream): Promise<StreamProbe> {
  const about = { stream: stream.name, key: stream.key, columns: rawColumns(stream.schema) }
  const nothing = { ...about, rows: 0, unknownFields: [] }
  try {
    for await (const message of session.read(stream, null)) {
      if (message.kind === 'file') return { ...nothing, rows: 1, problem: null }
      if (message.kind !== 'records' || message.batch.numRows === 0) continue
      const extra = message.batch.getChild('_extra')
      return { ...about, rows: message.batch.numRows, unknownFields: namesIn(extra), problem: null }
    }
    return { ...nothing, problem: null }
  } catch (error) {
    if (error instanceof Enough) return { ...nothing, problem: null }
    return { ...nothing, problem: reasonOf(error) }
  }
}

function namesIn(texts: Iterable<unknown> | null): readonly string[] {
  const names = [...(texts ?? [])].flatMap((text) =>
    typeof text === 'string' ? Object.keys(Object(JSON.parse(text))) : [],
  )
  return [...new Set(names)].sort()
}

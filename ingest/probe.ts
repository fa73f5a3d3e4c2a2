import { setTimeout as sleep } from 'node:timers/promises'
import type * as arrow from 'apache-arrow'
import { reasonOf, UserError } from '#config'
import type { Config } from '#config'
import { FIELDS, rawColumns } from '#warehouse'
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
  /** Reads on behind the first page, as long as that takes few requests, to count the rows. */
  readonly counts?: boolean
}

/** What the first look at a stream showed. Unknown fields are those of its first page, and rows unless they are counted. */
export type StreamProbe = {
  readonly stream: string
  readonly key: readonly string[]
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: number
  /** Whether there are no more rows than these. */
  readonly isWhole: boolean
  /** Fields of the tenant's own, of a stream that lists them: the stream that has them, their names and labels. */
  readonly ownFields: readonly OwnFieldProbe[]
  /** Fields that the source has and the stream has no column for: they are kept in `_extra`. */
  readonly unknownFields: readonly string[]
  /** Why nothing could be read, in words for people. */
  readonly problem: string | null
}

export type OwnFieldProbe = { readonly entity: string; readonly field: string; readonly label: string }

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
      yield await probe(session, stream, options.counts === true)
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

async function probe(session: ConnectorSession, stream: Stream, isCounting: boolean): Promise<StreamProbe> {
  const about = { stream: stream.name, key: stream.key, columns: rawColumns(stream.schema) }
  let seen: Seen = { ...about, rows: 0, isWhole: false, unknownFields: NONE, ownFields: OWN_NONE }
  // Pages may overlap.
  const keys = new Set<string>()
  try {
    for await (const message of session.read(stream, null)) {
      if (message.kind === 'file') return { ...seen, rows: 1, problem: null }
      if (message.kind !== 'records' || message.batch.numRows === 0) continue
      for (const key of keysIn(stream, message.batch)) keys.add(key)
      seen = { ...seenIn(seen, message.batch), rows: keys.size }
      if (!isCounting) return { ...seen, problem: null }
    }
    return { ...seen, isWhole: true, problem: null }
  } catch (error) {
    return { ...seen, problem: error instanceof Enough ? null : reasonOf(error) }
  }
}

const NONE: readonly string[] = []
const OWN_NONE: readonly OwnFieldProbe[] = []

type Seen = Omit<StreamProbe, 'problem'>

function seenIn(seen: Seen, batch: arrow.RecordBatch): Seen {
  const isFirst = seen.rows === 0
  return {
    ...seen,
    unknownFields: isFirst ? namesIn(batch.getChild('_extra')) : seen.unknownFields,
    ownFields: seen.stream === FIELDS ? [...seen.ownFields, ...ownFieldsIn(batch)] : seen.ownFields,
  }
}

function keysIn({ key }: Stream, batch: arrow.RecordBatch): readonly string[] {
  const columns = key.map((name) => batch.getChild(name))
  return Array.from({ length: batch.numRows }, (_, row) =>
    JSON.stringify(columns.map((column) => String(column?.get(row) ?? ''))),
  )
}

function ownFieldsIn(batch: arrow.RecordBatch): readonly OwnFieldProbe[] {
  const textsOf = (name: string) => [...(batch.getChild(name) ?? [])].map((value) => String(value ?? ''))
  const [entities, fields, labels] = ['entity', 'field', 'label'].map(textsOf)
  return (fields ?? []).map((field, index) => ({
    ...{ field, entity: entities?.[index] ?? '', label: labels?.[index] ?? '' },
  }))
}

function namesIn(texts: Iterable<unknown> | null): readonly string[] {
  const names = [...(texts ?? [])].flatMap((text) =>
    typeof text === 'string' ? Object.keys(Object(JSON.parse(text))) : [],
  )
  return [...new Set(names)].sort()
}

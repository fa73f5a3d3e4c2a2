import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '#config'
import { compileSql, loadRows, refuseFailure, type Row } from './answer.ts'
import { createBudget } from './budget.ts'
import type { Core, RequestContext } from './core.ts'
import { MOST_ROWS, setCubeEnvironment } from './environment.ts'
import { admit, type Admitted } from './gate.ts'
import { silent, type Logger } from './logger.ts'
import { parseMeta, type ViewMeta } from './meta.ts'
import { writePassport, type Passport } from './passport.ts'
import { parseQuery, type CubeQuery } from './query.ts'
import { securityContext, type Reader } from './reader.ts'
import { createShelf, type Lease, type Shelf } from './shelf.ts'
import {
  createStream,
  type Column,
  type ColumnType,
  type CompiledQuery,
  type ResultStream,
} from './stream.ts'
import { watchCurrent } from './watch.ts'

export type QueryResult = {
  readonly rows: readonly Row[]
  readonly isComplete: boolean
  readonly passport: Passport
  readonly durationMs: number
}

/** The one way to numbers: every call names its reader, and gives only what that reader may see. */
export type SemanticService = {
  /** Report types with the fields that this reader may use. */
  meta(reader: Reader): Promise<readonly ViewMeta[]>
  /** At most `limit` rows (10,000 unless told, never above 100,000); says when there are more. */
  load(reader: Reader, query: unknown, options?: { readonly signal?: AbortSignal }): Promise<QueryResult>
  /** The SQL of a whole result, for exports. A comparison of dates has several, so it is refused here. */
  sql(reader: Reader, query: unknown): Promise<CompiledQuery>
  /** A whole result, without end, for exports. */
  stream(reader: Reader, query: unknown): ResultStream
  /** Different values of a field that contain `search`, in order, for pickers; 50 unless told. */
  values(reader: Reader, member: string, search?: string, limit?: number): Promise<string[]>
  /** Takes the version that `current.json` names now. */
  swap(): Promise<void>
  /** The version in use; empty before the first publish. */
  version(): string
  close(): Promise<void>
}

export type SemanticOptions = {
  readonly projectRoot: string
  readonly publishedDir: string
  /** Statements that run at a time; 4 unless told. */
  readonly poolSize?: number
  readonly logger?: Logger
  /** False leaves swapping to the caller. */
  readonly watch?: boolean
}

const DEFAULT_LIMIT = 10_000
const HIGHEST_LIMIT = 100_000
const DEFAULT_VALUES = 50
const WARM_UP_READER: Reader = {
  userId: 'warm-up',
  role: 'administrator',
  personId: null,
  departmentIds: [],
  canSeePersonal: false,
}

/** Opens the semantic layer on a folder of published files. It follows new versions by itself. */
export async function createSemantic(options: SemanticOptions): Promise<SemanticService> {
  const { projectRoot, publishedDir, poolSize = 4, logger = silent } = options
  setCubeEnvironment(process.env)
  // Cube reads its environment as it is imported.
  const { createCore } = await import('./core.ts')
  const modelFolder = join(projectRoot, 'semantic', 'model')
  const core = createCore({ modelFolder, poolSize, logger })
  const shelf = createShelf({
    publishedDir,
    poolSize,
    core,
    logger,
    warmUp: async ({ version }) => {
      const query = { measures: ['deals_report.count'], limit: 1, timezone: 'UTC' }
      await loadRows(core, query, { securityContext: securityContext(WARM_UP_READER), version })
    },
  })
  await shelf.swap()
  const take = (): void => {
    shelf
      .swap()
      .catch((error: unknown) => logger.warn(`event=swap_failed reason=${JSON.stringify(String(error))}`))
  }
  const unwatch = options.watch === false ? () => {} : await watchCurrent(publishedDir, take)
  const gate = createGate(core, shelf)
  const parts = {
    core,
    shelf,
    gate,
    definitions: await fingerprint(modelFolder),
    budget: createBudget(core, logger),
  }
  const close = async (): Promise<void> => {
    unwatch()
    await shelf.close()
    await core.shutdown()
  }
  return { ...questions(parts), swap: () => shelf.swap(), version: () => shelf.version(), close }
}

type Parts = {
  readonly core: Core
  readonly shelf: Shelf
  readonly gate: Gate
  readonly definitions: string
  readonly budget: { spend(rows: readonly Row[]): void }
}

function questions(parts: Parts): Pick<SemanticService, 'meta' | 'load' | 'sql' | 'stream' | 'values'> {
  const { gate, shelf } = parts
  const load: SemanticService['load'] = (reader, query, { signal } = {}) =>
    abortable(signal, () => answer(parts, reader, query))
  return {
    meta: (reader) => gate.views(reader),
    load,
    sql: (reader, query) => leased(shelf, (lease) => compile(parts, lease, reader, query)),
    stream: (reader, query) => {
      const lease = shelf.lease()
      return createStream(lease, () => compile(parts, lease, reader, query))
    },
    values: (reader, member, search, limit) => listValues({ gate, load }, reader, { member, search, limit }),
  }
}

type Gate = {
  views(reader: Reader): Promise<readonly ViewMeta[]>
  admit(reader: Reader, query: unknown): Promise<Admitted>
}

// What a reader may see of the model depends on the groups alone, and the model never changes while running.
function createGate(core: Core, shelf: Shelf): Gate {
  const known = new Map<string, Promise<readonly ViewMeta[]>>()
  const ask = async (context: RequestContext): Promise<readonly ViewMeta[]> => {
    const answered = await core.meta(context)
    refuseFailure(answered)
    return parseMeta(answered)
  }
  const views = async (reader: Reader): Promise<readonly ViewMeta[]> => {
    const context = securityContext(reader)
    const groups = `${context.role} ${context.canSeePersonal}`
    const found = known.get(groups) ?? ask({ securityContext: context, version: shelf.version() })
    known.set(groups, found)
    found.catch(() => known.delete(groups))
    return found
  }
  return { views, admit: async (reader, query) => admit(parseQuery(query), await views(reader)) }
}

async function answer(parts: Parts, reader: Reader, asked: unknown): Promise<QueryResult> {
  const started = performance.now()
  return leased(parts.shelf, async ({ publication }) => {
    const { query, view } = await parts.gate.admit(reader, asked)
    const limit = Math.min(query.limit ?? DEFAULT_LIMIT, HIGHEST_LIMIT)
    const context = { securityContext: securityContext(reader), version: publication.version }
    const loaded = await loadRows(parts.core, { ...query, limit: limit + 1, timezone: 'UTC' }, context)
    const isComplete = loaded.every((rows) => rows.length <= limit)
    const rows = loaded.flatMap((part) => (part.length > limit ? part.slice(0, limit) : part))
    parts.budget.spend(rows)
    const { definitions } = parts
    const passport = writePassport({
      reader,
      query,
      view,
      publication,
      definitions,
      rows: rows.length,
      isComplete,
    })
    return { rows, isComplete, passport, durationMs: performance.now() - started }
  })
}

async function compile(parts: Parts, lease: Lease, reader: Reader, asked: unknown): Promise<CompiledQuery> {
  const { query, view } = await parts.gate.admit(reader, asked)
  const { version, file } = lease.publication
  const whole = { ...query, limit: query.limit ?? MOST_ROWS, timezone: 'UTC' }
  const [compiled, ...others] = await compileSql(parts.core, whole, {
    securityContext: securityContext(reader),
    version,
  })
  if (compiled === undefined || others.length > 0) {
    throw new UserError(
      'A comparison of two periods can be shown, not exported. Export each period by itself.',
    )
  }
  return {
    sql: compiled.sql,
    params: compiled.params,
    columns: columnsOf(query, view, compiled.members),
    version,
    file,
  }
}

function columnsOf(query: CubeQuery, view: ViewMeta, members: Readonly<Record<string, string>>): Column[] {
  const aliases = new Map(Object.entries(members).map(([alias, member]) => [member, alias]))
  const times = (query.timeDimensions ?? []).flatMap(({ dimension, granularity }) =>
    granularity === undefined ? [] : [`${dimension}.${granularity}`],
  )
  return [...(query.dimensions ?? []), ...times, ...(query.measures ?? [])].flatMap((member) => {
    const alias = aliases.get(member)
    return alias === undefined ? [] : [{ member, alias, type: typeOf(view, member) }]
  })
}

function typeOf(view: ViewMeta, column: string): ColumnType {
  const name = column.split('.').slice(0, 2).join('.')
  const member = view.members.find((candidate) => candidate.name === name)
  if (member?.kind === 'time') return 'time'
  if (member?.kind === 'measure' || member?.type === 'number') return 'number'
  return member?.type === 'boolean' ? 'boolean' : 'string'
}

async function listValues(
  { gate, load }: { gate: Gate; load: SemanticService['load'] },
  reader: Reader,
  asked: { member: string; search: string | undefined; limit: number | undefined },
): Promise<string[]> {
  const { member, search = '', limit = DEFAULT_VALUES } = asked
  const { view } = await gate.admit(reader, { dimensions: [member] })
  const isText = view.members.find(({ name }) => name === member)?.type === 'string'
  const filters: CubeQuery['filters'] = [{ member, operator: 'set' }]
  if (isText && search !== '') filters.push({ member, operator: 'contains', values: [search] })
  const { rows } = await load(reader, { dimensions: [member], filters, order: { [member]: 'asc' }, limit })
  return rows.map((row) => String(row[member]))
}

async function leased<T>(shelf: Shelf, work: (lease: Lease) => Promise<T>): Promise<T> {
  const lease = shelf.lease()
  try {
    return await work(lease)
  } finally {
    lease.release()
  }
}

async function abortable<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  signal?.throwIfAborted()
  if (signal === undefined) return work()
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work(), aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

async function fingerprint(folder: string): Promise<string> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.yml')).sort()
  const hash = createHash('sha256')
  for (const name of names) hash.update(await readFile(join(folder, name)))
  return hash.digest('hex').slice(0, 8)
}

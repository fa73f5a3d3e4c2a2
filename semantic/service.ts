import { join } from 'node:path'
import { compileSql, type Row } from './answer.ts'
import { compile } from './compile.ts'
import { createCompiler } from './compiler.ts'
import { createCore } from './core.ts'
import { fingerprint } from './fingerprint.ts'
import { createGate } from './gate.ts'
import { answerQuery } from './load.ts'
import { parsesFolder } from './kept-parses.ts'
import { silent, type Logger } from './logger.ts'
import type { ViewMeta } from './meta.ts'
import type { Parts } from './parts.ts'
import type { Passport } from './passport.ts'
import type { Reader } from '#config'
import { securityContext } from './reader.ts'
import { createResults } from './results.ts'
import { createShelf, leased } from './shelf.ts'
import { createSlowest, type SlowQuery } from './slowest.ts'
import { readTwins, worthAsking } from './twins.ts'
import { createStream, type CompiledQuery, type ResultStream } from './stream.ts'
import { listValues } from './values.ts'
import { watchCurrent } from './watch.ts'

export type QueryResult = {
  readonly rows: readonly Row[]
  readonly isComplete: boolean
  readonly passport: Passport
  readonly durationMs: number
}

/** `locale` is the language of what the passport says; English unless told. */
export type LoadOptions = { readonly signal?: AbortSignal; readonly locale?: string }

/** The one way to numbers: every call names its reader, and gives only what that reader may see. */
export type SemanticService = {
  /** Report types with the fields that this reader may use. */
  meta(reader: Reader): Promise<readonly ViewMeta[]>
  /** At most `limit` rows (10,000 unless told, never above 100,000); says when there are more. */
  load(reader: Reader, query: unknown, options?: LoadOptions): Promise<QueryResult>
  /** The SQL of a whole result, for exports. A comparison of dates has several, so it is refused here. */
  sql(reader: Reader, query: unknown): Promise<CompiledQuery>
  /** A whole result, without end, for exports. */
  stream(reader: Reader, query: unknown): ResultStream
  /** Different values of a field that contain `search`, in order, for pickers; 50 unless told. */
  values(reader: Reader, member: string, search?: string, limit?: number): Promise<string[]>
  /** What `load` was asked in the last 24 hours that took long, the slowest first; since the start of the process. */
  slowest(): readonly SlowQuery[]
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
  /** Queries that take so many milliseconds are listed as slow; 1,000 unless told. */
  readonly slowMs?: number
  /** Aggregates are asked where they save rows; `always` and `never` are there to compare them with the facts. */
  readonly routing?: 'always' | 'never'
}

const WARM_UP_READER: Reader = {
  userId: 'warm-up',
  role: 'administrator',
  personId: null,
  departmentIds: [],
  canSeePersonal: false,
}

/** Opens the semantic layer. Importing this module imports Cube, so the door does it after the environment is set. */
export async function openSemantic(options: SemanticOptions): Promise<SemanticService> {
  const { projectRoot, publishedDir, poolSize = 4, logger = silent } = options
  const modelFolder = join(projectRoot, 'semantic', 'model')
  const core = createCore({ modelFolder, parsesFolder: parsesFolder(projectRoot), logger })
  const results = createResults()
  const models = new Map<string, number>()
  const shelf = createShelf({
    publishedDir,
    poolSize,
    logger,
    warmUp: async ({ database, customFields: fields, fiscalCalendar, model }) => {
      core.learn({ fields, fiscalCalendar })
      const query = { measures: ['deals_report.count'], limit: 1, timezone: 'UTC' }
      const context = { securityContext: securityContext(WARM_UP_READER, model) }
      const { sql, params } = await compileSql(core, query, context)
      await database.query(sql, params)
      models.set(model, (models.get(model) ?? 0) + 1)
    },
    forget: ({ version, model }) => {
      results.forget(version)
      const left = (models.get(model) ?? 0) - 1
      models.set(model, left)
      if (left > 0) return
      core.forget(model)
      gate.forget(model)
    },
  })
  const gate = createGate(core)
  await shelf.swap()
  const take = (): void => {
    shelf
      .swap()
      .catch((error: unknown) => logger.warn(`event=swap_failed reason=${JSON.stringify(String(error))}`))
  }
  const unwatch = options.watch === false ? () => {} : await watchCurrent(publishedDir, take)
  const parts = {
    sqlOf: createCompiler(core),
    shelf,
    gate,
    definitions: await fingerprint(modelFolder),
    results,
    slowest: createSlowest({ slowMs: options.slowMs }),
    twinsOf: await routing(modelFolder, options.routing),
  }
  const close = async (): Promise<void> => {
    unwatch()
    await shelf.close()
    await core.shutdown()
  }
  return { ...questions(parts), swap: () => shelf.swap(), version: () => shelf.version(), close }
}

async function routing(modelFolder: string, wanted: SemanticOptions['routing']): Promise<Parts['twinsOf']> {
  if (wanted === 'never') return () => []
  const twins = await readTwins(modelFolder)
  if (wanted === 'always') return (rows) => twins.filter(({ table }) => rows.has(table))
  return (rows) => worthAsking(twins, rows)
}

type Questions = Pick<SemanticService, 'meta' | 'load' | 'sql' | 'stream' | 'values' | 'slowest'>

function questions(parts: Parts): Questions {
  const { gate, shelf } = parts
  const load: SemanticService['load'] = (reader, query, options = {}) =>
    answerQuery(parts, { reader, query, options })
  return {
    meta: (reader) => gate.views(reader, shelf.model()),
    load,
    slowest: () => parts.slowest.list(),
    sql: (reader, query) => leased(shelf, (lease) => compile(parts, lease, { reader, query })),
    stream: (reader, query) => {
      const lease = shelf.lease()
      return createStream(lease, () => compile(parts, lease, { reader, query }))
    },
    values: (reader, member, ...[search, limit]) =>
      listValues({ admit: (...asked) => gate.admit(...asked, shelf.model()), load }, reader, {
        ...{ member, search, limit },
      }),
  }
}

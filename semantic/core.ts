import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CubejsServerCore } from '@cubejs-backend/server-core/dist/src/index.js'
import { getEnv } from '@cubejs-backend/shared'
import { LocalCacheDriver } from '@cubejs-backend/query-orchestrator'
import type { Logger } from './logger.ts'
import { PlainTimeDialect } from './dialect.ts'
import { PublishedDriver } from './driver.ts'
import { groupsOf, type SecurityContext } from './reader.ts'
import type { Publication } from './publication.ts'

/** What one request carries through Cube: who asks, and the published version that must answer. */
export type RequestContext = { readonly securityContext: SecurityContext; readonly version: string }

/** Cube in process. Answers are Cube's own objects, still to be parsed; failures come as `{ error }`. */
export type Core = {
  load(query: unknown, context: RequestContext): Promise<unknown>
  sql(query: unknown, context: RequestContext): Promise<unknown>
  meta(context: RequestContext): Promise<unknown>
  serve(publication: Publication): void
  /** Forgets a version: its driver, its queue and its cached results. */
  forget(version: string): void
  /** Empties the result caches of every version. */
  sweep(): void
  shutdown(): Promise<void>
}

type CoreOptions = {
  readonly modelFolder: string
  readonly poolSize: number
  readonly logger: Logger
}

// A longer query is asked for again; timers of this length hold up the end of the process.
const CONTINUE_WAIT_SECONDS = 5

export function createCore({ modelFolder, poolSize, logger }: CoreOptions): Core {
  const drivers = new Map<string, PublishedDriver>()
  const core = quietly(
    () =>
      new InProcessCore({
        apiSecret: 'in-process',
        devServer: false,
        telemetry: false,
        scheduledRefreshTimer: false,
        cacheAndQueueDriver: 'memory',
        logger: (message: string, details: Record<string, unknown>) => logger.cube(message, details),
        repositoryFactory: () => modelRepository(modelFolder),
        dialectFactory: () => PlainTimeDialect,
        driverFactory: (context: { version?: string }) => driverOf(drivers, context),
        contextToAppId: () => 'embut',
        contextToOrchestratorId: (context: { version?: string }) => orchestratorId(context.version ?? ''),
        contextToGroups: (context: { securityContext: SecurityContext }) => groupsOf(context.securityContext),
        contextToApiScopes: async () => ['meta', 'data', 'sql'],
        orchestratorOptions: {
          continueWaitTimeout: CONTINUE_WAIT_SECONDS,
          queryCacheOptions: { queueOptions: { concurrency: poolSize } },
          preAggregationsOptions: { externalRefresh: false },
        },
      } as never),
  )
  return { ...requests(core), ...caches(core, drivers) }
}

class InProcessCore extends CubejsServerCore {
  gateway(): Record<'load' | 'sql' | 'meta', (request: unknown) => Promise<void>> {
    return this.apiGateway() as never
  }

  // Cube has no public way to drop one orchestrator or to empty its caches.
  orchestrators(): Orchestrators {
    return (this.orchestratorStorage as unknown as { storage: Orchestrators }).storage
  }
}

// Cube prints to stdout that it has no Cube Store and uses the legacy planner; stdout belongs to the caller.
function quietly<T>(create: () => T): T {
  const { log } = console
  // eslint-disable-next-line no-console -- put back below; Cube offers no other way
  console.log = () => {}
  try {
    getEnv('nativeSqlPlanner')
    return create()
  } finally {
    // eslint-disable-next-line no-console -- as above
    console.log = log
  }
}

function requests(core: InProcessCore): Pick<Core, 'load' | 'sql' | 'meta'> {
  const ask = (
    endpoint: 'load' | 'sql' | 'meta',
    context: RequestContext,
    extra: Record<string, unknown> = {},
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      // Cube keeps what it worked out on the context object, so no two requests may share one.
      const request = { ...extra, context: structuredClone(context), res: resolve }
      core.gateway()[endpoint](request).catch(reject)
    })
  return {
    load: (query, context) => ask('load', context, { query, queryType: 'multi' }),
    sql: (query, context) => ask('sql', context, { query, disableLimitEnforcing: true }),
    meta: (context) => ask('meta', context, { onlyViews: true }),
  }
}

type Orchestrators = Map<string, { orchestrator?: { queryCache?: { memoryCache?: { clear(): void } } } }>

function caches(
  core: InProcessCore,
  drivers: Map<string, PublishedDriver>,
): Pick<Core, 'serve' | 'forget' | 'sweep' | 'shutdown'> {
  const results = new LocalCacheDriver()
  return {
    serve: ({ version, database }) => void drivers.set(version, new PublishedDriver(database)),
    forget: (version) => {
      drivers.delete(version)
      core.orchestrators().delete(orchestratorId(version))
      const keys = Object.keys((results as unknown as { store: Record<string, unknown> }).store)
      for (const key of keys) if (key.includes(orchestratorId(version))) void results.remove(key)
    },
    sweep: () => {
      results.reset()
      for (const api of core.orchestrators().values()) api.orchestrator?.queryCache?.memoryCache?.clear()
    },
    shutdown: async () => {
      await core.shutdown()
      results.reset()
    },
  }
}

function orchestratorId(version: string): string {
  return `embut_${version}`
}

function driverOf(
  drivers: ReadonlyMap<string, PublishedDriver>,
  { version }: { version?: string },
): PublishedDriver {
  const driver = drivers.get(version ?? '')
  if (driver === undefined) throw new Error(`Version ${version ?? '(none)'} is not open`)
  return driver
}

type ModelFile = { readonly fileName: string; readonly content: string }

function modelRepository(folder: string): { localPath(): string; dataSchemaFiles(): Promise<ModelFile[]> } {
  return {
    localPath: () => folder,
    dataSchemaFiles: async () => {
      const names = await readdir(folder, { recursive: true })
      const models = names.filter((name) => name.endsWith('.yml')).sort()
      return Promise.all(
        models.map(async (fileName) => ({
          fileName,
          content: await readFile(join(folder, fileName), 'utf8'),
        })),
      )
    },
  }
}

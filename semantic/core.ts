import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CubejsServerCore } from '@cubejs-backend/server-core/dist/src/index.js'
import { getEnv } from '@cubejs-backend/shared'
import { modelNameOf, withCustomFields, type ModelFile, type OwnModel } from './custom-fields.ts'
import { CALENDAR_YEARS } from '#config/fiscal-calendar'
import { withFiscalParts } from './fiscal.ts'
import type { Logger } from './logger.ts'
import { dialectOf } from './dialect.ts'
import { KeepingCompiler } from './kept-parses.ts'
import { groupsOf, type SecurityContext } from './reader.ts'

/** What one request carries through Cube: who asks. */
export type RequestContext = { readonly securityContext: SecurityContext }

/** Cube in process: it compiles queries, DuckDB answers them. What it gives is still to be parsed; failures come as `{ error }`. */
export type Core = {
  sql(query: unknown, context: RequestContext): Promise<unknown>
  meta(context: RequestContext): Promise<unknown>
  /** Makes the model with these additions known, which requests name in `securityContext.model`. */
  learn(own: OwnModel): void
  /** Drops a model that no request will name any more. */
  forget(model: string): void
  shutdown(): Promise<void>
}

type CoreOptions = {
  readonly modelFolder: string
  /** Where to keep what Cube made of the model's files. */
  readonly parsesFolder: string
  readonly logger: Logger
}

export function createCore({ modelFolder, parsesFolder, logger }: CoreOptions): Core {
  const known = new Map<string, OwnModel>([['', { fields: [], fiscalCalendar: CALENDAR_YEARS }]])
  const core = quietly(
    () =>
      new InProcessCore(parsesFolder, {
        apiSecret: 'in-process',
        devServer: false,
        telemetry: false,
        scheduledRefreshTimer: false,
        cacheAndQueueDriver: 'memory',
        logger: (message: string, details: Record<string, unknown>) => logger.cube(message, details),
        repositoryFactory: (context: RequestContext) =>
          modelRepository(modelFolder, additionsOf(known, context)),
        dialectFactory: (context: RequestContext) => dialectOf(additionsOf(known, context).fiscalCalendar),
        // Only the type is asked for: Cube compiles, and never sees a row.
        driverFactory: () => ({ type: 'duckdb' }),
        contextToAppId: appIdOf,
        contextToGroups: (context: { securityContext: SecurityContext }) => groupsOf(context.securityContext),
        contextToApiScopes: async () => ['meta', 'data', 'sql'],
      } as never),
  )
  return {
    ...requests(core),
    learn: (own) => void known.set(modelNameOf(own), own),
    forget: (model) => {
      if (model !== '') known.delete(model)
      core.forget(appIdOf({ securityContext: { model } }))
    },
    shutdown: () => core.shutdown(),
  }
}

type Named = { readonly securityContext: Pick<SecurityContext, 'model'> }

function appIdOf({ securityContext: { model = '' } }: Named): string {
  return model === '' ? 'embut' : `embut_${model}`
}

function additionsOf(
  known: ReadonlyMap<string, OwnModel>,
  { securityContext: { model = '' } }: Named,
): OwnModel {
  const own = known.get(model)
  if (own === undefined) throw new TypeError(`There is no model ${model}`)
  return own
}

class InProcessCore extends CubejsServerCore {
  readonly #parsesFolder: string

  constructor(parsesFolder: string, options: ConstructorParameters<typeof CubejsServerCore>[0]) {
    super(options)
    this.#parsesFolder = join(parsesFolder, String(this.coreServerVersion))
  }

  protected override createCompilerApi(
    repository: never,
    options: Record<string, never> = {},
  ): KeepingCompiler {
    return new KeepingCompiler(
      this.#parsesFolder,
      repository,
      options['dbType'] ?? this.options.dbType,
      this.createCompilerApiOptions(options),
    )
  }

  forget(appId: string): void {
    this.compilerCache.delete(appId)
  }

  gateway(): Record<'sql' | 'meta', (request: unknown) => Promise<void>> {
    return this.apiGateway() as never
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

function requests(core: InProcessCore): Pick<Core, 'sql' | 'meta'> {
  const ask = (
    endpoint: 'sql' | 'meta',
    context: RequestContext,
    extra: Record<string, unknown> = {},
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      // Cube keeps what it worked out on the context object, so no two requests may share one.
      const request = { ...extra, context: structuredClone(context), res: resolve }
      core.gateway()[endpoint](request).catch(reject)
    })
  return {
    sql: (query, context) => ask('sql', context, { query, disableLimitEnforcing: true }),
    meta: (context) => ask('meta', context, { onlyViews: true }),
  }
}

type Repository = { localPath(): string; dataSchemaFiles(): Promise<readonly ModelFile[]> }

function modelRepository(folder: string, { fields, fiscalCalendar }: OwnModel): Repository {
  return {
    localPath: () => folder,
    dataSchemaFiles: async () => {
      const names = await readdir(folder, { recursive: true })
      const models = names.filter((name) => name.endsWith('.yml')).sort()
      const files = await Promise.all(
        models.map(async (fileName) => ({
          fileName,
          content: await readFile(join(folder, fileName), 'utf8'),
        })),
      )
      return withFiscalParts(withCustomFields(files, fields), fiscalCalendar)
    },
  }
}

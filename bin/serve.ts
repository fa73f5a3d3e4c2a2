import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UserError, type Config } from '#config'
import type { Workspace } from '#workspace'
import { PROJECT_ROOT } from './context.ts'
import { freePort, listen, type Handler } from './http-server.ts'
import { withHooks } from './hooks.ts'
import { startKeeper, type Chore } from './keeper.ts'
import { offerReadyTemplates, readReadyTemplates } from './ready-templates.ts'
import { createServices } from './services.ts'
import { startSyncJobs } from './sync-jobs.ts'
import { hasSlowModels } from './up-to-date.ts'

export type ServeOptions = {
  readonly config: Config
  readonly workspace: Workspace
  /** 0 takes a free one. */
  readonly port?: number
  /** False leaves the sources alone, as tests and the known-report check do. */
  readonly isKeeping: boolean
  readonly log: (line: string) => void
  readonly now?: () => Date
}

/**
 * Serves the portal with one Cube, one pool and one sign-in, and keeps the sources in step.
 * Resolves when it listens. Throws UserError when the portal isn't built, nothing is published or the port is taken.
 */
export async function serve(options: ServeOptions) {
  const { config, workspace } = options
  const { host } = config.server
  const port = options.port === 0 ? await freePort(host) : (options.port ?? config.server.port)
  const publicUrl = options.port === undefined ? config.server.publicUrl : `http://127.0.0.1:${port}`
  const clock = options.now === undefined ? {} : { now: options.now }
  const services = await createServices({ config, workspace, publicUrl, ...clock })
  await offerReadyTemplates(workspace, readReadyTemplates(PROJECT_ROOT), config.company.locale)
  globalThis.__embut = services
  const hooks = { config, workspace, now: options.now ?? (() => new Date()) }
  const handler = withHooks(hooks, await loadHandler(), () => keeping?.hurry())
  const listening = await listen({ host, port, publicUrl, handler })
  const keeping = options.isKeeping ? keep(options, () => services.semantic.swap()) : undefined
  const close = async () => {
    await keeping?.stop()
    await listening.close()
    await services.semantic.close()
  }
  return { url: listening.url, services, close }
}

/** Where the built portal is. Throws UserError when it is not built. */
export function portalHandler(): string {
  const file = join(PROJECT_ROOT, 'portal/build/handler.js')
  if (!existsSync(file)) throw new UserError('The portal is not built: run `npm run setup`.')
  return file
}

async function loadHandler(): Promise<Handler> {
  const file = portalHandler()
  // adapter-node reads these once, when its module is loaded.
  process.env['PROTOCOL_HEADER'] = 'x-forwarded-proto'
  process.env['HOST_HEADER'] = 'x-forwarded-host'
  process.env['ADDRESS_HEADER'] = 'x-embut-address'
  const built = (await import(pathToFileURL(file).href)) as { readonly handler: Handler }
  return built.handler
}

function keep({ config, workspace, log }: ServeOptions, swap: () => Promise<void>) {
  const chores: Chore[] = [
    { name: 'build', args: ['build'], every: { minutes: config.schedule.syncMinutes } },
    {
      name: 'backup',
      args: ['backup', join(config.dataDir, 'backups')],
      every: { at: config.schedule.backupAt },
    },
    {
      ...{ name: 'forecast', args: ['build', '--no-sync', '--slow'] },
      every: { at: config.schedule.forecastAt },
      givesWayTo: ['hooks'],
    },
    // Beside the others, for the build may be reading a CRM for hours.
    { name: 'hooks', args: ['build'], every: 'asked' },
  ]
  const keeper = startKeeper({
    ...{ chores, log, timezone: config.company.timezone, configFile: config.configFile },
    cli: join(PROJECT_ROOT, 'bin/cli.ts'),
    afterSuccess: async (name) => {
      if (name !== 'backup') await swap()
    },
  })
  // A new company has its first forecasts now, not tomorrow.
  if (!hasSlowModels(config)) void keeper.run('forecast')
  const jobs = startSyncJobs(workspace, {
    ofPeople: (sources, isRetry) => keeper.runAnew('build', isRetry ? ['--retry', ...sources] : sources),
    ofHooks: (sources) => keeper.runAnew('hooks', sources),
  })
  const stop = async () => {
    jobs.stop()
    await keeper.stop()
  }
  return { stop, hurry: jobs.hurry }
}

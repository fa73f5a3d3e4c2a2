import { join } from 'node:path'
import { UserError } from '#config'
import type { Config } from '#config'
import type { StepProgress, Workspace } from '#workspace'
import { HOOK_JOB, SYNC_JOB } from './sync-job.ts'
import { storeWebhook } from './webhook.ts'

export type SyncRequest = { readonly sources?: readonly string[]; readonly userId: string }

/** What the portal may ask of ingest: a run, how far the last one is, and to keep what a source sent. */
export type Control = {
  /** Queues a sync. While one for the same sources waits, asking again adds none. */
  requestSync(request: SyncRequest): Promise<void>
  /** Queues another try of the rows that could not be used, of the sources given or all; asking twice adds none. */
  requestRetry(request: SyncRequest): Promise<void>
  /** The steps of the run that reported last, in the order they began. */
  readProgress(): Promise<readonly StepProgress[]>
  /** Keeps a webhook's body; when this returns it survives a crash. Throws UserError for an unknown source. */
  appendWebhook(source: string, body: unknown): Promise<string>
}

export { receiveHook } from './hook.ts'
export type { HookAnswer, HookOptions } from './hook.ts'
export { HOOK_JOB, SYNC_JOB }

export type ControlOptions = {
  readonly config: Pick<Config, 'dataDir' | 'sources'>
  readonly workspace: Pick<Workspace, 'jobs' | 'progress' | 'audit'>
  readonly now?: () => Date
}

export function createControl({ config, workspace, now = () => new Date() }: ControlOptions): Control {
  const ask = (request: SyncRequest, action: Asked) => askFor({ config, workspace }, request, action)
  return {
    requestSync: (request) => ask(request, 'sync.requested'),
    requestRetry: (request) => ask(request, 'quarantine.retry_requested'),
    readProgress: async () => {
      const [last] = await workspace.progress.recent(1)
      return last === undefined ? [] : workspace.progress.ofRun(last.runId)
    },
    appendWebhook: (source, body) => {
      requireSource(config, source)
      return storeWebhook(join(config.dataDir, 'spool', source), body, now())
    },
  }
}

type Asked = 'sync.requested' | 'quarantine.retry_requested'

async function askFor(
  { config, workspace }: Pick<ControlOptions, 'config' | 'workspace'>,
  { sources = [], userId }: SyncRequest,
  action: Asked,
): Promise<void> {
  // What people made in Embut is a source too; asking for it alone reads no other.
  for (const name of sources) if (name !== 'workspace') requireSource(config, name)
  const isRetry = action === 'quarantine.retry_requested'
  const payload = { sources: [...sources].sort(), ...(isRetry && { isRetry }) }
  const waiting = await workspace.jobs.list({ status: 'queued', kind: SYNC_JOB })
  if (waiting.some((job) => JSON.stringify(job.payload) === JSON.stringify(payload))) return
  await workspace.jobs.enqueue({ kind: SYNC_JOB, payload, maxAttempts: 1 })
  await workspace.audit.append({ userId, action, subject: payload.sources.join(', ') || 'all sources' })
}

function requireSource({ sources }: Pick<Config, 'sources'>, name: string): void {
  if (sources.some((source) => source.name === name)) return
  const known = sources.map((source) => source.name).join(', ')
  throw new UserError(`There is no source "${name}". Sources: ${known}.`)
}

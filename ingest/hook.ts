import { createHmac, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import type { Config } from '#config'
import type { Workspace } from '#workspace'
import { HOOK_JOB } from './sync-job.ts'
import { storeWebhook } from './webhook.ts'

/** A request that a program sent to `/hooks/<source>`, as it came. */
export type HookRequest = {
  readonly source: string
  readonly body: Buffer
  readonly contentType: string
  /** `sha256=<hex of HMAC-SHA256 over the body>`, or the secret itself as a bearer token. */
  readonly signature: string | undefined
  readonly bearer: string | undefined
}

export type HookAnswer = { readonly status: 202 | 400 | 401 | 404; readonly message: string }

export type HookOptions = {
  readonly config: Pick<Config, 'dataDir' | 'sources'>
  readonly workspace: Pick<Workspace, 'jobs'>
  readonly now: () => Date
}

/**
 * Keeps what a source sent and asks for a sync of it. When it answers 202 the body is on the disk and survives a
 * crash; a build that runs is not waited for. Nothing is kept of a request that is not signed with the source's secret.
 */
export async function receiveHook(options: HookOptions, request: HookRequest): Promise<HookAnswer> {
  const { config, workspace, now } = options
  const source = config.sources.find(({ name }) => name === request.source)
  if (source?.connector !== 'webhook') return { status: 404, message: 'There is no such webhook.' }
  if (!isSigned(request, source.secret)) return { status: 401, message: 'The signature is missing or wrong.' }
  const body = parsed(request)
  if (body === undefined) return { status: 400, message: 'The body is neither JSON nor a form.' }
  const id = await storeWebhook(join(config.dataDir, 'spool', source.name), body, now())
  await askForSync(workspace, source.name)
  return { status: 202, message: id }
}

function isSigned({ body, signature, bearer }: HookRequest, secret: string): boolean {
  const wanted = createHmac('sha256', secret).update(body).digest('hex')
  const isTheirs = signature !== undefined && isEqual(signature.replace(/^sha256=/, '').toLowerCase(), wanted)
  return isTheirs || (bearer !== undefined && isEqual(bearer, secret))
}

/** Compares hashes of equal length, so that the time says nothing of where two texts differ. */
function isEqual(given: string, wanted: string): boolean {
  const hash = (text: string) => createHmac('sha256', 'compare').update(text).digest()
  return timingSafeEqual(hash(given), hash(wanted))
}

function parsed({ body, contentType }: HookRequest): unknown {
  const text = body.toString('utf8')
  if (contentType.includes('x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text))
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** One sync waits at a time: what comes while it waits is read by it too. */
async function askForSync({ jobs }: Pick<Workspace, 'jobs'>, source: string): Promise<void> {
  const payload = { sources: [source] }
  const waiting = await jobs.list({ status: 'queued', kind: HOOK_JOB })
  if (waiting.some((job) => JSON.stringify(job.payload) === JSON.stringify(payload))) return
  await jobs.enqueue({ kind: HOOK_JOB, payload, maxAttempts: 1 })
}

import { SourceError } from '#config'
import type { ConnectorContext } from '../connector.ts'
import type { Access, Credentials } from './credentials.ts'
import { BACKOFF, backoffDelay, isConnectionFailure, type Backoff, type Problem } from './problem.ts'

/** A call of the service: its method and JSON parameters. */
export type Call = { readonly method: string; readonly parameters: Readonly<Record<string, unknown>> }

export type Requester = {
  /** The answer's body. Waits and tries again by itself; throws SourceError when that does not help. */
  send(call: Call): Promise<unknown>
}

export type RequesterOptions = {
  readonly context: ConnectorContext
  readonly credentials: Credentials
  /** What is wrong with an answer, if anything: services report errors with status 200 too. */
  readonly problemOf: (status: number, body: unknown) => Problem | null
  /** Milliseconds between calls for a while after the service said that there were too many. */
  readonly calmMs: number
  readonly backoff?: Backoff
  readonly random?: () => number
}

const CALM_CALLS = 50
const RENEWALS_PER_CALL = 3
const TIMEOUT_MS = 90_000

export function createRequester(options: RequesterOptions): Requester {
  const { context, backoff = BACKOFF, random = Math.random } = options
  const source = context.source.name
  let calmCalls = 0
  const waitOrThrow = async (problem: Problem, failed: number) => {
    const isHopeless = problem.kind === 'expired' || problem.kind === 'final' || failed >= backoff.tries
    if (isHopeless) throw refusal(source, problem)
    if (problem.kind === 'busy') calmCalls = CALM_CALLS
    const delay = problem.waitMs ?? backoffDelay(failed, backoff, random)
    context.logger.warn(
      { source, code: problem.code, delay_ms: delay, attempt: failed },
      'source asked to wait',
    )
    await context.sleep(delay)
  }
  return {
    async send(call) {
      let [failed, renewed] = [0, 0]
      let expired: Access | null = null
      for (;;) {
        if (calmCalls-- > 0) await context.sleep(options.calmMs)
        const { body, problem, access } = await attempt(call, expired, options)
        if (problem === null) return body
        // Without access the renewal itself failed, and is still to be done.
        if (access !== null) expired = problem.kind === 'expired' ? access : null
        if (problem.kind === 'expired' && renewed++ < RENEWALS_PER_CALL) continue
        await waitOrThrow(problem, ++failed)
      }
    },
  }
}

function refusal(source: string, { kind, code, message }: Problem): SourceError {
  return new SourceError(`Source ${source}: ${message} (${code})`, { source, retryable: kind !== 'final' })
}

type Answer = { readonly body: unknown; readonly problem: Problem | null }

async function attempt(
  call: Call,
  expired: Access | null,
  options: RequesterOptions,
): Promise<Answer & { readonly access: Access | null }> {
  const { credentials } = options
  let access: Access
  try {
    access = await (expired === null ? credentials.current() : credentials.renew(expired))
  } catch (error) {
    if (!(error instanceof SourceError && error.retryable)) throw error
    return { access: null, body: null, problem: { kind: 'broken', code: 'TOKEN', message: error.message } }
  }
  return { access, ...(await post(call, access, options)) }
}

async function post(
  call: Call,
  { endpoint, token }: Access,
  { context, problemOf }: RequesterOptions,
): Promise<Answer> {
  const auth = token === null ? {} : { auth: token }
  try {
    const response = await context.fetch(`${endpoint}${call.method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'user-agent': 'Embut' },
      body: JSON.stringify({ ...call.parameters, ...auth }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const body: unknown = parseBody(await response.text())
    return { body, problem: problemOf(response.status, body) }
  } catch (cause) {
    if (!isConnectionFailure(cause)) throw cause
    return {
      body: null,
      problem: {
        kind: 'broken',
        code: 'CONNECTION',
        message: `no answer from the service: ${cause.message}`,
      },
    }
  }
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

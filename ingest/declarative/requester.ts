import { SourceError } from '#config'
import type { ConnectorContext } from '../connector.ts'
import type { Access, Credentials } from './credentials.ts'
import { BACKOFF, backoffDelay, type Backoff, type Problem } from './problem.ts'

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
  let calmCalls = 0
  const handle = async (problem: Problem, tries: { failed: number; renewed: number }, access: Access) => {
    const { source, sleep, logger } = { ...context, source: context.source.name }
    const isRenewable = problem.kind === 'expired' && tries.renewed++ < RENEWALS_PER_CALL
    if (isRenewable) return void (await options.credentials.renew(access))
    if (problem.kind === 'expired' || problem.kind === 'final' || ++tries.failed >= backoff.tries)
      throw new SourceError(`Source ${source}: ${problem.message} (${problem.code})`, {
        source,
        retryable: problem.kind !== 'final',
      })
    if (problem.kind === 'busy') calmCalls = CALM_CALLS
    const delay = problem.waitMs ?? backoffDelay(tries.failed, backoff, random)
    logger.warn(
      { source, code: problem.code, delay_ms: delay, attempt: tries.failed },
      'source asked to wait',
    )
    await sleep(delay)
  }
  return {
    async send(call) {
      const tries = { failed: 0, renewed: 0 }
      for (;;) {
        if (calmCalls > 0) {
          calmCalls -= 1
          await context.sleep(options.calmMs)
        }
        const access = await options.credentials.current()
        const answer = await post(call, access, options)
        if (answer.problem === null) return answer.body
        await handle(answer.problem, tries, access)
      }
    },
  }
}

type Answer = { readonly body: unknown; readonly problem: Problem | null }

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
    // `fetch` throws TypeError for a connection that failed, and a DOMException for one that took too long.
    if (!(cause instanceof TypeError || cause instanceof DOMException)) throw cause
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

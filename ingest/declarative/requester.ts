import { join } from 'node:path'
import { SourceError } from '#config'
import type { ConnectorContext } from '../connector.ts'
import type { Access, Credentials } from './access.ts'
import type { Definition } from './definition.ts'
import { decodeJson, type AnswerFormat } from './decode.ts'
import type { HttpRequest } from './http-request.ts'
import { createPatience, type Patience } from './patience.ts'
import { valueAt } from './path.ts'
import {
  BACKOFF,
  backoffDelay,
  Interruption,
  isConnectionFailure,
  judge,
  type Answer,
  type Backoff,
  type Problem,
} from './problem.ts'
import { createRateGate } from './rate.ts'
import { storeAnswer } from './stored-answer.ts'
import { waitForRoom } from './usage-header.ts'

/** What a session asked of its service so far. */
export type Usage = { readonly requests: number; readonly waitedMs: number; readonly refusals: number }

export type Requester = {
  /**
   * The answer to a request that is built anew for each try, since access may change; `path` tells which limits it is
   * under. Waits and tries again by itself; throws SourceError when that does not help, Interruption when the list
   * must be read in another way.
   */
  send(path: string, request: (access: Access) => HttpRequest): Promise<Answer>
  usage(): Usage
}

export type RequesterOptions = {
  readonly context: ConnectorContext
  readonly definition: Pick<Definition, 'errors' | 'problem' | 'rate'>
  readonly credentials: Credentials
  readonly backoff?: Backoff
  readonly random?: () => number
}

const RENEWALS_PER_CALL = 3
const PENDING_MS = 10_000
const LONGEST_PENDING_MS = 3 * 3_600_000

export function createRequester(options: RequesterOptions): Requester {
  const { context, definition, backoff = BACKOFF, random = Math.random } = options
  const source = context.source.name
  const gate = createRateGate(definition.rate, context)
  const counts = { requests: 0, refusals: 0, backedOffMs: 0 }
  const waitOrThrow = async (problem: Problem, failed: number) => {
    if (problem.kind === 'split' || problem.kind === 'restart') throw new Interruption(problem.kind)
    const isHopeless = problem.kind === 'expired' || problem.kind === 'final' || failed >= backoff.tries
    if (isHopeless) throw refusal(source, problem)
    const delay = problem.waitMs ?? backoffDelay(failed, backoff, random)
    if (problem.kind === 'busy') gate.calm()
    // Too many calls concern every call; a share that is used up is one method's.
    if (problem.kind === 'busy') gate.pause(delay)
    counts.refusals += 1
    counts.backedOffMs += delay
    context.logger.warn(
      { source, code: problem.code, delay_ms: delay, attempt: failed },
      'source asked to wait',
    )
    await context.sleep(delay)
  }
  return {
    usage: () => ({ ...counts, waitedMs: gate.waitedMs + counts.backedOffMs }),
    async send(path, request) {
      let [failed, renewed] = [0, 0]
      let expired: Access | null = null
      let pendingMs = 0
      for (;;) {
        const tried = await gate.pass(path, () => {
          counts.requests += 1
          return attempt(request, expired, options)
        })
        heedLimits(tried.answer, definition.rate.left, gate.pause)
        gate.pause(waitForRoom(tried.answer.headers, definition.rate.used ?? []))
        if (tried.problem === null) return tried.answer
        if (tried.problem.kind === 'pending' && pendingMs < LONGEST_PENDING_MS) {
          const delay = tried.problem.waitMs ?? PENDING_MS
          pendingMs += delay
          await context.sleep(delay)
          continue
        }
        // Without access the renewal itself failed, and is still to be done.
        if (tried.access !== null) expired = tried.problem.kind === 'expired' ? tried.access : null
        if (tried.problem.kind === 'expired' && renewed++ < RENEWALS_PER_CALL) continue
        await waitOrThrow(tried.problem, ++failed)
      }
    },
  }
}

function refusal(source: string, { kind, code, message }: Problem): SourceError {
  return new SourceError(`Source ${source}: ${message} (${code})`, { source, retryable: kind !== 'final' })
}

/** When the service says that no calls are left, the next waits until there are more. */
function heedLimits(
  { headers, body }: Answer,
  left: Definition['rate']['left'],
  pause: (milliseconds: number) => void,
): void {
  if (left === undefined) return
  const number = (header: string | undefined, path: string | undefined) =>
    Number((header === undefined ? valueAt(body, path ?? '') : headers.get(header)) ?? Number.NaN)
  const remaining = number(left.header, left.body)
  const reset = number(left.resetHeader, left.resetBody)
  if (remaining <= 0 && reset > 0) pause(reset * 1000)
}

type Tried = { readonly answer: Answer; readonly problem: Problem | null; readonly access: Access | null }

const NO_ANSWER: Answer = { status: 0, headers: new Headers(), body: null }

async function attempt(
  request: (access: Access) => HttpRequest,
  expired: Access | null,
  options: RequesterOptions,
): Promise<Tried> {
  const { credentials } = options
  let access: Access
  try {
    access = await (expired === null ? credentials.current() : credentials.renew(expired))
  } catch (error) {
    if (!(error instanceof SourceError && error.retryable)) throw error
    return { access: null, answer: NO_ANSWER, problem: broken('TOKEN', error.message) }
  }
  return { access, ...(await exchange(request(access), options)) }
}

async function exchange(
  { method, url, headers, body, decode: format }: HttpRequest,
  options: RequesterOptions,
): Promise<{ readonly answer: Answer; readonly problem: Problem | null }> {
  const { context, definition } = options
  const patience = createPatience()
  try {
    const response = await context.fetch(url, { method, headers, body, signal: patience.signal })
    // What went wrong is said in JSON, however records are written.
    const isStored = format !== 'json' && response.status === 200
    const read = await (isStored ? stored(response, { format, patience, context }) : held(response))
    const answer = { status: response.status, headers: response.headers, ...read.content }
    const judged = judge({ ...answer, isReadable: read.isReadable }, definition)
    if (judged === null) return { answer, problem: null }
    await read.content.stored?.[Symbol.asyncDispose]()
    const bare = { ...answer, stored: undefined }
    return judged === 'empty'
      ? { answer: { ...bare, body: null }, problem: null }
      : { answer: bare, problem: judged }
  } catch (cause) {
    if (!isConnectionFailure(cause)) throw cause
    return {
      answer: NO_ANSWER,
      problem: broken('CONNECTION', `no answer from the service: ${cause.message}`),
    }
  } finally {
    patience.end()
  }
}

type Read = { readonly content: Pick<Answer, 'body' | 'stored'>; readonly isReadable: boolean }

async function held(response: Response): Promise<Read> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  const { body, isReadable } = decodeJson(bytes, response.headers.get('content-type'))
  return { content: { body }, isReadable }
}

/** A document of this size is held, so that an error within is understood. */
const SMALL = 65_536

async function stored(response: Response, { format, patience, context }: Storing): Promise<Read> {
  const folder = join(context.config.dataDir, 'spool', context.source.name, '_answers')
  const contentType = response.headers.get('content-type')
  const body = patience.heed(response.body ?? new ReadableStream())
  const answer = await storeAnswer(body, { folder, contentType })
  if (answer === null) return { content: { body: null }, isReadable: false }
  if (format !== 'json_list' || answer.size > SMALL)
    return { content: { body: null, stored: answer }, isReadable: true }
  await using _ = answer
  const { body: document, isReadable } = decodeJson(Buffer.from(await answer.text()))
  return { content: { body: document }, isReadable }
}

type Storing = {
  readonly format: AnswerFormat
  readonly patience: Patience
  readonly context: ConnectorContext
}

function broken(code: string, message: string): Problem {
  return { kind: 'broken', code, message }
}

import type { ErrorRule } from './definition-request.ts'
import { valueAt } from './path.ts'
import type { StoredAnswer } from './stored-answer.ts'

/**
 * What a refused call means. `busy`: too many calls. `wait`: a share is used up until `waitMs` from now. `expired`:
 * access. `broken`: may work when tried again. `final`: will not. `split`: too much was asked for. `restart`: the place
 * in the list is lost. `pending`: the answer is not ready.
 */
export type Problem = {
  readonly kind: Exclude<ErrorRule['then'], 'empty'>
  readonly code: string
  readonly message: string
  readonly waitMs?: number
}

/** An answer of the service: its body is null where there was none to read, or where it is stored to be read by stream. */
export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
  readonly stored?: StoredAnswer | undefined
}

/** Ends the reading of a list that has to be read in another way. */
export class Interruption extends Error {
  readonly kind: 'split' | 'restart'
  constructor(kind: 'split' | 'restart') {
    super(`the list has to be read again: ${kind}`)
    this.kind = kind
  }
}

/** Holds after a definition's own rules. */
const COMMON_RULES: readonly ErrorRule[] = [
  { status: [204, 304], then: 'empty' },
  { status: [420, 429, 503], then: 'busy' },
  { status: [401], then: 'expired' },
  { status: [408, 425], then: 'broken' },
]

export type ErrorRules = {
  readonly errors: readonly ErrorRule[]
  readonly problem: Readonly<Record<'code' | 'message', string | readonly string[]>>
}

/** What is wrong with an answer; `empty` when it is good and has no records, null when it is to be read. */
export function judge(
  answer: Answer & { readonly isReadable: boolean },
  rules: ErrorRules,
): Problem | 'empty' | null {
  const rule = [...rules.errors, ...COMMON_RULES].find((each) => holds(each, answer))
  const isGood = answer.status >= 200 && answer.status < 300
  if (rule?.then === 'empty') return 'empty'
  if (rule === undefined && isGood && answer.isReadable) return null
  const kind = rule?.then ?? (answer.status >= 500 || isGood ? 'broken' : 'final')
  const waitMs = waitOf(rule, answer)
  return { kind, ...wordsOf(answer, rules), ...(waitMs === undefined ? {} : { waitMs }) }
}

function holds({ status, body, is, unless }: ErrorRule, answer: Answer): boolean {
  if (status && !status.includes(answer.status)) return false
  if (unless !== undefined && isThere(valueAt(answer.body, unless))) return false
  if (body === undefined) return true
  const found = valueAt(answer.body, body)
  return is === undefined ? found !== undefined && found !== null : is.includes(String(found))
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && (typeof value !== 'object' || Object.keys(value).length > 0)
}

function wordsOf({ status, body }: Answer, { problem }: ErrorRules): { code: string; message: string } {
  const code = valueAt(body, problem.code)
  const message = valueAt(body, problem.message)
  return {
    code: isThere(code) && code !== '' && typeof code !== 'object' ? String(code) : `HTTP ${status}`,
    message:
      isThere(message) && typeof message !== 'object' && message !== ''
        ? String(message)
        : 'the service gave no usable answer',
  }
}

/** `Retry-After` is seconds or a moment by the service's own clock. */
function waitOf(rule: ErrorRule | undefined, { headers, body }: Answer): number | undefined {
  const header =
    headers.get('retry-after') ?? (rule?.waitHeader === undefined ? null : headers.get(rule.waitHeader))
  const said = rule?.waitBody === undefined ? Number.NaN : Number(valueAt(body, rule.waitBody))
  if (header !== null && /^\d+(\.\d+)?$/.test(header)) return Number(header) * 1000
  if (header !== null && !Number.isNaN(Date.parse(header))) {
    const now = Date.parse(headers.get('date') ?? '')
    return Math.max(0, Date.parse(header) - (Number.isNaN(now) ? Date.now() : now))
  }
  if (!Number.isNaN(said)) return said * 1000
  return rule?.wait === undefined ? undefined : rule.wait * 1000
}

export type Backoff = {
  readonly baseMs: number
  readonly maxMs: number
  /** Tries of one call before giving up. */
  readonly tries: number
}

export const BACKOFF: Backoff = { baseMs: 1000, maxMs: 60_000, tries: 9 }

/** Milliseconds to wait before try number `attempt` (the first is 1): doubling, half of it by chance. */
export function backoffDelay(attempt: number, { baseMs, maxMs }: Backoff, random: () => number): number {
  const full = Math.min(maxMs, baseMs * 2 ** (attempt - 1))
  return Math.round(full / 2 + (full / 2) * random())
}

/** `fetch` throws TypeError for a connection that failed, and a DOMException for one that took too long. */
export function isConnectionFailure(error: unknown): error is TypeError | DOMException {
  return error instanceof TypeError || error instanceof DOMException
}

/**
 * What a refused call means. `busy`: too many calls at once. `overworked`: the method's share of time is used up
 * until `waitMs` from now. `expired`: the access token. `broken`: may work when tried again. `final`: will not.
 */
export type Problem = {
  readonly kind: 'busy' | 'overworked' | 'expired' | 'broken' | 'final'
  readonly code: string
  readonly message: string
  readonly waitMs?: number
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

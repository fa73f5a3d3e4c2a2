export type Posted<T> = {
  readonly value: T | null
  /** What went wrong, in words. */
  readonly error: string | null
  readonly isAborted: boolean
}

/** Posts JSON to the portal's own server; never throws. */
export async function postJson<T>(url: string, body: unknown, signal?: AbortSignal): Promise<Posted<T>> {
  return send<T>(url, { method: 'POST', body: JSON.stringify(body), ...(signal ? { signal } : {}) })
}

/** Sends a request with a JSON body or none; the answer's shape is the server's contract. */
export async function send<T>(url: string, init: RequestInit): Promise<Posted<T>> {
  try {
    const response = await fetch(url, { ...init, headers: { 'content-type': 'application/json' } })
    const answered: unknown = await response.json().catch(() => null)
    if (response.ok) return { value: answered as T, error: null, isAborted: false }
    return {
      value: null,
      error: wordsOf(answered) ?? `${response.status} ${response.statusText}`,
      isAborted: false,
    }
  } catch (cause) {
    const isAborted = init.signal?.aborted === true
    return { value: null, error: isAborted ? null : String(cause), isAborted }
  }
}

function wordsOf(answered: unknown): string | null {
  if (typeof answered !== 'object' || answered === null) return null
  if ('error' in answered && typeof answered.error === 'string') return answered.error
  return 'message' in answered && typeof answered.message === 'string' ? answered.message : null
}

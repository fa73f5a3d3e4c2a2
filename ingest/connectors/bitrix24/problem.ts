import type { Problem } from '../../declarative/problem.ts'
import { isRecord } from '../../declarative/record.ts'

const KINDS: Readonly<Record<string, Problem['kind']>> = {
  QUERY_LIMIT_EXCEEDED: 'busy',
  OVERLOAD_LIMIT: 'busy',
  OPERATION_TIME_LIMIT: 'overworked',
  expired_token: 'expired',
}

// The service measures a method's time over ten minutes and does not say when it is free again.
const OVERWORKED_MS = 120_000

/** What is wrong with an answer; within `batch` errors come with status 200, so the body decides first. */
export function problemOf(status: number, body: unknown): Problem | null {
  if (isRecord(body) && 'error' in body) return problemOfError(body, status)
  if (status >= 200 && status < 300 && isRecord(body)) return firstOfBatch(body['result'])
  const kind = status >= 500 || status === 429 || status < 300 ? 'broken' : 'final'
  return { kind, code: `HTTP ${status}`, message: 'the service gave no readable answer' }
}

function problemOfError(error: Readonly<Record<string, unknown>>, status: number): Problem {
  const code = String(error['error'] ?? '') || `HTTP ${status}`
  const message = String(error['error_description'] ?? '') || 'the service refused the call'
  const kind = KINDS[code] ?? (status >= 500 || status === 429 ? 'broken' : 'final')
  return kind === 'overworked' ? { kind, code, message, waitMs: OVERWORKED_MS } : { kind, code, message }
}

// A batch whose first call failed brought nothing; one that failed later brought the pages before it.
function firstOfBatch(result: unknown): Problem | null {
  if (!isRecord(result) || !isRecord(result['result_error'])) return null
  const hasPages = isRecord(result['result']) && Object.keys(result['result']).length > 0
  const [first] = Object.values(result['result_error'])
  return hasPages || !isRecord(first) ? null : problemOfError(first, 200)
}

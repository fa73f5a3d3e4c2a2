import { logLine } from '#lib/server/log.ts'
import { randomUUID } from 'node:crypto'

type Where = { readonly path: string; readonly method: string }
export type Described = { readonly status: number; readonly message: string; readonly id: string }

/** Rooms are bundled apart from the portal, so an error is known by its name, not by its class. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown'
}

/** Whether the request was given up: by its signal, or, in the middle of its body, by its connection. */
function isLeft(error: unknown): boolean {
  if (nameOf(error) === 'AbortError') return true
  return (
    error instanceof Error && 'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted'
  )
}

/**
 * Turns a thrown error into what a person may read. A UserError's message is written for people;
 * anything else is logged in full under a code and shown without detail.
 */
export function describeError(
  error: unknown,
  where: Where,
  log: (line: string) => void = logLine,
): Described {
  const id = randomUUID().slice(0, 8)
  if (nameOf(error) === 'UserError' && error instanceof Error) {
    return { status: 400, message: error.message, id }
  }
  // The reader left or asked anew: nobody waits for the answer.
  if (isLeft(error)) return { status: 499, message: 'Cancelled', id }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  log(
    `level=error event=portal_error id=${id} method=${where.method} path=${where.path} detail=${JSON.stringify(detail)}`,
  )
  return { status: 500, message: 'Something went wrong', id }
}

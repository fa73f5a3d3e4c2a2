/** One thing wrong in a file: where it is and what it is. `line` and `column` count from 1. */
export type Problem = {
  readonly path: string
  readonly message: string
  readonly line?: number
  readonly column?: number
}

/**
 * Wrong input or configuration: the person can mend it. Printed without a stack; exit code 1, HTTP 400.
 * The message says what happened, with what value and where, and what to do.
 */
export class UserError extends Error {
  readonly problems: readonly Problem[]

  constructor(message: string, options: { cause?: unknown; problems?: readonly Problem[] } = {}) {
    super(message, causeOf(options))
    this.name = 'UserError'
    this.problems = options.problems ?? []
  }
}

/** A source (CRM, telephony, file) answered wrongly or not at all. `retryable`: the same call may work later. */
export class SourceError extends Error {
  readonly source: string
  readonly stream: string | undefined
  readonly status: number | undefined
  readonly retryable: boolean

  constructor(
    message: string,
    options: { source: string; stream?: string; status?: number; retryable?: boolean; cause?: unknown },
  ) {
    super(message, causeOf(options))
    this.name = 'SourceError'
    this.source = options.source
    this.stream = options.stream
    this.status = options.status
    this.retryable = options.retryable ?? false
  }
}

/** A statement that a database refused, with its SQL for the log (never for the person). */
export class QueryError extends Error {
  readonly sql: string

  constructor(message: string, options: { sql: string; cause?: unknown }) {
    super(message, causeOf(options))
    this.name = 'QueryError'
    this.sql = options.sql
  }
}

/** What an error says, whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

// By name, not by class: the portal's bundle has its own copy of these classes.

/** Whether the person can mend this error: its message is theirs to read. */
export function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === 'UserError'
}

/** Whether a source caused this error. */
export function isSourceError(error: unknown): error is SourceError {
  return error instanceof Error && error.name === 'SourceError'
}

/** Whether a database refused a statement. */
export function isQueryError(error: unknown): error is QueryError {
  return error instanceof Error && error.name === 'QueryError'
}

function causeOf(options: { cause?: unknown }): ErrorOptions | undefined {
  return options.cause === undefined ? undefined : { cause: options.cause }
}

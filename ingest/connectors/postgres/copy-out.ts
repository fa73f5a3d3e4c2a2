import type { Client, Connection, Submittable } from 'pg'

/**
 * Runs `COPY … TO STDOUT` and hands over its rows: the server sends one message for each. Not for parameters, which
 * COPY doesn't take.
 */
export function copyOut(client: Client, sql: string, onRow: (row: Uint8Array) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(submittable(sql, { onRow, resolve, reject }))
  })
}

type Outcome = {
  readonly onRow: (row: Uint8Array) => void
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

type Handlers = Submittable & {
  handleCopyData(message: { readonly chunk: Uint8Array }): void
  handleCommandComplete(): void
  handleReadyForQuery(): void
  handleError(error: Error): void
}

function submittable(sql: string, { onRow, resolve, reject }: Outcome): Handlers {
  return {
    submit: (connection: Connection) => {
      connection.query(sql)
    },
    handleCopyData: ({ chunk }) => onRow(chunk),
    handleCommandComplete: () => {},
    handleReadyForQuery: resolve,
    handleError: reject,
  }
}

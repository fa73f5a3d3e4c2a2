/** Where the semantic layer writes: one line per event. */
export type Logger = {
  info(message: string): void
  warn(message: string): void
  /** Cube's own events; they contain SQL and values, so they are for debugging only. */
  cube(message: string, details: Record<string, unknown>): void
}

/** Writes nothing. */
export const silent: Logger = { info: () => {}, warn: () => {}, cube: () => {} }

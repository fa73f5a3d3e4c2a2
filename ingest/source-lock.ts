import type { Workspace } from '#workspace'

export type SourceLockOptions = {
  readonly sources: readonly string[]
  /** A word for people, e.g. `sync`. */
  readonly owner: string
  /** How long to wait for each source, in milliseconds. */
  readonly waitMs: number
}

/**
 * Runs `work` while no other run reads these sources. They are taken in one order, so that two runs never wait for
 * each other. Throws UserError that names who holds a source that is not free in time.
 */
export function withSourceLocks<T>(
  { locks }: Pick<Workspace, 'locks'>,
  { sources, ...options }: SourceLockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const take = (names: readonly string[]): Promise<T> => {
    const [first, ...rest] = names
    return first === undefined ? work() : locks.withLock(`sync ${first}`, options, () => take(rest))
  }
  return take([...new Set(sources)].sort())
}

import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Config } from '#config'
import { withWarehouse } from '#warehouse'
import type { Connection } from '#warehouse'
import type { Workspace } from '#workspace'

/** The raw warehouse, in turns with other merges and with builds. */
export type RawAccess = {
  /** Waits for its turn, however long a build takes. Work that memory does not suffice for is begun once more. */
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>
}

const BUILD_MS = 2 * 60 * 60_000
const FILE_WAIT_MS = 30_000

/**
 * What a merge holds in memory however many rows it has, for what each core works on and never less than for two; beyond
 * that, DuckDB lays rows on the disk beside its file.
 */
const MEMORY_LIMIT = `${64 * Math.max(2, availableParallelism())}MB`

/** `prepare` runs once, before the first use. */
export function rawAccess(
  config: Pick<Config, 'dataDir'>,
  workspace: Pick<Workspace, 'locks'>,
  prepare: (connection: Connection) => Promise<void>,
): RawAccess {
  const file = join(config.dataDir, 'raw.duckdb')
  let isPrepared = false
  const open = <T>(work: (connection: Connection) => Promise<T>, limit: { readonly memoryLimit?: string }) =>
    withWarehouse(file, { waitMs: FILE_WAIT_MS, ...limit }, async (connection) => {
      if (!isPrepared) await prepare(connection)
      isPrepared = true
      return work(connection)
    })
  // What cannot be done within the limit, for its rows are huge, is done with what the machine has.
  const inTurn = <T>(work: (connection: Connection) => Promise<T>) =>
    open(work, { memoryLimit: MEMORY_LIMIT }).catch((error: unknown) => {
      if (!isOutOfMemory(error)) throw error
      return open(work, {})
    })
  return {
    use: (work) => workspace.locks.withLock('raw', { owner: 'merge', waitMs: BUILD_MS }, () => inTurn(work)),
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Out of Memory Error')
}

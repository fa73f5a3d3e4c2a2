import { join } from 'node:path'
import type { Config } from '#config'
import { withWarehouse } from '#warehouse'
import type { Connection } from '#warehouse'
import type { Workspace } from '#workspace'

/** The raw warehouse, in turns with other merges and with builds. */
export type RawAccess = {
  /** Waits for its turn, however long a build takes. */
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>
}

const BUILD_MS = 2 * 60 * 60_000
const FILE_WAIT_MS = 30_000

/** `prepare` runs once, before the first use. */
export function rawAccess(
  config: Pick<Config, 'dataDir'>,
  workspace: Pick<Workspace, 'locks'>,
  prepare: (connection: Connection) => Promise<void>,
): RawAccess {
  const file = join(config.dataDir, 'raw.duckdb')
  let isPrepared = false
  const open = <T>(work: (connection: Connection) => Promise<T>) =>
    withWarehouse(file, { waitMs: FILE_WAIT_MS }, async (connection) => {
      if (!isPrepared) await prepare(connection)
      isPrepared = true
      return work(connection)
    })
  return {
    use: (work) => workspace.locks.withLock('raw', { owner: 'merge', waitMs: BUILD_MS }, () => open(work)),
  }
}

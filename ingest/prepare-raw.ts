import type { Config } from '#config'
import { ensureRawCatalog } from '#warehouse'
import type { Workspace } from '#workspace'
import { rawAccess } from './raw-access.ts'
import { connectorsOf, rawConnectorsOf } from './registry.ts'

/**
 * Makes every table that the models read exist, as a sync does before it reads: after an upgrade there may be new ones.
 * Waits for its turn at the raw warehouse.
 */
export function prepareRaw(config: Config, workspace: Workspace): Promise<void> {
  const wanted = rawConnectorsOf(config, connectorsOf(workspace))
  const raw = rawAccess(config, workspace, (connection) => ensureRawCatalog(connection, wanted))
  return raw.use(async () => {})
}

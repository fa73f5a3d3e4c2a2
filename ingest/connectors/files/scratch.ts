import { join } from 'node:path'
import type { Config } from '#config'

/** Where files that DuckDB can't read itself are kept as UTF-8 until they are merged. */
export function scratchFolder(config: Pick<Config, 'dataDir'>, source: string): string {
  return join(config.dataDir, 'spool', source, '_files')
}

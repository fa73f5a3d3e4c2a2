import { join } from 'node:path'
import type { Connection } from '#warehouse'
import { literal } from '#warehouse'
import { forgetFiles } from './connectors/files/cursor.ts'
import { rawAccess } from './raw-access.ts'
import { withSourceLocks } from './source-lock.ts'
import { openSpool } from './spool.ts'
import { syncSources } from './sync.ts'
import type { SyncOptions, SyncSummary } from './sync.ts'

/**
 * Reads the files again that have rows in quarantine, after their mapping or their rules were mended, and syncs their
 * sources. Rows that can be used now are merged and leave quarantine. What an API could not give in a usable form is
 * replaced when its record changes there.
 */
export async function retryQuarantine(options: SyncOptions): Promise<SyncSummary> {
  const { config, workspace } = options
  const sources = options.sources ?? config.sources.map(({ name }) => name)
  const lock = { sources, owner: 'retry', waitMs: options.waitMs ?? 0 }
  const names = await withSourceLocks(workspace, lock, () =>
    rawAccess(config, workspace, async () => {}).use((connection) => forgetQuarantined(connection, options)),
  )
  return syncSources({ ...options, sources: names })
}

async function forgetQuarantined(
  connection: Connection,
  { config, sources }: SyncOptions,
): Promise<readonly string[]> {
  const rows = await connection.query(
    `select q.source_name, q.entity, list(distinct q.file) as files, any_value(c.cursor)::varchar as cursor, any_value(c.spool_sequence) as sequence
     from raw_embut.quarantine as q join raw_embut.cursors as c on c.source_name = q.source_name and c.stream = q.entity
     where q.resolved_at is null and q.file is not null group by q.source_name, q.entity order by all`,
  )
  const wanted = rows.filter((row) => sources?.includes(String(row['source_name'])) ?? true)
  for (const row of wanted) {
    const [source, stream] = [String(row['source_name']), String(row['entity'])]
    const files = Array.isArray(row['files']) ? row['files'].map(String) : []
    const cursor = forgetFiles(JSON.parse(String(row['cursor'])), files)
    await connection.run(
      `update raw_embut.cursors set cursor = $1
       where source_name = ${literal(source)} and stream = ${literal(stream)}`,
      [JSON.stringify(cursor)],
    )
    const spool = await openSpool(join(config.dataDir, 'spool', source, stream))
    await spool.remove(await spool.pending())
    await spool.settle({ cursor, sequence: Number(row['sequence']) })
  }
  return [...new Set(wanted.map((row) => String(row['source_name'])))]
}

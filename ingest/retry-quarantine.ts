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
 * Tries the rows in quarantine again, after their source, its mapping or a rule was mended: files that hold such rows
 * are read again, and an API is asked anew for the streams they came in. Rows that can be used now are merged and leave
 * quarantine. A webhook cannot be asked; its rows leave when the same record is sent again.
 */
export async function retryQuarantine(options: SyncOptions): Promise<SyncSummary> {
  const { config, workspace } = options
  const sources = options.sources ?? config.sources.map(({ name }) => name)
  const lock = { sources, owner: 'retry', waitMs: options.waitMs ?? 0 }
  const { files, streams } = await withSourceLocks(workspace, lock, () =>
    rawAccess(config, workspace, async () => {}).use(async (connection) => ({
      files: await forgetQuarantined(connection, options),
      streams: await quarantinedStreams(connection, options),
    })),
  )
  let summary = await syncSources({ ...options, sources: files })
  for (const [source, names] of streams) {
    const again = await syncSources({ ...options, sources: [source], streams: names, isFull: true })
    summary = joined(summary, again)
  }
  return summary
}

function joined(first: SyncSummary, then: SyncSummary): SyncSummary {
  return {
    runId: then.runId,
    loads: [...first.loads, ...then.loads],
    failures: [...first.failures, ...then.failures],
  }
}

/** By source, the streams of APIs that have rows in quarantine. */
async function quarantinedStreams(
  connection: Connection,
  { config, sources }: SyncOptions,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await connection.query(
    `select source_name, list(distinct entity order by entity) as streams from raw_embut.quarantine
     where resolved_at is null and file is null group by source_name order by source_name`,
  )
  const asked = new Set(
    config.sources.filter(({ connector }) => connector !== 'webhook').map(({ name }) => name),
  )
  const names = rows.map((row): [string, readonly string[]] => [
    String(row['source_name']),
    Array.isArray(row['streams']) ? row['streams'].map(String) : [],
  ])
  return new Map(names.filter(([name]) => asked.has(name) && (sources?.includes(name) ?? true)))
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

import { join } from 'node:path'
import type { Connection } from '#warehouse'
import { literal } from '#warehouse'
import { forgetFiles } from './connectors/files/cursor.ts'
import { rawAccess } from './raw-access.ts'
import { withSourceLocks } from './source-lock.ts'
import { openSpool } from './spool.ts'
import { syncSources } from './sync.ts'
import { SENT, storeAgain } from './webhook.ts'
import type { SyncOptions, SyncSummary } from './sync.ts'

/**
 * Tries the rows in quarantine again, after their source, its mapping or a rule was mended: files that hold such rows
 * are read again, an API is asked anew for the streams they came in, and what a webhook sent is read as it came. Rows
 * that can be used now are merged and leave quarantine.
 */
export async function retryQuarantine(options: SyncOptions): Promise<SyncSummary> {
  const { config, workspace } = options
  const sources = options.sources ?? config.sources.map(({ name }) => name)
  const lock = { sources, owner: 'retry', waitMs: options.waitMs ?? 0 }
  const { again, streams } = await withSourceLocks(workspace, lock, () =>
    rawAccess(config, workspace, async () => {}).use(async (connection) => ({
      again: [
        ...(await forgetQuarantined(connection, options)),
        ...(await sendAgain(connection, options, sources)),
      ],
      streams: await quarantinedStreams(connection, options),
    })),
  )
  let summary = await syncSources({ ...options, sources: again })
  for (const [source, names] of streams) {
    const next = await syncSources({ ...options, sources: [source], streams: names, isFull: true })
    summary = joined(summary, next)
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

/**
 * Puts what webhooks sent and could not be used back into their inboxes. Only then do the rows leave quarantine: those
 * that still cannot be used come into it anew. Returns the sources.
 */
async function sendAgain(
  connection: Connection,
  { config, now = () => new Date() }: SyncOptions,
  sources: readonly string[],
): Promise<readonly string[]> {
  const hooks = config.sources.filter(
    ({ name, connector }) => connector === 'webhook' && sources.includes(name),
  )
  const sent = `json_extract_string("row", '$.${SENT}')`
  const among = `source_name in (${hooks.map(({ name }) => literal(name)).join(', ')}) and resolved_at is null`
  if (hooks.length === 0) return []
  const rows = await connection.query(
    `select quarantine_id, source_name, entity, ${sent} as sent from raw_embut.quarantine
     where ${among} and ${sent} is not null order by all`,
  )
  for (const { source_name: source, entity, sent: text, quarantine_id: id } of rows) {
    const again = { sent: JSON.parse(String(text)), stream: String(entity), now: now() }
    await storeAgain(join(config.dataDir, 'spool', String(source)), again)
    await connection.run(
      `update raw_embut.quarantine set resolved_at = now()::timestamp where ${among} and quarantine_id = $1`,
      [String(id)],
    )
  }
  return [...new Set(rows.map((row) => String(row['source_name'])))]
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

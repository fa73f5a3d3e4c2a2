import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '#config'
import { retryQuarantine } from '#ingest'
import { literal, withWarehouse, type Row } from '#warehouse'
import type { Workspace } from '#workspace'
import { printLoads } from '../print-loads.ts'

const SHOWN = 20
const WAIT_MS = 30_000

/** Shows rows that could not be used, each with its place and the reason; at most `SHOWN`, and how many there are. */
export async function showQuarantine(config: Config, source: string | undefined): Promise<number> {
  const file = join(config.dataDir, 'raw.duckdb')
  const rows = existsSync(file) ? await readQuarantine(file, source) : []
  if (rows.length === 0) {
    process.stdout.write('No rows are in quarantine.\n')
    return 0
  }
  for (const row of rows.slice(0, SHOWN)) process.stdout.write(`${describeRow(row)}\n`)
  const total = Number(rows[0]?.['total'] ?? rows.length)
  if (total > SHOWN) process.stdout.write(`… and ${total - SHOWN} more\n`)
  process.stdout.write('\nMend the mapping or the source, then: embut sources quarantine --retry\n')
  return 0
}

function readQuarantine(file: string, source: string | undefined): Promise<readonly Row[]> {
  const own = source === undefined ? '' : `and source_name = ${literal(source)}`
  return withWarehouse(file, { readOnly: true, waitMs: WAIT_MS }, (connection) =>
    connection.query(
      `select source_name, entity, file, line, column_name, "value", reason, left("row"::varchar, 200) as sample,
         count(*) over () as total
       from raw_embut.quarantine where resolved_at is null ${own} order by load_id desc, file, line limit ${SHOWN}`,
    ),
  )
}

function describeRow(row: Row): string {
  const text = (name: string) => (row[name] === null ? '' : String(row[name]))
  const place = text('file') === '' ? '' : ` ${text('file')}:${text('line')}`
  const value = text('column_name') === '' ? '' : ` ${text('column_name')}=${text('value')}`
  return `${text('source_name')}.${text('entity')}${place}${value}\n  ${text('reason')}\n  ${text('sample')}`
}

/** Reads files with rows in quarantine again. Exit code 1 when a source failed. */
export async function retryQuarantined(
  config: Config,
  workspace: Workspace,
  source: string | undefined,
): Promise<number> {
  const sources = source === undefined ? {} : { sources: [source] }
  return printLoads(await retryQuarantine({ config, workspace, ...sources }))
}

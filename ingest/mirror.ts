import type { Connection, LedgerLine } from '#warehouse'
import { readLedger } from '#warehouse'
import type { Load, QuarantineSummary, Workspace } from '#workspace'

export type MirrorTarget = Pick<Workspace, 'loads' | 'quarantineSummaries'>

/** Copies ledger lines that the workspace doesn't have yet: the process may have died between merge and mirror. */
export async function repairMirror(connection: Connection, workspace: MirrorTarget): Promise<void> {
  const lines = await readLedger(connection, await workspace.loads.lastLoadId())
  await mirrorLoads(connection, workspace, lines)
}

/**
 * Copies ledger lines with their quarantine summaries to the workspace, which pages read instead of the warehouse.
 * Can be repeated. The line goes last, so a line that is there has its summary.
 */
export async function mirrorLoads(
  connection: Connection,
  workspace: MirrorTarget,
  lines: readonly LedgerLine[],
): Promise<void> {
  for (const line of lines.filter(({ rowsQuarantined }) => rowsQuarantined > 0)) {
    await workspace.quarantineSummaries.replace(line.loadId, line.source, await summariesOf(connection, line))
  }
  await workspace.loads.record(lines.map(mirrored))
}

async function summariesOf(
  connection: Connection,
  line: LedgerLine,
): Promise<Omit<QuarantineSummary, 'loadId' | 'sourceName'>[]> {
  const rows = await connection.query(
    `select entity, coalesce(column_name, '') as column_name, reason, count(*) as n
     from raw_embut.quarantine where load_id = $1 group by all order by all`,
    [line.loadId],
  )
  return rows.map((row) => ({
    entity: String(row['entity']),
    column: String(row['column_name']),
    reason: String(row['reason']),
    rows: Number(row['n']),
  }))
}

function mirrored(line: LedgerLine): Load {
  const { source, startedAt, finishedAt, ...counts } = line
  return {
    ...counts,
    sourceName: source,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
  }
}

import type { Connection, LedgerLine } from '#warehouse'
import { readLedger } from '#warehouse'
import type { Load, Workspace } from '#workspace'

export type MirrorTarget = Pick<Workspace, 'loads'>

/** Copies ledger lines that the workspace doesn't have yet: the process may have died between merge and mirror. */
export async function repairMirror(connection: Connection, workspace: MirrorTarget): Promise<void> {
  const lines = await readLedger(connection, await workspace.loads.lastLoadId())
  await mirrorLoads(workspace, lines)
}

/** Copies ledger lines to the workspace, which pages read instead of the warehouse. Can be repeated. */
export async function mirrorLoads(workspace: MirrorTarget, lines: readonly LedgerLine[]): Promise<void> {
  await workspace.loads.record(lines.map(mirrored))
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

import type { SyncSummary } from '#ingest'

/** Prints what a sync landed, one line per stream that changed or failed. Returns the exit code: 1 when a source failed. */
export function printLoads(summary: SyncSummary): number {
  for (const load of summary.loads) {
    const { source, stream, rowsInserted, rowsUpdated, rowsDeleted, rowsQuarantined } = load
    if (rowsInserted + rowsUpdated + rowsDeleted + rowsQuarantined === 0) continue
    const trouble = rowsQuarantined === 0 ? '' : `, ${rowsQuarantined} in quarantine`
    process.stdout.write(`${source}.${stream}: +${rowsInserted} ~${rowsUpdated} -${rowsDeleted}${trouble}\n`)
  }
  for (const failure of summary.failures) process.stderr.write(`✖ ${failure.source}: ${failure.message}\n`)
  return summary.failures.length === 0 ? 0 : 1
}

import type { QuarantineSummary } from '#workspace'

export type UnusedGroup = Omit<QuarantineSummary, 'loadId'>

/** The newest summary of every source, entity, field and reason, the most rows first. */
export function groupUnused(summaries: readonly QuarantineSummary[]): readonly UnusedGroup[] {
  const newest = new Map<string, QuarantineSummary>()
  for (const summary of summaries) {
    const key = [summary.sourceName, summary.entity, summary.column, summary.reason].join('\0')
    const known = newest.get(key)
    if (known === undefined || known.loadId < summary.loadId) newest.set(key, summary)
  }
  return [...newest.values()].sort((a, b) => b.rows - a.rows)
}

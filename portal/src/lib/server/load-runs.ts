import type { Load } from '#workspace'

/** One look at one source: all its streams together, as the ledger counted them. */
export type LoadRun = Pick<
  Load,
  | 'loadId'
  | 'sourceName'
  | 'startedAt'
  | 'rowsRead'
  | 'rowsInserted'
  | 'rowsUpdated'
  | 'rowsDeleted'
  | 'rowsQuarantined'
  | 'durationMs'
  | 'flags'
> & {
  /** Streams that brought something, by name. */
  readonly streams: readonly Load[]
}

const COUNTS = ['rowsRead', 'rowsInserted', 'rowsUpdated', 'rowsDeleted', 'rowsQuarantined'] as const

/** The ledger's lines by load and source, newest first. */
export function loadRuns(loads: readonly Load[]): readonly LoadRun[] {
  const groups = Map.groupBy(loads, ({ sourceName, startedAt }) => `${sourceName}/${startedAt.slice(0, 19)}`)
  return [...groups.values()].flatMap((lines) => {
    const [first] = lines
    if (!first) return []
    const sums = Object.fromEntries(
      COUNTS.map((name) => [name, lines.reduce((sum, line) => sum + line[name], 0)]),
    ) as Pick<Load, (typeof COUNTS)[number]>
    const startedAt = lines.map((line) => line.startedAt).sort()[0] ?? first.startedAt
    return {
      ...{ loadId: first.loadId, sourceName: first.sourceName, startedAt, ...sums },
      durationMs: Math.max(...lines.map((line) => line.durationMs)),
      flags: [...new Set(lines.flatMap((line) => line.flags))],
      streams: lines.filter(hasBrought),
    }
  })
}

/** True when a load changed something, or has something to say. */
export function hasBrought(line: Omit<LoadRun, 'streams' | 'loadId' | 'sourceName' | 'startedAt'>): boolean {
  const { rowsInserted, rowsUpdated, rowsDeleted, rowsQuarantined, flags } = line
  return rowsInserted + rowsUpdated + rowsDeleted + rowsQuarantined > 0 || flags.length > 0
}

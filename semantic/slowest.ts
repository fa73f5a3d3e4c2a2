import type { Reader } from '#config'
import { selectedMembers, type CubeQuery } from './query.ts'

/** What was asked that took long: the members it shows, never the values it was filtered by. */
export type SlowQuery = {
  /** Dimensions, times and measures, in order. */
  readonly members: readonly string[]
  /** The longest it took, in milliseconds. */
  readonly durationMs: number
  /** When that was asked, ISO 8601 UTC, and by whom. */
  readonly askedAt: string
  readonly userId: string
  /** Whether it was answered then; false when it failed or its reader went away. */
  readonly isAnswered: boolean
  /** How often it took long. */
  readonly times: number
}

export type Slowest = {
  /** Does the work, and notes it where it takes long, however it ends. */
  timed<T>(asked: { readonly reader: Reader; readonly query: CubeQuery }, work: () => Promise<T>): Promise<T>
  /** What took long in the last 24 hours, the slowest first, each set of members once. */
  list(): readonly SlowQuery[]
}

type Options = {
  /** What takes this long is slow; a second unless told, since pages are to answer within one. */
  readonly slowMs?: number | undefined
  readonly now?: () => Date
}
type Occurrence = Omit<SlowQuery, 'times'>

const SLOW_MS = 1000
const DAY_MS = 86_400_000
const MOST_KEPT = 500

/** Keeps the last slow queries in memory, so that nothing is written for a query that is asked. */
export function createSlowest({ slowMs = SLOW_MS, now = () => new Date() }: Options = {}): Slowest {
  const kept: Occurrence[] = []
  const note = (occurrence: Occurrence): void => {
    if (occurrence.durationMs < slowMs) return
    kept.push(occurrence)
    if (kept.length > MOST_KEPT) kept.shift()
  }
  return {
    async timed({ reader, query }, work) {
      const started = now()
      const end = (isAnswered: boolean): void =>
        note({
          members: selectedMembers(query),
          durationMs: now().getTime() - started.getTime(),
          askedAt: started.toISOString(),
          userId: reader.userId,
          isAnswered,
        })
      try {
        const answer = await work()
        end(true)
        return answer
      } catch (error) {
        end(false)
        throw error
      }
    },
    list() {
      const since = new Date(now().getTime() - DAY_MS).toISOString()
      const recent = kept.filter(({ askedAt }) => askedAt >= since)
      const groups = Map.groupBy(recent, ({ members }) => JSON.stringify(members))
      return [...groups.values()].flatMap(slowestOf).sort((a, b) => b.durationMs - a.durationMs)
    },
  }
}

function slowestOf(occurrences: readonly Occurrence[]): readonly SlowQuery[] {
  const [slowest] = occurrences.toSorted((a, b) => b.durationMs - a.durationMs)
  return slowest === undefined ? [] : [{ ...slowest, times: occurrences.length }]
}

import type { LoadRecord } from './workspace.ts'

export type SourceState = {
  readonly name: string
  readonly connector: string
  readonly lastAt: string | null
  readonly isFresh: boolean
  readonly hasFailed: boolean
  readonly error: string | null
}
export type Freshness = {
  readonly sources: readonly SourceState[]
  readonly freshCount: number
  /** Oldest last load over the sources that have one: what is shown is at least this fresh. */
  readonly asOf: string | null
}

type Source = { readonly name: string; readonly connector: string }
type Options = { readonly now: Date; readonly syncMinutes: number }

const WORKSPACE_SOURCE = 'workspace'

function stateOf(source: Source, loads: readonly LoadRecord[], { now, syncMinutes }: Options): SourceState {
  const own = loads.filter((load) => load.sourceName === source.name)
  const finished = own.filter((load) => load.error === null && load.finishedAt !== null)
  const lastAt =
    finished
      .map((load) => load.finishedAt ?? '')
      .sort()
      .at(-1) ?? null
  const newest = [...own].sort((a, b) => a.startedAt.localeCompare(b.startedAt)).at(-1)
  const limit = Math.max(15, syncMinutes * 3) * 60_000
  return {
    ...source,
    lastAt,
    isFresh: lastAt !== null && now.getTime() - new Date(lastAt).getTime() <= limit,
    hasFailed: newest?.error != null,
    error: newest?.error ?? null,
  }
}

/** How far every configured source is; a source is fresh within three syncs, at least 15 minutes. */
export function freshnessOf(
  sources: readonly Source[],
  loads: readonly LoadRecord[],
  options: Options,
): Freshness {
  const states = sources
    .filter((source) => source.name !== WORKSPACE_SOURCE)
    .map((source) => stateOf({ name: source.name, connector: source.connector }, loads, options))
  const times = states.flatMap(({ lastAt }) => (lastAt === null ? [] : [lastAt])).sort()
  return {
    sources: states,
    freshCount: states.filter((state) => state.isFresh && !state.hasFailed).length,
    asOf: times[0] ?? null,
  }
}

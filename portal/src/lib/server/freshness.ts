import type { Load } from '#workspace'

export type SourceState = {
  readonly name: string
  readonly connector: string
  readonly lastAt: string | null
  readonly isFresh: boolean
}
export type Freshness = {
  readonly sources: readonly SourceState[]
  readonly freshCount: number
  /** Oldest last load over the sources that have one: what is shown is at least this fresh. */
  readonly asOf: string | null
}

type Source = { readonly name: string; readonly connector: string }
type Options = { readonly now: Date; readonly syncMinutes: number }
type Finished = Pick<Load, 'sourceName' | 'finishedAt'>

function stateOf(source: Source, loads: readonly Finished[], { now, syncMinutes }: Options): SourceState {
  const times = loads.flatMap(({ sourceName, finishedAt }) =>
    sourceName === source.name && finishedAt !== null ? [finishedAt] : [],
  )
  const lastAt = times.sort().at(-1) ?? null
  const limit = Math.max(15, syncMinutes * 3) * 60_000
  const isInStep = lastAt !== null && now.getTime() - Date.parse(lastAt) <= limit
  // A folder is looked at on every sync but loads only what changed in it.
  const isFresh = source.connector === 'files' ? lastAt !== null : isInStep
  return { name: source.name, connector: source.connector, lastAt, isFresh }
}

/** How far every configured source is; a source is in step within three syncs, at least 15 minutes. */
export function freshnessOf(
  sources: readonly Source[],
  loads: readonly Finished[],
  options: Options,
): Freshness {
  const states = sources.map((source) => stateOf(source, loads, options))
  const times = states.flatMap(({ lastAt }) => (lastAt === null ? [] : [lastAt])).sort()
  return {
    sources: states,
    freshCount: states.filter((state) => state.isFresh).length,
    asOf: times[0] ?? null,
  }
}

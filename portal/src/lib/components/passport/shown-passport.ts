/** What the passport shows; a number of the semantic layer and a report both have it. */
export type ShownPassport = {
  readonly version: string
  readonly publishedAt: string
  readonly freshness: readonly { readonly source: string; readonly at: string | null }[]
  readonly members: readonly {
    readonly name: string
    readonly title: string
    readonly description: string
  }[]
  readonly filters: string
  readonly rows: number
  readonly isComplete: boolean
  readonly note?: string | undefined
  readonly definition: string
}

/** The moment of which all its sources tell: when the one that waits longest last loaded, as UTC text. */
export function asOf({ freshness, publishedAt }: Pick<ShownPassport, 'freshness' | 'publishedAt'>): string {
  const times = freshness.flatMap(({ at }) => (at === null ? [] : [at])).sort()
  return times[0] ?? publishedAt
}

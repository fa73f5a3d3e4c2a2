/**
 * How a month that runs goes beside its target, as the last build knows it. Amounts are decimal texts, shares
 * count 1 as 100 %; null where there is nothing to tell.
 */
export type Pace = {
  readonly target: string | null
  readonly actual: string
  /** Result divided by what the target expects of the working days that are over. */
  readonly index: string | null
  /** The result by the end of the month at the rate of the working days so far. */
  readonly runRate: string | null
  /** What each working day left has to bring; of several people the sum of theirs. */
  readonly requiredPerDay: string | null
  /** P(forecast ≥ target); null without a forecast of exactly these people. */
  readonly chance: string | null
}

export type Paces = {
  readonly people: ReadonlyMap<string, Pace>
  readonly departments: ReadonlyMap<string, Pace>
  /** Of everybody whom the reader sees. */
  readonly all: Pace | null
}

export type NoPace = 'closed' | 'over' | 'ahead'
type Month = { readonly month: string; readonly present: string; readonly isClosed: boolean }

/** Why a month has no pace; null for the one that runs. */
export function whyNoPace({ month, present, isClosed }: Month): NoPace | null {
  if (isClosed) return 'closed'
  if (month === present) return null
  return month < present ? 'over' : 'ahead'
}

import { fromHundredths, toHundredths } from './amount.ts'
import { fraction, ONE, over, plus, rounded, sumOf, times, ZERO, type Fraction } from './fraction.ts'
import type { Season } from './season.ts'
import { shareOut } from './share-out.ts'

/** What a month can be planned from for one person. Amounts are decimal texts of at most two digits. */
export type PlanPerson = {
  readonly key: string
  /** Results of complete months since the person began, the oldest first; at most half a year. */
  readonly history: readonly { readonly month: string; readonly value: string }[]
  /** What the person's open deals may bring in the month, each by its empirical chance. */
  readonly expected: string
  /** Per cent of full capacity: below 100 while the person is new, 0 for one who left. */
  readonly ramp: number
  /** Working days of the month on which the person is away. */
  readonly daysAway: number
}

export type PlanQuestion = {
  /** YYYY-MM */
  readonly month: string
  readonly people: readonly PlanPerson[]
  readonly season: Season
  readonly workingDaysOf: (month: string) => number
  /** What the parts must sum to; null for what history and season say. */
  readonly total: string | null
}

export const PART_KINDS = ['base', 'season', 'absence', 'pipeline', 'capacity', 'total', 'rounding'] as const
export type PartKind = (typeof PART_KINDS)[number]

/** A proposal whose parts add up to it exactly, with what each part was made of. */
export type Proposal = {
  readonly key: string
  readonly value: string
  readonly parts: readonly { readonly kind: PartKind; readonly value: string }[]
  readonly facts: {
    /** How many months the base is the mean of, and the first and last of them; null without any. */
    readonly months: number
    readonly from: string | null
    readonly to: string | null
    /** 0.08 is 8 % more than in the months of the base: season and working days together. */
    readonly seasonChange: string
    readonly workingDays: number
    readonly daysAway: number
    readonly expected: string
    /** Parts of the team, 0 to 1. */
    readonly pipelineShare: string
    readonly capacityShare: string
    readonly ramp: number
    /** 0.08: the total is 8 % above what history and season give. */
    readonly totalChange: string
  }
}

export type Proposed = {
  /** The sum of the proposals. */
  readonly total: string
  /** What history and season give by themselves. */
  readonly fromHistory: string
  readonly proposals: readonly Proposal[]
}

/** The blend of a share in per cent: history, pipeline, capacity. */
export const BLEND = { history: 60, pipeline: 20, capacity: 20 } as const
/** Capacity by the month since somebody began, in per cent. */
export const RAMP = [25, 50, 75] as const

/** Capacity in the n-th month since somebody began, the first being 1; full after the ramp. */
export function rampOf(monthNumber: number): number {
  return RAMP[Math.max(monthNumber, 1) - 1] ?? 100
}

type Measured = {
  readonly person: PlanPerson
  readonly base: Fraction
  readonly seasoned: Fraction
  readonly history: Fraction
  readonly pipeline: Fraction
  readonly capacity: Fraction
}
type Sums = Pick<Measured, 'history' | 'pipeline' | 'capacity'>

/**
 * Proposes a target for each person by the weighted fair share of metrics.md (targets):
 * T(person) = Total × share, share = α·history + β·pipeline + γ·capacity with α + β + γ = 1. History is the mean of the
 * person's months moved by season and working days; capacity is the ramp; all three count available days only. A share
 * that nobody has anything of gives its weight to the next. Largest remainders make the sum exact, in whole units
 * where the total is one, and each proposal's parts add up to it.
 */
export function propose(question: PlanQuestion): Proposed {
  const measured = question.people.map((person) => measure(person, question))
  const sums = {
    history: sumOf(measured.map(({ history }) => history)),
    pipeline: sumOf(measured.map(({ pipeline }) => pipeline)),
    capacity: sumOf(measured.map(({ capacity }) => capacity)),
  }
  const blend = blendOf(sums)
  const fromHistory = 100n * rounded(over(sums.history, fraction(100n)))
  const total = question.total === null ? fromHistory : toHundredths(question.total)
  const unit = total % 100n === 0n ? 100n : 1n
  const shares = measured.map((each) => shareOf(each, sums, blend))
  const values = shareOut(total / unit, shares).map((value) => value * unit)
  const explain = (each: Measured, at: number): Proposal =>
    explained(
      { each, sums, blend, total, unit, share: shares[at] ?? ZERO, value: values[at] ?? 0n },
      question,
    )
  return {
    total: fromHundredths(values.reduce((sum, value) => sum + value, 0n)),
    fromHistory: fromHundredths(fromHistory),
    proposals: measured.map(explain),
  }
}

function measure(person: PlanPerson, { month, season, workingDaysOf }: PlanQuestion): Measured {
  const weightOf = (one: string): Fraction =>
    times(season[Number(one.slice(5)) - 1] ?? ONE, fraction(BigInt(Math.max(workingDaysOf(one), 1))))
  const results = sumOf(person.history.map(({ value }) => fraction(toHundredths(value))))
  const base = over(results.n > 0n ? results : ZERO, fraction(BigInt(person.history.length)))
  const usual = over(
    sumOf(person.history.map((each) => weightOf(each.month))),
    fraction(BigInt(person.history.length)),
  )
  const seasoned = times(base, over(weightOf(month), usual))
  const days = Math.max(workingDaysOf(month), 1)
  const present = person.ramp === 0 ? 0 : Math.max(days - person.daysAway, 0)
  const available = fraction(BigInt(present), BigInt(days))
  const expected = toHundredths(person.expected)
  return {
    ...{ person, base, seasoned },
    history: times(seasoned, available),
    pipeline: times(fraction(expected > 0n ? expected : 0n), available),
    capacity: times(fraction(BigInt(person.ramp), 100n), available),
  }
}

/** α, β and γ: what there is nothing of gives its weight away, pipeline to history, history to capacity. */
function blendOf(sums: Sums): Sums {
  const pipeline = sums.pipeline.n === 0n ? 0 : BLEND.pipeline
  const history = sums.history.n === 0n ? 0 : BLEND.history + BLEND.pipeline - pipeline
  const part = (size: number): Fraction => fraction(BigInt(size), 100n)
  return { history: part(history), pipeline: part(pipeline), capacity: part(100 - history - pipeline) }
}

function shareOf(each: Sums, sums: Sums, blend: Sums): Fraction {
  if (sums.capacity.n === 0n) return ZERO
  const part = (name: keyof Sums): Fraction => times(blend[name], over(each[name], sums[name]))
  return sumOf([part('history'), part('pipeline'), part('capacity')])
}

type Explaining = {
  readonly each: Measured
  readonly sums: Sums
  readonly blend: Sums
  readonly total: bigint
  readonly unit: bigint
  readonly share: Fraction
  readonly value: bigint
}

/** The way from the base to the proposal, step by step; each step is rounded as a whole, so that the parts add up. */
function explained(given: Explaining, question: PlanQuestion): Proposal {
  const { each, sums, blend, total, unit, share, value } = given
  const pipelineShare = over(each.pipeline, sums.pipeline)
  const withPipeline = plus(
    times(plus(ONE, negative(blend.pipeline)), each.history),
    times(blend.pipeline, times(sums.history, pipelineShare)),
  )
  const steps: readonly (readonly [PartKind, Fraction])[] = [
    ['base', each.base],
    ['season', each.seasoned],
    ['absence', each.history],
    ['pipeline', withPipeline],
    ['capacity', times(sums.history, share)],
    ['total', times(fraction(total), share)],
    ['rounding', fraction(value)],
  ]
  const levels = steps.map(([, level]) => unit * rounded(over(level, fraction(unit))))
  const parts = steps.map(([kind], at) => ({ kind, size: (levels[at] ?? 0n) - (levels[at - 1] ?? 0n) }))
  return {
    key: each.person.key,
    value: fromHundredths(value),
    parts: parts
      .filter(({ kind, size }) => kind === 'base' || size !== 0n)
      .map(({ kind, size }) => ({ kind, value: fromHundredths(size) })),
    facts: factsOf(given, question, pipelineShare),
  }
}

function factsOf(
  { each, sums, total }: Explaining,
  { month, workingDaysOf }: PlanQuestion,
  pipelineShare: Fraction,
): Proposal['facts'] {
  const { history, daysAway, expected, ramp } = each.person
  return {
    months: history.length,
    from: history[0]?.month ?? null,
    to: history.at(-1)?.month ?? null,
    seasonChange: changeText(each.seasoned, each.base),
    workingDays: workingDaysOf(month),
    ...{ daysAway, expected, ramp },
    pipelineShare: ratioText(pipelineShare),
    capacityShare: ratioText(over(each.capacity, sums.capacity)),
    totalChange: changeText(fraction(total), sums.history),
  }
}

function changeText(now: Fraction, before: Fraction): string {
  return before.n === 0n ? '0' : ratioText(over(plus(now, negative(before)), before))
}

/** A ratio to four digits. */
function ratioText(value: Fraction): string {
  const size = rounded(times(value.n < 0n ? negative(value) : value, fraction(10_000n)))
  return String((value.n < 0n ? -1 : 1) * (Number(size) / 10_000))
}

function negative({ n, d }: Fraction): Fraction {
  return { n: -n, d }
}

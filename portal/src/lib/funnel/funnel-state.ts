import { defineUrlState, flag, list, oneOf, text, type UrlParameter } from '#lib/url/state.ts'
import { isAsOf } from '#semantic/report'

export const RULES = ['reached', 'visited', 'strict'] as const
export type Rule = (typeof RULES)[number]

export const BASES = ['cohort', 'moves'] as const
/** Deals followed from their creation, or moves as they happened. */
export type Basis = (typeof BASES)[number]

export const PERIODS = [
  'this_month',
  'last_month',
  'this_quarter',
  'last_quarter',
  'this_year',
  'last_year',
  'last_90_days',
  'last_12_months',
] as const
export type Period = (typeof PERIODS)[number]

/** What the funnel stands beside: an earlier period, or the chosen people, departments or sources one by one. */
export const AGAINST = ['nothing', 'previous', 'last_year', 'manager', 'department', 'source'] as const
export type Against = (typeof AGAINST)[number]

export const ALL_VERSIONS = 'all'

export type FunnelState = {
  readonly rule: Rule
  readonly basis: Basis
  /** A relative period, or two days as 2026-01-01..2026-01-31. */
  readonly period: string
  /** Empty for the pipeline with the most deals. */
  readonly pipeline: string
  /** A version of the pipeline, empty for the one with the most deals, `all` for all of them together. */
  readonly version: string
  readonly manager: readonly string[]
  readonly department: readonly string[]
  readonly source: readonly string[]
  /** Shows the three rules on the same deals. */
  readonly rules: boolean
  readonly against: Against
  /** The day at whose end the funnel stands as it was known then, a date or the end of a period; null for now. */
  readonly asOf: string | null
}

/** What the funnel page keeps in its address. */
export const funnelUrl = defineUrlState<FunnelState>({
  rule: oneOf(RULES, 'reached'),
  basis: oneOf(BASES, 'cohort'),
  period: text('last_12_months'),
  pipeline: text(),
  version: text(),
  manager: list(),
  department: list(),
  source: list(),
  rules: flag(),
  against: oneOf(AGAINST, 'nothing'),
  asOf: asOfParameter(),
})

function asOfParameter(): UrlParameter<string | null> {
  return {
    initial: null,
    read: ([first]) => (first !== undefined && isAsOf(first) ? first : null),
    write: (value) => (value === null ? [] : [value]),
  }
}

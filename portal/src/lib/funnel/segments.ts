import type { FunnelStage, Outcomes } from './funnel.ts'
import type { Rule } from './funnel-state.ts'

export const OUTCOMES = ['advanced', 'won', 'open', 'lost'] as const
export type Outcome = (typeof OUTCOMES)[number]

export type Segment = {
  readonly outcome: Outcome | 'unknown'
  readonly count: number
  /** Share of the longest bar, 0–1. */
  readonly width: number
}

/** The parts of a stage's bar, those without a deal left out. */
export function segmentsOf(stage: FunnelStage, rule: Rule, longest: number): Segment[] {
  const width = (count: number): number => (longest === 0 ? 0 : count / longest)
  const { outcomes } = stage
  if (outcomes === null) return [{ outcome: 'unknown', count: stage[rule], width: width(stage[rule]) }]
  return OUTCOMES.map((outcome) => ({
    outcome,
    count: countOf(outcomes, outcome),
    width: width(countOf(outcomes, outcome)),
  })).filter(({ count }) => count > 0)
}

function countOf(outcomes: Outcomes, outcome: Outcome): number {
  return outcomes[outcome]
}

/** How an outcome is drawn: a pattern of its own beside its colour. */
export const LOOKS: Readonly<Record<Segment['outcome'], string>> = {
  advanced: 'bg-chart-1',
  unknown: 'bg-chart-1',
  won: 'bg-chart-3',
  open: 'hatched',
  lost: 'bg-chart-compare',
}

import type { Messages } from '#lib/messages/index.ts'
import type { FunnelStage, MoveStage } from './funnel.ts'
import type { FunnelPick } from './funnel-drill.ts'
import type { FunnelState } from './funnel-state.ts'
import type { Segment } from './segments.ts'

type Picked = { readonly stage: FunnelStage; readonly outcome: Segment['outcome']; readonly count: number }

const MEASURES = { advanced: 'deals_advanced', open: 'deals_open', lost: 'deals_lost' } as const
const FIELDS = { advanced: 'is_advanced', open: 'is_open', lost: 'is_lost' } as const

/**
 * The deals behind a part of a stage's bar. Under "got at least this far" the measure of the outcome counts
 * them; under the other rules the outcome is a field of the deal. Won from a stage is none of the others.
 */
export function pickOutcome(
  { state }: { readonly state: FunnelState },
  picked: Picked,
  t: Messages,
): FunnelPick {
  const { stage, outcome, count } = picked
  const measure = `deals_${state.rule}`
  if (outcome === 'unknown') {
    return { title: `${stage.name} · ${t.funnel.rules[state.rule]}`, stage, measure, count }
  }
  const title = `${stage.name} · ${t.funnel.legend[outcome]}`
  if (outcome === 'won') return { title, stage, measure, lacks: Object.values(MEASURES), count }
  if (state.rule === 'reached') return { title, stage, measure: MEASURES[outcome], count }
  return { title, stage, measure, holds: [FIELDS[outcome]], count }
}

type PickedMoves = { readonly measure: 'moves_count' | 'returns_count'; readonly count: number }

export function pickMoves(stage: MoveStage, { measure, count }: PickedMoves, t: Messages): FunnelPick {
  const what = measure === 'moves_count' ? t.funnel.columns.moves : t.funnel.columns.returns
  return { title: `${stage.name} · ${what}`, stage, measure, count }
}

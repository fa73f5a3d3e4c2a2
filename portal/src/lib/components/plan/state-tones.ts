import type { PlanState } from '#workspace'

/** How a state of a plan is coloured; its name always stands beside the colour. */
export const STATE_TONES: Readonly<Record<PlanState, 'neutral' | 'accent' | 'good'>> = {
  draft: 'neutral',
  sent: 'accent',
  agreed: 'good',
  in_force: 'good',
  discarded: 'neutral',
}

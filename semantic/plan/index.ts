export { fromHundredths, nearestAmount, sumOfAmounts, toHundredths } from './amount.ts'
export {
  BLEND,
  PART_KINDS,
  propose,
  RAMP,
  rampOf,
  type PartKind,
  type PlanPerson,
  type PlanQuestion,
  type Proposal,
  type Proposed,
} from './propose.ts'
export { limitsOf, type ChangeLimits } from './limits.ts'
export { rebalance, type Balanced, type HeldCell } from './rebalance.ts'
export { FLAT, seasonOf, type Season, type TeamMonth } from './season.ts'

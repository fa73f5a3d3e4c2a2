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
export { FLAT, seasonOf, type Season, type TeamMonth } from './season.ts'

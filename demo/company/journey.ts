import type { Pipeline } from './catalogue.ts'
import { DAY } from './clock.ts'
import { itemAt, type Random } from './random.ts'
import { atOffice } from './season.ts'
import type { World } from './world.ts'

/** A deal's entry into a stage; `stage` is the stage's place in its pipeline. */
export type Step = { readonly stage: number; readonly at: number }

export type JourneyPlan = {
  readonly pipeline: Pipeline
  readonly from: number
  /** Chance that a deal like this is won. */
  readonly winChance: number
  /** How much longer than the pipeline's median it stays in each stage. */
  readonly slowness: number
}

const CAUTION: Readonly<Record<number, readonly number[]>> = {
  5: [0.4, 0.25, 0.18, 0.12, 0.05],
  3: [0.5, 0.3, 0.2],
}

/** The stages a deal went through until the as-of moment: with skips, returns, losses and reopenings. */
export function createJourney(plan: JourneyPlan, world: World, random: Random): readonly Step[] {
  const { pipeline } = plan
  const open = pipeline.stages.filter((stage) => stage.semantics === 'P').length
  const steps: Step[] = [{ stage: 0, at: plan.from }]
  let { winChance } = plan
  for (;;) {
    const { stage, at } = itemAt(steps, steps.length - 1)
    const leavesAt = leaveStage({ plan, stage, at, random, world })
    if (leavesAt > world.asOf) return steps
    const staysIn = winChance ** itemAt(CAUTION[open] ?? [], stage)
    if (random.chance(staysIn)) {
      steps.push(...moveOn({ stage, open, at: leavesAt, random }))
      if (itemAt(steps, steps.length - 1).stage === open) return steps
      continue
    }
    if (random.chance(0.05)) return steps
    const lost = loseStage(pipeline, random)
    steps.push({ stage: lost, at: leavesAt })
    const reopensAt = atOffice(leavesAt + random.int(8, 60) * DAY, { random, clock: world.clock })
    if (!random.chance(0.035) || reopensAt > world.asOf) return steps
    steps.push({ stage: Math.min(2, open - 1), at: reopensAt })
    winChance = 0.75
  }
}

type Leaving = { plan: JourneyPlan; stage: number; at: number; random: Random; world: World }

function leaveStage({ plan, stage, at, random, world }: Leaving): number {
  const days = itemAt(plan.pipeline.stages, stage).days * plan.slowness
  return atOffice(at + random.around(days, 0.85) * DAY, { random, clock: world.clock })
}

type Move = { readonly stage: number; readonly open: number; readonly at: number; readonly random: Random }

// The won stage follows the last open one, so moving on from there is winning.
function moveOn({ stage, open, at, random }: Move): Step[] {
  if (stage > 0 && stage < open - 1 && random.chance(0.04)) return [{ stage: stage - 1, at }]
  if (stage + 2 < open && random.chance(0.09)) return [{ stage: stage + 2, at }]
  if (stage + 2 < open && random.chance(0.015))
    return [
      { stage: stage + 1, at },
      { stage: stage + 2, at },
    ]
  return [{ stage: stage + 1, at }]
}

function loseStage(pipeline: Pipeline, random: Random): number {
  const lost = pipeline.stages.flatMap((stage, index) => (stage.semantics === 'F' ? [index] : []))
  return random.chance(0.9) ? itemAt(lost, 0) : itemAt(lost, lost.length - 1)
}

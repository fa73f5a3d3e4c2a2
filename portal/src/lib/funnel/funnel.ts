import type { Row } from '#services'
import type { Rule } from './funnel-state.ts'
import { wilson, type Interval } from '#semantic/report'

/** What became of the deals that a stage counts. Together they are the stage's deals. */
export type Outcomes = {
  readonly advanced: number
  readonly open: number
  readonly lost: number
  /** Neither went on, nor open, nor lost: won from here. */
  readonly won: number
}

export type FunnelStage = {
  readonly name: string
  readonly order: string
  readonly reached: number
  readonly visited: number
  readonly strict: number
  readonly skipped: number
  readonly returned: number
  /** Under the page's rule; null where the warehouse does not tell them apart. */
  readonly outcomes: Outcomes | null
  readonly amount: number
  /** Money of the deals that did not go further, lost and open alike. */
  readonly amountStopped: number
  /** Money of the deals lost here; null where the warehouse does not tell. */
  readonly amountLost: number | null
  /** Money of the deals still open here, which may be lost yet; null where the warehouse does not tell. */
  readonly amountOpen: number | null
}

/** How many of a stage's deals went on: at least `low`, and `high` if every open one does. */
export type Step = Interval & {
  readonly from: FunnelStage
  readonly entered: number
  readonly advanced: number
  readonly lost: number
  /** Where the share likely is when there are few deals. */
  readonly likely: Interval | null
}

const VIEW = 'pipeline_report'

/** Stages in the order of their pipeline from the rows of `stagesQuery`, and of `outcomesQuery` where there are. */
export function funnelStages(
  rows: readonly Row[],
  outcomes: readonly Row[] | null,
  rule: Rule,
): FunnelStage[] {
  const stages = rows.map((row) =>
    stageOf(row, outcomes?.filter((other) => isSameStage(row, other)) ?? null, rule),
  )
  return stages.map((stage, index) => {
    const next = stages[index + 1]
    return { ...stage, amountStopped: next === undefined ? 0 : Math.max(0, stage.amount - next.amount) }
  })
}

function stageOf(row: Row, outcomes: readonly Row[] | null, rule: Rule): FunnelStage {
  const number = (name: string): number => numberOf(row, name)
  return {
    name: textOf(row, 'stage'),
    order: textOf(row, 'stage_order'),
    reached: number('deals_reached'),
    visited: number('deals_visited'),
    strict: number('deals_strict'),
    skipped: number('deals_skipped'),
    returned: number('deals_returned'),
    outcomes: outcomes === null ? reachedOutcomes(row, rule) : splitOutcomes(outcomes, rule),
    amount: number('amount_reached'),
    amountStopped: 0,
    amountLost: amountOf(outcomes, 'is_lost'),
    amountOpen: amountOf(outcomes, 'is_open'),
  }
}

/** Deals of a stage by rule. */
export function countBy(stage: FunnelStage, rule: Rule): number {
  return stage[rule]
}

/** The outcomes that the measures count belong to the rule "reached" alone. */
function reachedOutcomes(row: Row, rule: Rule): Outcomes | null {
  if (rule !== 'reached') return null
  const [advanced, open, lost] = ['deals_advanced', 'deals_open', 'deals_lost'].map((name) =>
    numberOf(row, name),
  )
  return outcomesOf({
    all: numberOf(row, 'deals_reached'),
    advanced: advanced ?? 0,
    open: open ?? 0,
    lost: lost ?? 0,
  })
}

function splitOutcomes(rows: readonly Row[], rule: Rule): Outcomes {
  const measure = `deals_${rule}`
  const count = (outcome: string): number =>
    sum(
      rows.filter((row) => isTrue(row, outcome)),
      measure,
    )
  const [advanced, open, lost] = ['is_advanced', 'is_open', 'is_lost'].map(count)
  return outcomesOf({ all: sum(rows, measure), advanced: advanced ?? 0, open: open ?? 0, lost: lost ?? 0 })
}

function outcomesOf({
  all,
  ...known
}: {
  all: number
  advanced: number
  open: number
  lost: number
}): Outcomes {
  return { ...known, won: Math.max(0, all - known.advanced - known.open - known.lost) }
}

/** The step out of each stage but the last, which leads nowhere; null where outcomes are not known. */
export function funnelSteps(stages: readonly FunnelStage[], rule: Rule): (Step | null)[] {
  return stages.map((from, index) => (index === stages.length - 1 ? null : stepFrom(from, rule)))
}

function stepFrom(from: FunnelStage, rule: Rule): Step | null {
  const entered = countBy(from, rule)
  const { outcomes } = from
  if (outcomes === null || entered === 0) return null
  const advanced = outcomes.advanced + outcomes.won
  const { open, lost } = outcomes
  const interval = { low: advanced / entered, high: (advanced + open) / entered }
  return { ...interval, from, entered, advanced, lost, likely: wilson(advanced, entered) }
}

const ENOUGH = 30

/**
 * The step at which the smallest share of the decided deals went on. Steps with fewer than 30 decided deals
 * are not judged while another has more; null when nothing was lost anywhere.
 */
export function weakestStep(steps: readonly (Step | null)[]): Step | null {
  const judged = steps.filter((step): step is Step => step !== null && step.lost > 0)
  const enough = judged.filter((step) => step.advanced + step.lost >= ENOUGH)
  return (enough.length > 0 ? enough : judged).reduce<Step | null>(
    (weakest, step) => (weakest === null || decidedShare(step) < decidedShare(weakest) ? step : weakest),
    null,
  )
}

/** The share of the deals decided at a step that went on. */
export function decidedShare({ advanced, lost }: Pick<Step, 'advanced' | 'lost'>): number {
  return advanced + lost === 0 ? 1 : advanced / (advanced + lost)
}

export type MoveStage = {
  readonly name: string
  readonly order: string
  readonly moves: number
  readonly deals: number
  readonly returns: number
  readonly stayHours: number | null
  /** Moves into the next stage for each move into this one; may be above one. */
  readonly flow: number | null
}

/** Stages with the moves made into them, from the rows of `stagesQuery` on moves. */
export function moveStages(rows: readonly Row[]): MoveStage[] {
  const view = 'stage_history_report'
  const stages = rows.map((row) => ({
    name: textOf(row, 'stage', view),
    order: textOf(row, 'stage_order', view),
    moves: numberOf(row, 'moves_count', view),
    deals: numberOf(row, 'deals_count', view),
    returns: numberOf(row, 'returns_count', view),
    stayHours: row[`${view}.median_stay_hours`] == null ? null : numberOf(row, 'median_stay_hours', view),
  }))
  return stages.map((stage, index) => {
    const next = stages[index + 1]
    return { ...stage, flow: next === undefined || stage.moves === 0 ? null : next.moves / stage.moves }
  })
}

function isSameStage(left: Row, right: Row): boolean {
  return ['stage', 'stage_order'].every((name) => left[`${VIEW}.${name}`] === right[`${VIEW}.${name}`])
}

function isTrue(row: Row, name: string): boolean {
  return String(row[`${VIEW}.${name}`]) === 'true'
}

function amountOf(outcomes: readonly Row[] | null, outcome: string): number | null {
  if (outcomes === null) return null
  return sum(
    outcomes.filter((row) => isTrue(row, outcome)),
    'amount_reached',
  )
}

function sum(rows: readonly Row[], name: string): number {
  return rows.reduce((total, row) => total + numberOf(row, name), 0)
}

function numberOf(row: Row, name: string, view = VIEW): number {
  const number = Number(row[`${view}.${name}`] ?? 0)
  return Number.isFinite(number) ? number : 0
}

function textOf(row: Row, name: string, view = VIEW): string {
  const value = row[`${view}.${name}`]
  return value === null || value === undefined ? '–' : String(value)
}

import type { MemberFilter, Passport, Row } from '#services'
import { addDays, type DayRange, type MonthView } from '#lib/period/month.ts'
import { FEWEST_CASES } from '#semantic/report'
import { inRange, sizeOf, textOf, type Ask } from './ask.ts'

/** What became of the deals that got at least to a stage: went on, were lost there, or are still there. */
export type Step = {
  readonly stage: string
  readonly reached: number
  readonly advanced: number
  readonly lost: number
  readonly open: number
  readonly isWeakest: boolean
}
export type Steps = {
  readonly pipeline: string | null
  readonly range: DayRange
  readonly steps: readonly Step[]
  /** Value of the deals lost at the weakest step, decimal text in company currency; null without one. */
  readonly lostAmount: string | null
  readonly passport: Passport
}

const VIEW = 'pipeline_report'
const MEASURES = ['deals_reached', 'deals_advanced', 'deals_lost', 'deals_open'] as const

/** The biggest pipeline of the last 90 days by stage, without its last stage, which nothing follows. */
export async function loadSteps(ask: Ask, view: MonthView): Promise<Steps> {
  const range: DayRange = [addDays(view.soFar[1], -89), view.soFar[1]]
  const pipeline = await biggestPipeline(ask, range)
  const { rows, passport } = await ask({
    measures: MEASURES.map((name) => `${VIEW}.${name}`),
    dimensions: [`${VIEW}.stage`, `${VIEW}.stage_order`],
    timeDimensions: inRange(`${VIEW}.created_at`, range),
    filters: only('pipeline', pipeline),
    order: [[`${VIEW}.stage_order`, 'asc']],
    limit: 200,
  })
  const steps = markWeakest(rows.slice(0, -1).map(stepOf))
  const weakest = steps.find(({ isWeakest }) => isWeakest)
  const lostAmount =
    weakest && pipeline !== null ? await lostAt(ask, { stage: weakest.stage, pipeline, range }) : null
  return { pipeline, range, steps, lostAmount, passport: { ...passport, rows: steps.length } }
}

/** The pipeline with the most deals in one stage; null where there are no deals. */
async function biggestPipeline(ask: Ask, range: DayRange): Promise<string | null> {
  const { rows } = await ask({
    measures: [`${VIEW}.deals_reached`],
    dimensions: [`${VIEW}.pipeline`, `${VIEW}.stage`],
    timeDimensions: inRange(`${VIEW}.created_at`, range),
    order: [
      [`${VIEW}.deals_reached`, 'desc'],
      [`${VIEW}.pipeline`, 'asc'],
    ],
    limit: 1,
  })
  return textOf(rows[0], `${VIEW}.pipeline`)
}

function stepOf(row: Row): Omit<Step, 'isWeakest'> {
  return {
    stage: textOf(row, `${VIEW}.stage`) ?? '–',
    reached: sizeOf(row, `${VIEW}.deals_reached`),
    advanced: sizeOf(row, `${VIEW}.deals_advanced`),
    lost: sizeOf(row, `${VIEW}.deals_lost`),
    open: sizeOf(row, `${VIEW}.deals_open`),
  }
}

function only(name: string, value: string | null): MemberFilter[] {
  const member = `${VIEW}.${name}`
  return [value === null ? { member, operator: 'notSet' } : { member, operator: 'equals', values: [value] }]
}

type Place = { readonly stage: string; readonly pipeline: string; readonly range: DayRange }

/** What the deals that were lost at a stage would have brought. */
async function lostAt(ask: Ask, { stage, pipeline, range }: Place): Promise<string | null> {
  const member = `${VIEW}.amount_reached`
  const { rows } = await ask({
    measures: [member],
    timeDimensions: inRange(`${VIEW}.created_at`, range),
    filters: [...only('pipeline', pipeline), ...only('stage', stage), ...only('is_lost', 'true')],
    limit: 1,
  })
  return textOf(rows[0], member)
}

/** The lowest share that went on among deals decided there; stages with few decided deals are left out. */
export function markWeakest(steps: readonly Omit<Step, 'isWeakest'>[]): readonly Step[] {
  const rated = steps
    .filter(({ advanced, lost }) => advanced + lost >= FEWEST_CASES)
    .sort((a, b) => a.advanced / (a.advanced + a.lost) - b.advanced / (b.advanced + b.lost))
  return steps.map((step) => ({ ...step, isWeakest: step === rated[0] }))
}

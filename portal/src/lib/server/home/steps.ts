import type { Passport } from '#services'
import { addDays, type DayRange, type MonthView } from '#lib/period/month.ts'
import { inRange, NOT_EXCLUDED, sizeOf, textOf, type Ask } from './ask.ts'

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

const MEASURES = ['deals_reached', 'deals_advanced', 'deals_lost', 'deals_open'] as const
const FEWEST_DECIDED = 30

/** The biggest pipeline of the last 90 days by stage, without its last stage, which nothing follows. */
export async function loadSteps(ask: Ask, view: MonthView): Promise<Steps> {
  const range: DayRange = [addDays(view.soFar[1], -89), view.soFar[1]]
  const { rows, passport } = await ask({
    measures: MEASURES.map((name) => `pipeline_report.${name}`),
    dimensions: ['pipeline_report.pipeline', 'pipeline_report.stage', 'pipeline_report.stage_order'],
    timeDimensions: inRange('pipeline_report.created_at', range),
    filters: [NOT_EXCLUDED('pipeline_report')],
    order: [['pipeline_report.stage_order', 'asc']],
    limit: 500,
  })
  const first = [...rows].sort(
    (a, b) => sizeOf(b, 'pipeline_report.deals_reached') - sizeOf(a, 'pipeline_report.deals_reached'),
  )[0]
  const pipeline = textOf(first, 'pipeline_report.pipeline')
  const steps = rows
    .filter((row) => textOf(row, 'pipeline_report.pipeline') === pipeline)
    .slice(0, -1)
    .map((row) => ({
      stage: textOf(row, 'pipeline_report.stage') ?? '–',
      reached: sizeOf(row, 'pipeline_report.deals_reached'),
      advanced: sizeOf(row, 'pipeline_report.deals_advanced'),
      lost: sizeOf(row, 'pipeline_report.deals_lost'),
      open: sizeOf(row, 'pipeline_report.deals_open'),
    }))
  const marked = markWeakest(steps)
  const weakest = marked.find(({ isWeakest }) => isWeakest)
  const lostAmount =
    weakest && pipeline !== null ? await lostAt(ask, { stage: weakest.stage, pipeline, range }) : null
  return { pipeline, range, steps: marked, lostAmount, passport }
}

type Place = { readonly stage: string; readonly pipeline: string; readonly range: DayRange }

/** What the deals that were lost at a stage would have brought. */
async function lostAt(ask: Ask, { stage, pipeline, range }: Place): Promise<string | null> {
  const member = 'pipeline_report.amount_reached'
  const equal = (name: string, value: string) => ({
    ...{ member: `pipeline_report.${name}`, operator: 'equals' as const, values: [value] },
  })
  const { rows } = await ask({
    measures: [member],
    timeDimensions: inRange('pipeline_report.created_at', range),
    filters: [
      NOT_EXCLUDED('pipeline_report'),
      ...[equal('pipeline', pipeline), equal('stage', stage), equal('is_lost', 'true')],
    ],
    limit: 1,
  })
  return textOf(rows[0], member)
}

/** The lowest share that went on among deals decided there; stages with few decided deals are left out. */
export function markWeakest(steps: readonly Omit<Step, 'isWeakest'>[]): readonly Step[] {
  const rated = steps
    .filter(({ advanced, lost }) => advanced + lost >= FEWEST_DECIDED)
    .sort((a, b) => a.advanced / (a.advanced + a.lost) - b.advanced / (b.advanced + b.lost))
  return steps.map((step) => ({ ...step, isWeakest: step === rated[0] }))
}

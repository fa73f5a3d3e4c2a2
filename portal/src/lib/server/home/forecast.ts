import type { Passport } from '#services'
import { reportHref } from '#lib/report-link.ts'
import { inRange, textOf, type Ask } from './ask.ts'
import type { HomeView } from './month.ts'

/** What a department, or the company, is expected to have won by the end of the month. Money is decimal text. */
export type ForecastRow = {
  readonly key: string
  /** Null for the company. */
  readonly department: string | null
  readonly forecast: string
  /** Four of five months lie between both; null where the history is too short to say. */
  readonly lower: string | null
  readonly upper: string | null
  /** How likely the month reaches its target, from 0 to 1; null without a target. */
  readonly planChance: string | null
}
export type Forecast = {
  readonly rows: readonly ForecastRow[]
  /** The open deals that carry it, and the forecast by its methods. */
  readonly dealsHref: string
  readonly methodsHref: string
  readonly passport: Passport
}

const VIEW = 'forecast_report'
const MEASURES = ['forecast', 'lower_80', 'upper_80', 'plan_chance'].map((name) => `${VIEW}.${name}`)

/** The forecast of won value to the end of the month: for a head by department, else of the company. */
export async function loadForecast(
  ask: Ask,
  view: HomeView,
  scope: 'department' | 'company',
): Promise<Forecast> {
  const { rows, passport } = await ask({
    measures: MEASURES,
    dimensions: [`${VIEW}.department_id`, `${VIEW}.department`],
    timeDimensions: inRange(`${VIEW}.month`, view.range),
    filters: [
      { member: `${VIEW}.metric`, operator: 'equals', values: ['won_amount'] },
      { member: `${VIEW}.scope`, operator: 'equals', values: [scope] },
    ],
    order: { [`${VIEW}.department`]: 'asc' },
    limit: 100,
  })
  return { rows: rows.flatMap((row) => rowOf(row, scope)), ...linksOf(view, scope), passport }
}

function rowOf(row: Parameters<typeof textOf>[0], scope: 'department' | 'company'): readonly ForecastRow[] {
  const forecast = textOf(row, `${VIEW}.forecast`)
  if (forecast === null) return []
  return [
    {
      key: textOf(row, `${VIEW}.department_id`) ?? '',
      department: scope === 'company' ? null : textOf(row, `${VIEW}.department`),
      forecast,
      lower: textOf(row, `${VIEW}.lower_80`),
      upper: textOf(row, `${VIEW}.upper_80`),
      planChance: textOf(row, `${VIEW}.plan_chance`),
    },
  ]
}

function linksOf(
  { range, whose }: HomeView,
  scope: 'department' | 'company',
): Pick<Forecast, 'dealsHref' | 'methodsHref'> {
  const month = { member: 'month', operator: 'inDateRange' as const, values: [...range] }
  return {
    dealsHref: reportHref({
      reportType: 'forecast_deals_report',
      rows: ['manager', 'title', 'stage'],
      values: ['expected_amount', 'amount', 'chance'],
      filters: [month, ...whose],
    }),
    methodsHref: reportHref({
      reportType: VIEW,
      rows: ['department', 'method'],
      values: [
        'forecast',
        'lower_80',
        'upper_80',
        'target_value',
        'plan_chance',
        'smape',
        'naive_smape',
        'coverage_80',
      ],
      filters: [
        month,
        { member: 'metric', operator: 'equals', values: ['won_amount'] },
        { member: 'scope', operator: 'equals', values: [scope] },
        ...whose,
      ],
    }),
  }
}

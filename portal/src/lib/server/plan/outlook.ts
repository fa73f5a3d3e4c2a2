import { monthRange } from '#lib/period/month.ts'
import type { PlanMetric } from '#lib/plan/state.ts'
import { inRange, textOf, type Ask } from '#lib/server/home/ask.ts'
import { nearestAmount, sumOfAmounts } from '#semantic/plan'

const DEALS = 'forecast_deals_report'
const FORECAST = 'forecast_report'
const EXPECTED = { won_amount: 'expected_amount', won_count: 'expected_count', calls: null } as const

/** What each person's open deals may bring in the month, each deal by its empirical chance; calls have none. */
export async function loadExpected(
  ask: Ask,
  month: string,
  metric: PlanMetric,
): Promise<ReadonlyMap<string, string>> {
  const measure = EXPECTED[metric]
  if (measure === null) return new Map()
  const { rows } = await ask({
    measures: [`${DEALS}.${measure}`],
    dimensions: [`${DEALS}.manager_id`],
    timeDimensions: inRange(`${DEALS}.month`, monthRange(month)),
    limit: 5000,
  })
  return new Map(
    rows.map((row) => [
      textOf(row, `${DEALS}.manager_id`) ?? '',
      nearestAmount(textOf(row, `${DEALS}.${measure}`)),
    ]),
  )
}

/** The forecast of the month for these departments, or for the company (null); null where there is none. */
export async function loadForecastTotal(
  ask: Ask,
  {
    month,
    metric,
    departments,
  }: { month: string; metric: PlanMetric; departments: readonly string[] | null },
): Promise<string | null> {
  const { rows } = await ask({
    measures: [`${FORECAST}.forecast`],
    dimensions: [`${FORECAST}.department_id`],
    timeDimensions: inRange(`${FORECAST}.month`, monthRange(month)),
    filters: [
      { member: `${FORECAST}.metric`, operator: 'equals', values: [metric] },
      {
        member: `${FORECAST}.scope`,
        operator: 'equals',
        values: [departments === null ? 'company' : 'department'],
      },
    ],
    limit: 500,
  })
  const told = rows.filter(
    (row) => departments?.includes(textOf(row, `${FORECAST}.department_id`) ?? '') ?? true,
  )
  if (told.length === 0) return null
  const sum = sumOfAmounts(told.map((row) => nearestAmount(textOf(row, `${FORECAST}.forecast`))))
  return sum.split('.')[0] ?? null
}

import type { DayRange } from '#lib/period/month.ts'
import { AGAINST_PERIODS, type PageScope } from '#lib/scope/page-scope.ts'
import { PERIODS, type FunnelState } from './funnel-state.ts'

/** What the top bar offers on the funnel: any period beside an earlier one, and departments. */
export function funnelScope(
  { period, basis, against, department }: FunnelState,
  range: DayRange,
  departments: readonly string[],
): PageScope {
  const isKnown = (PERIODS as readonly string[]).includes(period)
  return {
    period: {
      chosen: period,
      range,
      choices: isKnown ? PERIODS : [period, ...PERIODS],
      earlier: null,
      later: null,
      takesDays: true,
    },
    against: {
      chosen: AGAINST_PERIODS.find((one) => one === against) ?? 'nothing',
      choices: basis === 'cohort' ? AGAINST_PERIODS : [],
    },
    departments: {
      chosen: department,
      choices: departments.length > 1 || department.length > 0 ? departments : [],
    },
  }
}

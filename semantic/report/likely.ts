import { CASES, casesOf } from './cases.ts'
import type { ReportView, ResultRow } from './types.ts'
import { textOf } from './values.ts'
import { findMember } from './view.ts'
import { wilson } from './wilson.ts'

/**
 * Rates by report type that are so many of their cases: a count of records over a count of records, so that chance
 * has an interval. Left out: ends of an interval, mean chances, shares of money, and retention, whose cases are the
 * months of clients and depend on each other.
 */
export const PROPORTIONS: Readonly<Record<string, readonly string[]>> = {
  activities_report: ['in_time_rate', 'completion_rate'],
  call_ladder_report: ['step_rate'],
  calls_report: ['answer_rate', 'connect_rate', 'next_step_rate'],
  deals_report: ['win_rate', 'cohort_win_rate'],
  forecast_calibration_report: ['won_rate'],
  leads_report: ['conversion_rate', 'win_rate'],
  marketing_report: ['lead_conversion_rate', 'lead_win_rate'],
  paths_report: ['win_rate'],
  pipeline_report: ['advance_rate', 'loss_rate'],
  response_report: ['answer_rate', 'in_time_rate_15', 'in_time_rate_20', 'in_time_rate_30'],
  sales_team_report: ['connect_rate', 'activities_in_time_rate', 'requests_in_time_rate', 'win_rate'],
}

/** Of how many cases a rate is, and Wilson's interval of it at 95 %, as fractions. */
export type Likely = { readonly cases: number; readonly low: number; readonly high: number }

/** The counts that are a rate's cases; none where it is no such rate, or the reader may not see them. */
export function proportionCases(member: string, view: ReportView): readonly string[] {
  const [type = '', name = ''] = member.split('.')
  if (PROPORTIONS[type]?.includes(name) !== true) return []
  const counts = (CASES[type]?.[name] ?? []).map((count) => `${type}.${count}`)
  return counts.every((count) => findMember(view, count)) ? counts : []
}

/** Where the rate of a result row likely is; null where there is no rate, or none of its cases. */
export function likelyOf(
  row: ResultRow | undefined,
  member: string,
  counts: readonly string[],
): Likely | null {
  const rate = textOf(row?.[member])
  const cases = casesOf(row, counts)
  if (rate === null || cases === 0) return null
  const interval = wilson(Math.round(Number(rate) * cases), cases)
  return interval && { cases, ...interval }
}

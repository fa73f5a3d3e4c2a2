import type { Field, ReportDefinition } from './definition.ts'
import { rankedLimit } from './definition.ts'
import type { ReportView, ResultRow } from './types.ts'
import { textOf } from './values.ts'
import { findMember } from './view.ts'

/** People with fewer cases than this are not put in order by a rate: chance would rank them. */
export const FEWEST_CASES = 30

/** Rates and averages by report type, with the counts of their cases, which are added up. */
export const CASES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  activities_report: {
    in_time_rate: ['in_time_count', 'late_count', 'overdue_count'],
    completion_rate: ['count'],
  },
  call_ladder_report: {
    step_rate: ['cases_count'],
    expected_rate: ['cases_count'],
    adjusted_rate: ['cases_count'],
    adjusted_rate_low: ['cases_count'],
    adjusted_rate_high: ['cases_count'],
    covered_share: ['cases_count'],
  },
  calls_report: {
    answer_rate: ['count'],
    average_talk_seconds: ['answered_count'],
    connect_rate: ['outgoing_count'],
    next_step_rate: ['conversation_count'],
  },
  clients_report: { average_won_amount: ['won_deal_count'], orders_per_client: ['count'] },
  deals_report: {
    win_rate: ['closed_count'],
    win_rate_low: ['closed_count'],
    win_rate_high: ['closed_count'],
    win_index: ['closed_count'],
    win_index_low: ['closed_count'],
    win_index_high: ['closed_count'],
    cohort_win_rate: ['won_count', 'lost_count', 'open_count'],
    cohort_win_rate_at_most: ['won_count', 'lost_count', 'open_count'],
    margin_rate: ['won_count'],
    velocity: ['won_count'],
    average_won_amount: ['won_count'],
    average_won_cycle_days: ['won_count'],
    average_cycle_days: ['closed_count'],
    median_cycle_days: ['closed_count'],
    average_open_age_days: ['open_count'],
    average_days_in_stage: ['open_count'],
  },
  finance_report: { average_won_amount: ['won_count'], margin_rate: ['won_count'] },
  forecast_calibration_report: {
    expected_rate: ['deals_count'],
    won_rate: ['deals_count'],
    won_rate_low: ['deals_count'],
    won_rate_high: ['deals_count'],
  },
  leads_report: {
    conversion_rate: ['count'],
    conversion_rate_at_most: ['count'],
    win_rate: ['count'],
    median_days_to_conversion: ['converted_count'],
  },
  marketing_report: {
    lead_conversion_rate: ['kept_leads_count'],
    lead_win_rate: ['leads_count'],
    cost_per_lead: ['leads_count'],
    cost_per_deal: ['deals_count'],
    cost_per_sale: ['won_count'],
  },
  paths_report: { win_rate: ['won_count', 'lost_count'], median_days_to_sale: ['won_count'] },
  pipeline_report: {
    advance_rate: ['deals_reached'],
    advance_rate_at_most: ['deals_reached'],
    loss_rate: ['deals_lost', 'deals_advanced'],
    loss_rate_low: ['deals_lost', 'deals_advanced'],
    loss_rate_high: ['deals_lost', 'deals_advanced'],
  },
  response_report: {
    answer_rate: ['count'],
    in_time_rate_15: ['due_count_15'],
    in_time_rate_20: ['due_count_20'],
    in_time_rate_30: ['due_count_30'],
    median_response_seconds: ['answered_count'],
    median_response_clock_seconds: ['answered_count'],
    p90_response_seconds: ['answered_count'],
  },
  retention_report: {
    retention_rate: ['cohort_clients_count'],
    unbounded_retention_rate: ['cohort_clients_count'],
  },
  sales_team_report: {
    connect_rate: ['outgoing_calls_count'],
    activities_in_time_rate: ['activities_due_count'],
    requests_in_time_rate: ['requests_due_count'],
    win_rate: ['deals_won_count', 'deals_lost_count'],
  },
  segments_report: { average_order_amount: ['orders_count'] },
}

/** True for a field whose values are people of the company. */
export function isPerson({ member }: Pick<Field, 'member'>): boolean {
  return /\.manager(_id|_now|_now_id|_after)?$/.test(member)
}

/** The value by which rows are put in order: the one sorted by, else the first of a report that shows the best. */
export function rankedBy(definition: ReportDefinition): string | null {
  const { values, options } = definition
  const sorted = values.find(({ member }) => member === options.sort?.member)
  if (sorted) return sorted.member
  return rankedLimit(definition) === null ? null : (values[0]?.member ?? null)
}

/**
 * The counts that say how many cases stand behind each person, where the report puts people in order by a rate;
 * none where it doesn't, or where the reader may not see them.
 */
export function rankedCases(definition: ReportDefinition, view: ReportView): readonly string[] {
  const member = rankedBy(definition)
  if (member === null || !definition.rows.some((field) => isRanked(field, definition))) return []
  const [type = '', name = ''] = member.split('.')
  const counts = (CASES[type]?.[name] ?? []).map((count) => `${type}.${count}`)
  return counts.every((count) => findMember(view, count)) ? counts : []
}

/** Whether this row field holds people whom the report puts in order by its value. */
export function isRanked(field: Field, { values, rows, options }: ReportDefinition): boolean {
  if (!isPerson(field) || options.sort?.member === field.member) return false
  return values.some(({ member }) => member === options.sort?.member) || rows[0] === field
}

/** How many cases stand behind a result row: 0 where it has none. */
export function casesOf(row: ResultRow | undefined, counts: readonly string[]): number {
  return counts.reduce((sum, count) => sum + Number(textOf(row?.[count]) ?? 0), 0)
}

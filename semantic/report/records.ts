import type { ReportMember, ReportView } from './types.ts'
import { findMember } from './view.ts'

type RecordList = { readonly key: readonly string[]; readonly columns?: readonly string[] }

/** What tells the records of a report type apart. */
const RECORDS: Readonly<Record<string, RecordList>> = {
  deals_report: { key: ['deal_id'] },
  finance_report: { key: ['deal_id'] },
  deal_lines_report: { key: ['line_id'] },
  payments_report: { key: ['payment_id'] },
  sales_report: { key: ['sale_id'] },
  leads_report: { key: ['lead_id'] },
  pipeline_report: { key: ['deal_id', 'stage_id'] },
  stage_history_report: { key: ['deal_id', 'stage', 'entered_at'] },
  stage_times_report: {
    key: ['slice', 'stage_id', 'manager_id', 'department_id', 'day'],
    columns: ['pipeline', 'stage', 'manager', 'department'],
  },
  pipeline_months_report: { key: ['deal_id', 'month'] },
  deal_history_report: { key: ['deal_id', 'valid_from'] },
  voice_report: { key: ['mention_id'] },
  closed_months_report: { key: ['closed_result_id'] },
  calls_report: { key: ['call_id'] },
  call_ladder_report: { key: ['ladder_id'], columns: ['month', 'manager', 'step', 'source', 'day_part'] },
  activities_report: { key: ['activity_id'] },
  sales_team_report: { key: ['manager_id', 'department_id', 'day'], columns: ['manager', 'department'] },
  response_report: { key: ['request_id'] },
  clients_report: { key: ['client_record_id'] },
  segments_report: { key: ['client_record_id', 'month'] },
  saved_segments_report: { key: ['segment_id', 'client_record_id'], columns: ['saved_segment', 'client'] },
  segment_sizes_report: {
    key: ['segment_id', 'day', 'manager_id', 'department_id'],
    columns: ['saved_segment', 'manager', 'department'],
  },
  retention_report: { key: ['client_record_id', 'month'], columns: ['client', 'first_month'] },
  targets_report: {
    key: ['metric', 'month', 'manager_id', 'department_id'],
    columns: ['manager', 'department'],
  },
  plan_report: { key: ['target_id'] },
  forecast_deals_report: {
    key: ['deal_id', 'month'],
    columns: ['title', 'manager', 'client', 'stage'],
  },
  marketing_report: { key: ['marketing_id'], columns: ['kind', 'channel', 'campaign'] },
  touches_report: { key: ['touch_key'] },
  paths_report: { key: ['deal_id'] },
  unused_rows_report: { key: ['quarantine_id'] },
  data_quality_report: {
    key: ['check_name', 'entity', 'record_key', 'value'],
    columns: ['message', 'suggestion'],
  },
}

/** Measures that count something else than their report type's records; a column more would split its rows. */
const DISTINCT: Readonly<Record<string, RecordList>> = {
  'deals_report.clients_count': { key: ['client_id'], columns: ['client'] },
  'calls_report.attempted_clients_count': { key: ['client_id'], columns: ['client'] },
  'calls_report.reached_clients_count': { key: ['client_id'], columns: ['client'] },
  'calls_report.advanced_clients_count': { key: ['client_id'], columns: ['client'] },
  'deal_history_report.deals_count': { key: ['deal_id'], columns: ['title'] },
  'voice_report.clients_count': { key: ['client_id'], columns: ['client'] },
  'forecast_deals_report.deals_count': { key: ['deal_id'], columns: ['title'] },
  'voice_report.deals_count': { key: ['deal_id'], columns: ['title'] },
  'deal_lines_report.clients_count': { key: ['client_id'], columns: ['client'] },
  'deal_lines_report.deals_count': { key: ['deal_id'], columns: ['title'] },
  'leads_report.clients_count': { key: ['client_id'], columns: ['client'] },
  'sales_report.clients_count': { key: ['client_id'], columns: ['client'] },
  'sales_report.deals_count': { key: ['deal_id'], columns: ['title'] },
  'payments_report.clients_count': { key: ['client_id'], columns: ['client'] },
  'payments_report.deals_count': { key: ['deal_id'], columns: ['title'] },
  'finance_report.clients_count': { key: ['client_id'], columns: ['client'] },
  'calls_report.clients_count': { key: ['client_id'], columns: ['client'] },
  'activities_report.clients_count': { key: ['client_id'], columns: ['client'] },
  'response_report.clients_count': { key: ['client_id'], columns: ['client'] },
  'segments_report.clients_count': { key: ['client_id'], columns: ['client'] },
  'segments_report.moved_count': { key: ['client_id'], columns: ['client'] },
  'retention_report.cohort_clients_count': { key: ['client_id'], columns: ['client'] },
  'retention_report.active_clients_count': { key: ['client_id'], columns: ['client'] },
  'retention_report.retained_clients_count': { key: ['client_id'], columns: ['client'] },
  'saved_segments_report.clients_count': { key: ['client_id'], columns: ['client'] },
  'saved_segments_report.audience_count': { key: ['client_id'], columns: ['client'] },
  'saved_segments_report.control_count': { key: ['client_id'], columns: ['client'] },
  'saved_segments_report.without_consent_count': { key: ['client_id'], columns: ['client'] },
  'saved_segments_report.without_contact_count': { key: ['client_id'], columns: ['client'] },
  'clients_report.count': { key: ['client_id'], columns: ['client'] },
  'touches_report.deals_count': { key: ['deal_id'], columns: ['title', 'client'] },
  'touches_report.won_deals_count': { key: ['deal_id'], columns: ['title', 'client', 'won_at'] },
  'touches_report.clients_count': { key: ['client_id'], columns: ['client'] },
  'paths_report.clients_count': { key: ['client_id'], columns: ['client'] },
  'stage_history_report.deals_count': { key: ['deal_id'], columns: ['title'] },
}

/** True for a measure whose records are told apart by one key only, so their columns can't be chosen. */
export function isDistinct(measure: string): boolean {
  return measure in DISTINCT
}

/** The members that tell the records behind a measure apart; empty where this reader may not see them. */
export function recordKey(view: ReportView, measure: ReportMember): string[] {
  const list = DISTINCT[measure.name] ?? RECORDS[view.name]
  const key = inView(view, list?.key ?? [])
  return key.length === list?.key.length ? key : []
}

/** The members a list of records shows before somebody chooses others. */
export function recordColumns(view: ReportView, measure: ReportMember): string[] {
  const list = DISTINCT[measure.name] ?? RECORDS[view.name]
  return list?.columns ? inView(view, list.columns) : [...(view.drillMembers ?? [])]
}

function inView(view: ReportView, fields: readonly string[]): string[] {
  return fields.map((field) => `${view.name}.${field}`).filter((name) => findMember(view, name))
}

const SUMS = [
  'clients_report.deal_count',
  'clients_report.won_deal_count',
  'data_quality_report.found_rows',
  'stage_times_report.deals_count',
  'stage_times_report.left_count',
  'segments_report.orders_count',
  'retention_report.orders_count',
  'response_report.asked_count',
  'response_report.attempts_count',
]

/** True when the number of records behind a number is the number itself. */
export function countsRecords({ name, format }: ReportMember): boolean {
  return format === 'integer' && !SUMS.includes(name) && !name.startsWith('sales_team_report.')
}

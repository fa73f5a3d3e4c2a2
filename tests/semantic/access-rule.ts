import type { Reader } from '#semantic'

/**
 * Who sees what, in plain SQL, written from the two sentences of the definitions and not from the model:
 * a manager sees clients and deals owned now with their whole history, and what was credited to them; a head
 * sees the department at the time of the event and the clients owned now. The fact and its alias by view.
 */
export const FACTS: Readonly<Record<string, { readonly table: string; readonly alias: string }>> = {
  deals_report: { table: 'fct_deals', alias: 'deals' },
  finance_report: { table: 'fct_deals', alias: 'deals' },
  payments_report: { table: 'fct_payments', alias: 'payments' },
  leads_report: { table: 'fct_leads', alias: 'leads' },
  sales_report: { table: 'fct_sales', alias: 'sales' },
  deal_lines_report: { table: 'fct_deal_lines', alias: 'deal_lines' },
  pipeline_report: { table: 'fct_deal_stages', alias: 'deal_stages' },
  pipeline_months_report: { table: 'fct_deal_months', alias: 'deal_months' },
  deal_history_report: { table: 'fct_deal_history', alias: 'deal_history' },
  closed_months_report: { table: 'fct_closed_results', alias: 'closed_results' },
  voice_report: { table: 'fct_mentions', alias: 'mentions' },
  stage_times_report: { table: 'fct_stage_times', alias: 'stage_times' },
  stage_history_report: { table: 'fct_stage_events', alias: 'stage_events' },
  calls_report: { table: 'fct_calls', alias: 'calls' },
  call_ladder_report: { table: 'fct_call_ladder', alias: 'call_ladder' },
  activities_report: { table: 'fct_activities', alias: 'activities' },
  sales_team_report: { table: 'fct_team_days', alias: 'team_days' },
  response_report: { table: 'fct_requests', alias: 'requests' },
  clients_report: { table: 'dim_client_record', alias: 'clients' },
  segments_report: { table: 'fct_client_months', alias: 'client_months' },
  saved_segments_report: { table: 'fct_segment_members', alias: 'segment_members' },
  segment_sizes_report: { table: 'fct_segment_sizes', alias: 'segment_sizes' },
  retention_report: { table: 'fct_client_months', alias: 'client_months' },
  people_report: { table: 'dim_manager', alias: 'people' },
  plan_report: { table: 'fct_targets', alias: 'target_versions' },
  marketing_report: { table: 'fct_marketing', alias: 'marketing' },
  targets_report: { table: 'fct_target_attainment', alias: 'targets' },
  client_value_report: { table: 'fct_client_value', alias: 'client_values' },
  forecast_report: { table: 'fct_forecast', alias: 'forecasts' },
  forecast_deals_report: { table: 'fct_forecast_deals', alias: 'forecast_deals' },
  forecast_calibration_report: { table: 'fct_forecast_calibration', alias: 'forecast_calibrations' },
  forecast_backtest_report: { table: 'fct_forecast_backtest', alias: 'forecast_backtests' },
  attribution_report: { table: 'fct_attribution', alias: 'attribution' },
  touches_report: { table: 'fct_deal_touches', alias: 'deal_touches' },
  paths_report: { table: 'fct_deal_paths', alias: 'deal_paths' },
  unused_rows_report: { table: 'fct_unused_rows', alias: 'unused_rows' },
  data_quality_report: { table: 'fct_data_quality', alias: 'data_quality' },
}

const OWNED_NOW: Readonly<Record<string, string>> = {
  fct_deals: 'owner_now_id',
  fct_deal_stages: 'owner_now_id',
  fct_deal_lines: 'owner_now_id',
  fct_payments: 'owner_now_id',
  fct_sales: 'owner_now_id',
  fct_leads: 'owner_now_id',
  fct_stage_events: 'owner_now_id',
  fct_calls: 'deal_owner_now_id',
  fct_activities: 'deal_owner_now_id',
  fct_requests: 'deal_owner_now_id',
  fct_mentions: 'deal_owner_now_id',
  fct_marketing: 'owner_now_id',
  fct_deal_touches: 'owner_now_id',
  fct_deal_paths: 'owner_now_id',
  fct_deal_months: 'owner_now_id',
  fct_deal_history: 'owner_now_id',
  fct_deals_as_of: 'owner_now_id',
  fct_closed_results: 'owner_now_id',
  fct_forecast_deals: 'owner_now_id',
}

/** What concerns the whole company is not shown to those who see a part of it. */
const WITHHELD: Readonly<Record<string, readonly Reader['role'][]>> = {
  fct_data_quality: ['manager', 'marketer'],
  fct_attribution: ['head', 'manager'],
  fct_unused_rows: ['head', 'manager', 'marketer'],
}

/** The condition on a fact's rows that a reader may see. */
export function visibleRows(reader: Reader, table: string): string {
  if (WITHHELD[table]?.includes(reader.role) === true) return 'false'
  if (reader.role === 'manager') return managerRows(reader, table)
  if (reader.role === 'head') return headRows(reader, table)
  return 'true'
}

/** The columns of a fact: a manager keeps past calls after a handover, but not the client's number on them. */
export function visibleColumns({ role, personId }: Reader, table: string): string {
  if (role !== 'manager' || table !== 'fct_calls') return '*'
  const me = `'${personId ?? ''}'`
  const isMine = `client_owner_id in (${me}, 'unknown') or client_owner_id is null or deal_owner_now_id = ${me}`
  return `* replace (case when ${isMine} then phone end as phone)`
}

function managerRows({ personId }: Reader, table: string): string {
  if (personId === null) return 'false'
  const ownedNow = OWNED_NOW[table]
  if (table === 'dim_manager') return `manager_id = '${personId}'`
  const columns = ownedNow === undefined ? ['owner_id'] : ['owner_id', ownedNow, 'client_owner_id']
  return columns.map((column) => `coalesce(${column} = '${personId}', false)`).join(' or ')
}

function headRows({ departmentIds }: Reader, table: string): string {
  if (departmentIds.length === 0) return 'false'
  const mine = departmentIds.map((id) => `'${id}'`).join(', ')
  const columns =
    OWNED_NOW[table] === undefined ? ['department_id'] : ['department_id', 'client_department_id']
  return columns.map((column) => `coalesce(${column} in (${mine}), false)`).join(' or ')
}

import type { QueryFilter, ReportMember, ReportView } from './types.ts'
import { findMember } from './view.ts'

type RecordList = { readonly key: string; readonly columns: readonly string[] }

const RECORDS: Readonly<Record<string, RecordList>> = {
  deals_report: {
    key: 'deal_id',
    columns: ['title', 'client', 'manager', 'stage', 'status', 'created_at', 'closed_at', 'source'],
  },
  pipeline_report: { key: 'deal_id', columns: ['title', 'stage', 'manager', 'created_at', 'entered_at'] },
  stage_history_report: {
    key: 'stage_event_id',
    columns: ['deal_id', 'stage', 'how', 'manager', 'entered_at', 'exited_at'],
  },
  calls_report: {
    key: 'call_id',
    columns: ['started_at', 'direction', 'manager', 'client', 'is_answered', 'topic'],
  },
  activities_report: {
    key: 'activity_id',
    columns: ['subject', 'kind', 'manager', 'created_at', 'completed_at', 'is_completed'],
  },
  clients_report: {
    key: 'client_id',
    columns: ['client', 'client_type', 'manager', 'city', 'created_at', 'last_won_at'],
  },
  targets_report: { key: 'attainment_id', columns: ['metric', 'month', 'manager', 'department'] },
  data_quality_report: {
    key: 'finding_id',
    columns: ['check_name', 'severity', 'record_key', 'record_label', 'value', 'suggestion'],
  },
}

/** Measures that count something else than the report type's records. */
const OTHER_RECORDS: Readonly<Record<string, RecordList>> = {
  clients_count: { key: 'client_id', columns: ['client', 'client_type', 'sector'] },
  deals_count: { key: 'deal_id', columns: ['title', 'manager', 'pipeline'] },
}

/** Which records of the report type a measure counts, where it is not all of them. */
const COUNTED: Readonly<Record<string, readonly [field: string, values: readonly string[]]>> = {
  'deals_report.won_count': ['status', ['won']],
  'deals_report.won_amount': ['status', ['won']],
  'deals_report.average_won_amount': ['status', ['won']],
  'deals_report.lost_count': ['status', ['lost']],
  'deals_report.lost_amount': ['status', ['lost']],
  'deals_report.open_count': ['status', ['open']],
  'deals_report.open_amount': ['status', ['open']],
  'deals_report.closed_count': ['status', ['won', 'lost']],
  'deals_report.win_rate': ['status', ['won', 'lost']],
  'calls_report.answered_count': ['is_answered', ['true']],
  'calls_report.incoming_count': ['direction', ['in']],
  'calls_report.outgoing_count': ['direction', ['out']],
}

function listOf(view: ReportView, measure: ReportMember): RecordList | undefined {
  return OTHER_RECORDS[fieldOf(measure.name)] ?? RECORDS[view.name]
}

/** The member that tells the records of a measure apart, if this reader may see it. */
export function keyMember(view: ReportView, measure: ReportMember): string | null {
  const list = listOf(view, measure)
  const name = list ? `${view.name}.${list.key}` : ''
  return findMember(view, name) ? name : null
}

/** The members a list of records shows first. */
export function recordColumns(view: ReportView, measure: ReportMember): string[] {
  return (listOf(view, measure)?.columns ?? [])
    .map((column) => `${view.name}.${column}`)
    .filter((name) => findMember(view, name))
}

/** What narrows the records to those the measure counts; the model's own word goes first. */
export function measureRecords(view: ReportView, measure: ReportMember): QueryFilter[] {
  if (measure.drillFilters) return measure.drillFilters.map((filter) => ({ ...filter }))
  const counted = COUNTED[measure.name]
  if (!counted) return []
  const [field, values] = counted
  return [{ member: `${view.name}.${field}`, operator: 'equals', values: [...values] }]
}

function fieldOf(member: string): string {
  return member.slice(member.indexOf('.') + 1)
}

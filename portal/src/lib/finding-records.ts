import { reportHref } from '#lib/report-link.ts'

type Finding = { readonly check: string; readonly entity: string | null; readonly key: string }
type Named = { readonly member: string; readonly value: string }

/** Checks whose finding is a group of records, and what tells its records from others. */
const GROUPS: Readonly<Record<string, { readonly reportType: string; of(key: string): readonly Named[] }>> = {
  call_without_client: {
    reportType: 'calls_report',
    of: (key) => [
      { member: 'client_id', value: 'unknown' },
      { member: 'manager_id', value: key },
    ],
  },
  // An open deal is credited to who has it now.
  owner_left: {
    reportType: 'deals_report',
    of: (key) => [
      { member: 'status', value: 'open' },
      { member: 'manager_id', value: key },
    ],
  },
}
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  calls_report: ['started_at', 'direction', 'manager', 'origin'],
  deals_report: ['title', 'status', 'client', 'manager', 'created_at'],
}
/** Checks of deals whose finding is no single deal. */
const NOT_ONE_DEAL = ['deal_not_there', 'deal_without_client']

/** The address where the very records of a finding are listed; null where no report can tell them apart. */
export function findingRecordsHref({ check, entity, key }: Finding): string | null {
  if (check === 'row_quarantined') return '/data/unused'
  const group = GROUPS[check]
  if (group !== undefined) return listHref(group.reportType, group.of(key))
  const isOneDeal = entity === 'deal' && check.startsWith('deal_') && !NOT_ONE_DEAL.includes(check)
  return isOneDeal ? listHref('deals_report', [{ member: 'deal_id', value: key }]) : null
}

function listHref(reportType: string, named: readonly Named[]): string {
  return reportHref({
    ...{ reportType, rows: COLUMNS[reportType] ?? [], values: ['count'] },
    ...{ subtotals: false, includeExcluded: true },
    filters: named.map(({ member, value }) => ({ member, operator: 'equals', values: [value] })),
  })
}

import { encodeDefinition, type FilterClause, type ReportDefinition } from '#semantic/report'

type Wanted = {
  readonly reportType: string
  readonly title?: string
  readonly rows?: readonly string[]
  readonly columns?: readonly string[]
  readonly values: readonly string[]
  readonly filters?: readonly FilterClause[]
  readonly chart?: ReportDefinition['options']['chart']
  readonly subtotals?: boolean
  /** Records that a rule leaves out are counted too. */
  readonly includeExcluded?: boolean
}

/** A definition of a report from bare field names, e.g. `{ reportType: 'deals_report', values: ['count'] }`. */
export function reportOf({
  reportType,
  title,
  rows = [],
  columns = [],
  values,
  filters = [],
  chart = 'table',
  subtotals = true,
  includeExcluded = false,
}: Wanted): ReportDefinition {
  const full = (name: string): string => `${reportType}.${name}`
  return {
    version: 1,
    reportType,
    ...(title === undefined ? {} : { title }),
    rows: rows.map((name) => ({ member: full(name) })),
    columns: columns.map((name) => ({ member: full(name) })),
    values: values.map((name) => ({ member: full(name) })),
    filters: filters.map((filter) => ({ ...filter, member: full(filter.member) })),
    parameters: [],
    formulas: [],
    options: {
      chart,
      rowTotals: true,
      columnTotals: true,
      subtotals,
      others: true,
      includeExcluded,
    },
  }
}

/** The address of the designer with a report in it; numbers of other pages link there. */
export function reportHref(wanted: Wanted): string {
  return `/reports/designer?d=${encodeDefinition(reportOf(wanted))}`
}

/** Every finding of one check, or of all, as a report: what the page of findings downloads. */
export function findingsReport(check: string, title: string): ReportDefinition {
  const rows = ['check_name', 'severity', 'record_label', 'value', 'suggestion']
  const one = { member: 'check_name', operator: 'equals' as const, values: [check] }
  return reportOf({
    ...{ reportType: 'data_quality_report', rows, values: ['found_rows'], subtotals: false },
    ...(check === '' ? {} : { title, filters: [one] }),
  })
}

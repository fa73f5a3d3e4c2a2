import { encodeDefinition, type FilterClause, type ReportDefinition } from '#semantic/report'

type Wanted = {
  readonly reportType: string
  readonly title?: string
  readonly rows?: readonly string[]
  readonly columns?: readonly string[]
  readonly values: readonly string[]
  readonly filters?: readonly FilterClause[]
  readonly chart?: ReportDefinition['options']['chart']
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
    options: {
      chart,
      rowTotals: true,
      columnTotals: true,
      subtotals: true,
      others: true,
      includeExcluded: false,
    },
  }
}

/** The address of the designer with a report in it; numbers of other pages link there. */
export function reportHref(wanted: Wanted): string {
  return `/reports/designer?d=${encodeDefinition(reportOf(wanted))}`
}

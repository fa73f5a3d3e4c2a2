import type { ReportView, ResultRow } from './types.ts'
import { textOf } from './values.ts'
import { findMember } from './view.ts'

/**
 * Sums over part of the records, with the count of that part. Where nothing was won the won value is 0; where
 * something was won and its amount is unknown, it is unknown.
 */
const COUNTED: Readonly<Record<string, string>> = {
  'deals_report.won_amount': 'deals_report.won_count',
  'deals_report.open_amount': 'deals_report.open_count',
  'deals_report.lost_amount': 'deals_report.lost_count',
  'pipeline_report.amount_reached': 'pipeline_report.deals_reached',
}

/** The counts to ask for beside these measures, so that a sum over no records can be told from an unknown one. */
export function countsFor(measures: readonly string[], view: ReportView): string[] {
  return measures.flatMap((measure) => {
    const count = COUNTED[measure]
    return count !== undefined && findMember(view, count) ? [count] : []
  })
}

/** The number of a measure in a result row as text; null is unknown. */
export function measureOf(row: ResultRow | undefined, measure: string): string | null {
  const value = textOf(row?.[measure])
  if (value !== null || row === undefined) return value
  const count = COUNTED[measure]
  return count !== undefined && textOf(row[count]) === '0' ? '0' : null
}

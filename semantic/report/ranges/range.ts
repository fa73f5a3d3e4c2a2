import type { FilterClause } from '../definition.ts'
import type { ReportMember } from '../types.ts'

/** Numbers from one border to under the next; null where there is none. */
export type Range = { readonly from: number | null; readonly to: number | null }

/** The ranges between borders in ascending order, with those beneath the first and from the last on. */
export function rangesBetween(borders: readonly number[]): Range[] {
  return [null, ...borders].map((from, index) => ({ from, to: borders[index] ?? null }))
}

/** A range as the value of a field: `..1000`, `1000..5000`, `5000..`. */
export function rangeValue({ from, to }: Range): string {
  return `${from ?? ''}..${to ?? ''}`
}

/** Reads what rangeValue wrote. */
export function rangeOf(value: string): Range {
  const [from = '', to = ''] = value.split('..')
  const border = (text: string) => (text === '' ? null : Number(text))
  return { from: border(from), to: border(to) }
}

/** Filters that hold exactly the numbers of a range. */
export function rangeClauses(member: string, { from, to }: Range): FilterClause[] {
  return [
    ...(from === null ? [] : [{ member, operator: 'gte' as const, values: [String(from)] }]),
    ...(to === null ? [] : [{ member, operator: 'lt' as const, values: [String(to)] }]),
  ]
}

/** Ranges by size, the lowest first. */
export function compareRanges(left: string, right: string): number {
  return (rangeOf(left).from ?? -Infinity) - (rangeOf(right).from ?? -Infinity)
}

/** Whether a field has ranges: it holds numbers, and is none of the values that are counted from records. */
export function canBeRanged({ kind, type }: Pick<ReportMember, 'kind' | 'type'>): boolean {
  return kind === 'dimension' && type === 'number'
}

const USUAL: Readonly<Record<string, readonly number[]>> = {
  currency: [1000, 5000, 10_000, 50_000],
  percent: [0.2, 0.4, 0.6, 0.8],
  days: [7, 30, 90, 365],
  seconds: [10, 60, 180, 600],
}

/** Whether a field's numbers are measured, such as money and times: hardly two are equal, so they come in ranges. */
export function isMeasured(member: Pick<ReportMember, 'kind' | 'type' | 'format'>): boolean {
  return canBeRanged(member) && Object.hasOwn(USUAL, member.format ?? '')
}

/** Numbers at which ranges usually begin, by what a field holds. */
export function usualBorders(format: string | null | undefined): readonly number[] {
  return USUAL[format ?? ''] ?? [5, 10, 50, 100]
}

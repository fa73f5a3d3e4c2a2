import type { Field, FilterClause, Granularity, ReportDefinition } from './definition.ts'
import { holdsMonths } from './fiscal.ts'
import type { ReportRow } from './table.ts'
import type { ReportView } from './types.ts'
import { findMember } from './view.ts'

/** What each part of a time is split into: the first of them by which times can be grouped. */
const PARTS_OF: Readonly<Record<Granularity, readonly Granularity[]>> = {
  year: ['quarter'],
  quarter: ['month'],
  month: ['day'],
  week: ['day'],
  day: [],
  fiscal_year: ['fiscal_quarter'],
  fiscal_quarter: ['fiscal_period', 'month'],
  fiscal_period: ['fiscal_week'],
  fiscal_week: ['day'],
}

/** A level beneath a field of a report's rows, and the place of that field among them. */
export type LevelBelow = { readonly place: number; readonly field: Field }

/** The next level down: the manager beneath the department, the month beneath the quarter; null beneath the last. */
export function levelBelow(
  { member, granularity }: Field,
  view: ReportView,
  granularities: readonly Granularity[],
): Field | null {
  if (granularity !== undefined) {
    const part = PARTS_OF[granularity].find((one) => granularities.includes(one))
    return part === undefined || (part === 'day' && holdsMonths(member))
      ? null
      : { member, granularity: part }
  }
  for (const levels of view.hierarchies ?? []) {
    const next = levels.includes(member) ? levels[levels.indexOf(member) + 1] : undefined
    if (next !== undefined && findMember(view, next)) return { member: next }
  }
  return null
}

/** Where a row can be looked into: one level beneath each of its fields that no other field of the report shows yet. */
export function levelsBelow(
  row: Pick<ReportRow, 'header' | 'drill'>,
  definition: Pick<ReportDefinition, 'rows' | 'columns'>,
  { view, granularities }: { readonly view: ReportView; readonly granularities: readonly Granularity[] },
): LevelBelow[] {
  const shown = [...definition.rows, ...definition.columns]
  const isShown = (field: Field): boolean =>
    shown.some(({ member, granularity }) => member === field.member && granularity === field.granularity)
  return definition.rows.flatMap((own, place) => {
    const cell = row.header[place]
    // The row may be of the answer before the report's last change.
    const isOwn =
      cell?.kind === 'member' && cell.member === own.member && cell.granularity === own.granularity
    if (!isOwn || heldDownTo(place, definition.rows, row).length <= place) return []
    const field = levelBelow(own, view, granularities)
    return field === null || isShown(field) ? [] : [{ place, field }]
  })
}

/** The report one level down in a row: the level takes the field's place, and only what the row holds down to there is left. */
export function oneLevelDown(
  definition: ReportDefinition,
  row: Pick<ReportRow, 'drill'>,
  { place, field }: LevelBelow,
): ReportDefinition {
  const held = heldDownTo(place, definition.rows, row)
  return {
    ...definition,
    rows: definition.rows.map((own, index) => (index === place ? field : own)),
    filters: held.reduce<FilterClause[]>(narrowed, definition.filters),
  }
}

/** What a row holds of its fields down to a place: one filter each, of a range that has both borders two. */
function heldDownTo(
  place: number,
  rows: readonly Field[],
  { drill }: Pick<ReportRow, 'drill'>,
): readonly FilterClause[] {
  const last = rows.slice(0, place + 1).reduce((at, { ranges }) => {
    const [from, to] = drill.slice(at)
    const isWhole = ranges !== undefined && from?.operator === 'gte' && to?.operator === 'lt'
    return at + (isWhole ? 2 : 1)
  }, 0)
  return drill.slice(0, last)
}

/** The filters with one more: a value takes the place of the values that it was among; all else holds beside it. */
function narrowed(filters: FilterClause[], clause: FilterClause): FilterClause[] {
  const isWider = (one: FilterClause): boolean =>
    one.member === clause.member &&
    one.operator === 'equals' &&
    clause.operator === 'equals' &&
    one.parameter === undefined
  const at = filters.findIndex(isWider)
  return at < 0 ? [...filters, clause] : filters.with(at, clause)
}

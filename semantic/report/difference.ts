import type { Field, FilterClause, ReportDefinition, ReportOptions, Shelf, Value } from './definition.ts'
import { fieldKey } from './definition.ts'

type Axis = 'rows' | 'columns'

/** One thing that differs between two states of a report. */
export type Difference =
  | { readonly kind: 'added' | 'removed'; readonly shelf: Shelf; readonly field: Field }
  | { readonly kind: 'moved'; readonly field: Field; readonly from: Axis; readonly to: Axis }
  | { readonly kind: 'reordered'; readonly shelf: Shelf }
  | { readonly kind: 'filter'; readonly before: FilterClause; readonly after: FilterClause }
  | { readonly kind: 'shown' | 'ranges'; readonly member: string }
  | { readonly kind: 'formula'; readonly title: string }
  | { readonly kind: 'asked' | 'notAsked'; readonly label: string }
  | { readonly kind: 'option'; readonly option: keyof ReportOptions }
  | { readonly kind: 'title'; readonly before: string; readonly after: string }
  | { readonly kind: 'type'; readonly before: string; readonly after: string }

/** What was changed from one state of a report to the next, in the order of its shelves. */
export function differences(before: ReportDefinition, after: ReportDefinition): Difference[] {
  if (before.reportType !== after.reportType) {
    return [{ kind: 'type', before: before.reportType, after: after.reportType }]
  }
  return [
    ...titleDifference(before, after),
    ...filterDifferences(before.filters, after.filters),
    ...axisDifferences(before, after),
    ...valueDifferences(before.values, after.values),
    ...formulaDifferences(before, after),
    ...parameterDifferences(before, after),
    ...optionDifferences(before.options, after.options),
  ]
}

function titleDifference(before: ReportDefinition, after: ReportDefinition): Difference[] {
  const [old, next] = [before.title ?? '', after.title ?? '']
  return old === next ? [] : [{ kind: 'title', before: old, after: next }]
}

function filterDifferences(before: readonly FilterClause[], after: readonly FilterClause[]): Difference[] {
  const old = new Map(before.map((clause) => [clause.member, clause]))
  const next = new Set(after.map(({ member }) => member))
  const changed = after.flatMap((clause): Difference[] => {
    const was = old.get(clause.member)
    if (!was) return [{ kind: 'added', shelf: 'filters', field: { member: clause.member } }]
    return isSame(held(was), held(clause)) ? [] : [{ kind: 'filter', before: was, after: clause }]
  })
  const gone = before.filter(({ member }) => !next.has(member))
  return [
    ...changed,
    ...gone.map(({ member }): Difference => ({ kind: 'removed', shelf: 'filters', field: { member } })),
  ]
}

function held({ operator, values }: FilterClause) {
  return { operator, values }
}

function axisDifferences(before: ReportDefinition, after: ReportDefinition): Difference[] {
  return (['rows', 'columns'] as const).flatMap((axis): Difference[] => {
    const other: Axis = axis === 'rows' ? 'columns' : 'rows'
    const [old, next] = [keysOf(before[axis]), keysOf(after[axis])]
    const [otherOld, otherNext] = [keysOf(before[other]), keysOf(after[other])]
    const added = after[axis].filter((field) => !old.includes(fieldKey(field)))
    const gone = before[axis].filter((field) => !next.includes(fieldKey(field)))
    const regrouped = after[axis].filter((field) => {
      const was = [...before.rows, ...before.columns].find((one) => fieldKey(one) === fieldKey(field))
      return was !== undefined && !isSame(was.ranges, field.ranges)
    })
    const kept = old.filter((key) => next.includes(key))
    const isReordered = !isSame(
      kept,
      next.filter((key) => old.includes(key)),
    )
    return [
      ...added.map((field): Difference =>
        otherOld.includes(fieldKey(field))
          ? { kind: 'moved', field, from: other, to: axis }
          : { kind: 'added', shelf: axis, field },
      ),
      ...gone
        .filter((field) => !otherNext.includes(fieldKey(field)))
        .map((field): Difference => ({ kind: 'removed', shelf: axis, field })),
      ...regrouped.map(({ member }): Difference => ({ kind: 'ranges', member })),
      ...(isReordered ? [{ kind: 'reordered' as const, shelf: axis }] : []),
    ]
  })
}

function keysOf(fields: readonly Field[]): string[] {
  return fields.map(fieldKey)
}

function valueDifferences(before: readonly Value[], after: readonly Value[]): Difference[] {
  const old = new Map(before.map((value) => [value.member, value]))
  const next = new Set(after.map(({ member }) => member))
  const changed = after.flatMap((value): Difference[] => {
    const was = old.get(value.member)
    if (!was) return [{ kind: 'added', shelf: 'values', field: { member: value.member } }]
    return isSame(was, value) ? [] : [{ kind: 'shown', member: value.member }]
  })
  const gone = before.filter(({ member }) => !next.has(member))
  const removed = gone.map(({ member }): Difference => ({
    kind: 'removed',
    shelf: 'values',
    field: { member },
  }))
  const order = before.map(({ member }) => member).filter((member) => next.has(member))
  const now = after.map(({ member }) => member).filter((member) => old.has(member))
  return [
    ...changed,
    ...removed,
    ...(isSame(order, now) ? [] : [{ kind: 'reordered' as const, shelf: 'values' as const }]),
  ]
}

/** Formulas that were made or changed; one that is gone is gone from the values. */
function formulaDifferences(before: ReportDefinition, after: ReportDefinition): Difference[] {
  const old = new Map(before.formulas.map((formula) => [formula.name, formula]))
  return after.formulas
    .filter((formula) => !isSame(old.get(formula.name), formula))
    .map(({ title }): Difference => ({ kind: 'formula', title }))
}

function parameterDifferences(before: ReportDefinition, after: ReportDefinition): Difference[] {
  const [old, next] = [before, after].map(({ parameters }) => new Set(parameters.map(({ name }) => name)))
  return [
    ...after.parameters.flatMap(({ name, label }): Difference[] =>
      old?.has(name) ? [] : [{ kind: 'asked', label }],
    ),
    ...before.parameters.flatMap(({ name, label }): Difference[] =>
      next?.has(name) ? [] : [{ kind: 'notAsked', label }],
    ),
  ]
}

const OPTION_KEYS = [
  'chart',
  'asOf',
  'comparison',
  'sort',
  'limit',
  'others',
  'rowTotals',
  'columnTotals',
  'subtotals',
  'includeExcluded',
] as const

function optionDifferences(before: ReportOptions, after: ReportOptions): Difference[] {
  return OPTION_KEYS.flatMap((option): Difference[] =>
    isSame(before[option], after[option]) ? [] : [{ kind: 'option', option }],
  )
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

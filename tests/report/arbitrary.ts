import fc from 'fast-check'
import type { Field, FilterClause, ReportDefinition, ReportEdit } from '#semantic/report'
import { CHARTS, emptyDefinition, GRANULARITIES, OPERATORS, parseDefinition } from '#semantic/report'

const DIMENSIONS = ['region', 'product', 'client', 'manager']
const MEASURES = ['amount', 'clients', 'ratio']

const member = (names: readonly string[]) => fc.constantFrom(...names.map((name) => `sales.${name}`))
const text = fc.string({ maxLength: 12, unit: 'grapheme' })

const field: fc.Arbitrary<Field> = fc.oneof(
  fc.record({ member: member(DIMENSIONS) }),
  fc.record({ member: fc.constant('sales.closed_at'), granularity: fc.constantFrom(...GRANULARITIES) }),
)
const filter: fc.Arbitrary<FilterClause> = fc.record({
  member: member(DIMENSIONS),
  operator: fc.constantFrom(...OPERATORS),
  values: fc.array(text, { maxLength: 3 }),
})
const value = fc.oneof(
  fc.record({ member: member(MEASURES) }),
  fc.record({ member: member(MEASURES), format: fc.constant('percent') }),
)

/** Any definition a person could have made. */
export const anyDefinition: fc.Arbitrary<ReportDefinition> = fc
  .record({
    title: fc.option(text, { nil: undefined }),
    rows: fc.array(field, { maxLength: 3 }),
    columns: fc.array(field, { maxLength: 2 }),
    values: fc.array(value, { maxLength: 3 }),
    filters: fc.array(filter, { maxLength: 3 }),
    chart: fc.constantFrom(...CHARTS),
    flags: fc.record({
      rowTotals: fc.boolean(),
      columnTotals: fc.boolean(),
      subtotals: fc.boolean(),
      others: fc.boolean(),
      includeExcluded: fc.boolean(),
    }),
    limit: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: undefined }),
  })
  .map(({ title, rows, columns, values, filters, chart, flags, limit }) =>
    parseDefinition({
      version: 1,
      reportType: 'sales',
      ...(title === undefined ? {} : { title }),
      rows,
      columns,
      values,
      filters,
      parameters: [],
      options: { chart, ...flags, ...(limit === undefined ? {} : { limit }) },
    }),
  )

const shelf = fc.constantFrom('rows' as const, 'columns' as const)
const index = fc.integer({ min: 0, max: 3 })

/** Edits such as a person makes in the designer, some of them pointing at nothing. */
export const anyEdit: fc.Arbitrary<ReportEdit> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), shelf, item: field }),
  fc.record({ kind: fc.constant('add' as const), shelf: fc.constant('values' as const), item: value }),
  fc.record({ kind: fc.constant('add' as const), shelf: fc.constant('filters' as const), item: filter }),
  fc.record({ kind: fc.constant('remove' as const), shelf, index }),
  fc.record({
    kind: fc.constant('move' as const),
    from: fc.record({ shelf, index }),
    to: fc.record({ shelf, index }),
  }),
  fc.record({ kind: fc.constant('setTitle' as const), title: text }),
  fc.record({ kind: fc.constant('setLimit' as const), limit: fc.option(fc.integer({ min: 1, max: 50 })) }),
  fc.record({
    kind: fc.constant('setSort' as const),
    sort: fc.record({
      member: member([...DIMENSIONS, ...MEASURES]),
      direction: fc.constant('desc' as const),
    }),
  }),
  fc.constant({ kind: 'clear' as const }),
)

export const START = emptyDefinition('sales')

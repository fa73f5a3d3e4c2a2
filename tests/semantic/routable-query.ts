import fc from 'fast-check'
import type { CubeQuery, Filter, ViewMeta } from '#semantic'
import type { Twin } from '../../semantic/twins.ts'

/** Values that really occur, by text member. */
export type KnownValues = ReadonlyMap<string, readonly string[]>

const MONTHS = ['2025-01', '2025-03', '2025-04', '2025-08', '2025-12', '2026-02']

/** A question over one of a twin's report types that the twin can answer. */
export function anyRoutableQuery(
  twin: Twin,
  views: readonly ViewMeta[],
  known: KnownValues,
): fc.Arbitrary<CubeQuery> {
  const asked = views.filter(({ name }) => twin.views.has(name))
  return fc.constantFrom(...asked).chain((view) => anyQueryOf(view, twin, known))
}

function anyQueryOf(view: ViewMeta, twin: Twin, known: KnownValues): fc.Arbitrary<CubeQuery> {
  const held = (names: ReadonlySet<string>) =>
    view.members.map(({ name }) => name).filter((name) => names.has(name.slice(view.name.length + 1)))
  const [measures, dimensions, times] = [held(twin.measures), held(twin.dimensions), held(twin.times)]
  const granularities = [
    ...(twin.grain === 'day' ? ['day', 'week', 'month', 'year'] : ['month', 'quarter', 'year']),
    ...['fiscal_quarter', 'fiscal_year'],
  ]
  const kinds = new Map(view.members.map(({ name, type }) => [name, type]))
  const leaf = fc.oneof(
    fc.constantFrom(...times).chain((member) => anyCut(member, twin.grain)),
    fc.constantFrom(...dimensions).chain((member) => anyChoice(member, kinds.get(member) ?? '', known)),
  )
  const filter: fc.Arbitrary<Filter> = fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: fc.array(leaf, { minLength: 1, maxLength: 3 }).map((or) => ({ or })) },
  )
  return fc.record({
    measures: fc.subarray(measures, { minLength: 1, maxLength: 6 }),
    dimensions: fc.subarray(dimensions, { maxLength: 3 }),
    timeDimensions: fc.array(
      fc.record({ dimension: fc.constantFrom(...times), granularity: fc.constantFrom(...granularities) }),
      { maxLength: 1 },
    ) as fc.Arbitrary<NonNullable<CubeQuery['timeDimensions']>>,
    filters: fc.array(filter, { maxLength: 3 }),
    limit: fc.constant(50_000),
  })
}

function anyCut(member: string, grain: Twin['grain']): fc.Arbitrary<Filter> {
  const first = fc.constantFrom(...MONTHS).map((month) => `${month}-${grain === 'day' ? '13' : '01'}`)
  const last = fc.constantFrom(...MONTHS).map((month) => (grain === 'day' ? `${month}-14` : lastDay(month)))
  const leaf = (operators: string[], values: fc.Arbitrary<string[]>) =>
    fc.record({
      member: fc.constant(member),
      operator: fc.constantFrom(...operators),
      values,
    }) as fc.Arbitrary<Filter>
  return fc.oneof(
    leaf(['inDateRange', 'notInDateRange'], fc.tuple(first, last)),
    leaf(['gte', 'lt', 'afterOrOnDate', 'beforeDate'], fc.tuple(first)),
    leaf(['gt', 'lte', 'afterDate', 'beforeOrOnDate'], fc.tuple(last)),
    leaf(['set', 'notSet'], fc.constant([])),
  )
}

function lastDay(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

function anyChoice(member: string, type: string, known: KnownValues): fc.Arbitrary<Filter> {
  if (type === 'boolean')
    return fc.constantFrom('true', 'false').map((value) => ({ member, operator: 'equals', values: [value] }))
  if (type === 'number')
    return fc
      .integer({ min: 0, max: 24 })
      .map((value) => ({ member, operator: 'gte', values: [String(value)] }))
  const values = known.get(member) ?? []
  const choice = fc.subarray([...values], { maxLength: Math.min(4, values.length) })
  return fc.oneof(
    fc.constantFrom<Filter>({ member, operator: 'set' }, { member, operator: 'notSet' }),
    fc
      .tuple(fc.constantFrom('equals' as const, 'notEquals' as const), choice)
      .map(([operator, chosen]): Filter =>
        chosen.length === 0 ? { member, operator: 'set' } : { member, operator, values: chosen },
      ),
  )
}

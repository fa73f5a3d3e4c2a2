import fc from 'fast-check'
import type { CubeQuery, Filter, MemberMeta, Reader, ViewMeta } from '#semantic'
import { DEPARTMENTS, PEOPLE } from './marts-fixture.ts'

/** Values that really occur, by text member, so that filters find something. */
export type KnownValues = ReadonlyMap<string, readonly string[]>

const DAYS = ['2025-01-10', '2025-03-01', '2025-06-15', '2025-09-30', '2026-01-01']

type Times = NonNullable<CubeQuery['timeDimensions']>

export function anyReader(role: Reader['role']): fc.Arbitrary<Reader> {
  return fc.record({
    userId: fc.constant('someone'),
    role: fc.constant(role),
    personId: fc.option(fc.constantFrom(...PEOPLE), { freq: 12 }),
    departmentIds: fc.oneof(
      { weight: 1, arbitrary: fc.constant([]) },
      { weight: 8, arbitrary: fc.subarray(DEPARTMENTS, { minLength: 1 }) },
    ),
    canSeePersonal: fc.boolean(),
  })
}

/** A query over one view's members, with everything the designer can ask. */
export function anyQuery(view: ViewMeta, known: KnownValues): fc.Arbitrary<CubeQuery> {
  const of = (...kinds: MemberMeta['kind'][]): MemberMeta[] =>
    view.members.filter(({ kind }) => kinds.includes(kind))
  const some = (
    members: readonly MemberMeta[],
    minLength: number,
    maxLength: number,
  ): fc.Arbitrary<string[]> =>
    fc.subarray(
      members.map(({ name }) => name),
      { minLength, maxLength: Math.min(maxLength, members.length) },
    )
  return fc
    .record({
      measures: some(of('measure'), 1, 4),
      dimensions: some(of('dimension'), 0, 3),
      timeDimensions:
        of('time').length === 0 ? fc.constant<Times>([]) : fc.array(anyTime(of('time')), { maxLength: 1 }),
      filters: fc.array(anyFilter(of('dimension', 'time'), known), { maxLength: 3 }),
      having: fc.array(anyMeasureFilter(of('measure')), { maxLength: 1 }),
      isOrdered: fc.boolean(),
      ungrouped: fc.option(fc.constant(true), { freq: 8 }),
    })
    .map(({ having, isOrdered, ungrouped, filters, ...query }) => {
      const isUngrouped = ungrouped === true
      return {
        ...query,
        filters: isUngrouped ? filters : [...filters, ...having],
        ...(isOrdered &&
          query.dimensions[0] !== undefined && { order: { [query.dimensions[0]]: 'asc' as const } }),
        ...(isUngrouped && {
          ungrouped: true,
          measures: [],
          dimensions: orFirst(query.dimensions, of('dimension')),
        }),
      }
    })
}

function orFirst(names: string[], members: readonly MemberMeta[]): string[] {
  return names.length > 0 ? names : members.slice(0, 1).map(({ name }) => name)
}

function anyTime(members: readonly MemberMeta[]): fc.Arbitrary<Times[number]> {
  return fc
    .record({
      dimension: fc.constantFrom(...members.map(({ name }) => name)),
      granularity: fc.constantFrom('day', 'week', 'month', 'quarter', 'year'),
      range: fc.option(fc.subarray(DAYS, { minLength: 2, maxLength: 2 })),
    })
    .map(({ range, ...time }) => ({
      ...time,
      ...(range !== null && { dateRange: [String(range[0]), String(range[1])] }),
    }))
}

function anyFilter(members: readonly MemberMeta[], known: KnownValues): fc.Arbitrary<Filter> {
  const leaf = fc.constantFrom(...members).chain((member) => anyLeaf(member, known))
  const group = fc.array(leaf, { minLength: 1, maxLength: 3 })
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: group.map((or) => ({ or })) },
    { weight: 1, arbitrary: fc.tuple(leaf, group).map(([first, or]) => ({ and: [first, { or }] })) },
  )
}

function anyLeaf({ name, kind, type }: MemberMeta, known: KnownValues): fc.Arbitrary<Filter> {
  const leaf = (operators: readonly string[], values: fc.Arbitrary<string[]>): fc.Arbitrary<Filter> =>
    fc.record({
      member: fc.constant(name),
      operator: fc.constantFrom(...operators),
      values,
    }) as fc.Arbitrary<Filter>
  const presence = leaf(['set', 'notSet'], fc.constant([]))
  if (kind === 'time') {
    return fc.oneof(
      leaf(['inDateRange', 'notInDateRange'], fc.subarray(DAYS, { minLength: 2, maxLength: 2 })),
      leaf(['beforeDate', 'afterOrOnDate', 'lte', 'gt'], fc.subarray(DAYS, { minLength: 1, maxLength: 1 })),
      presence,
    )
  }
  if (type === 'boolean') return leaf(['equals', 'notEquals'], fc.constantFrom(['true'], ['false']))
  if (type === 'number')
    return leaf(
      ['equals', 'gte', 'lt'],
      fc.integer({ min: 0, max: 24 }).map((n) => [String(n)]),
    )
  const found = known.get(name) ?? []
  const values = found.length > 0 ? found : ['x']
  return fc.oneof(
    leaf(['equals', 'notEquals'], fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 4 })),
    leaf(
      ['contains', 'notContains', 'startsWith', 'endsWith'],
      fc.constantFrom(['_'], ['1'], ['%'], ['crm:p'], ['e']),
    ),
    presence,
  )
}

function anyMeasureFilter(members: readonly MemberMeta[]): fc.Arbitrary<Filter> {
  return fc.record({
    member: fc.constantFrom(...members.map(({ name }) => name)),
    operator: fc.constantFrom('gt', 'lte', 'set'),
    values: fc.integer({ min: 0, max: 5 }).map((n) => [String(n)]),
  }) as fc.Arbitrary<Filter>
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyEdit,
  fieldKey,
  MOST_RANGED,
  parseDefinition,
  settle,
  SHELF_LIMITS,
  type Arrangement,
  type Field,
  type ReportView,
} from '#semantic/report'

const SEED = 20261123
const FIELDS = ['manager', 'department', 'stage', 'product', 'source', 'branch', 'currency']
const MEASURED = ['amount', 'days', 'talk']
const view: ReportView = {
  name: 'deals',
  title: 'Deals',
  members: [
    ...FIELDS.map(
      (name) => ({ name: `deals.${name}`, title: name, kind: 'dimension', type: 'string' }) as const,
    ),
    ...MEASURED.map(
      (name) => ({ name: `deals.${name}`, title: name, kind: 'dimension', type: 'number' }) as const,
    ),
    { name: 'deals.closed_at', title: 'Closed', kind: 'time', type: 'time' },
    { name: 'deals.won', title: 'Won', kind: 'measure', type: 'number' },
  ],
}
const granularities = ['day', 'week', 'month', 'quarter', 'year'] as const
const reportOf = (over: object = {}) => ({
  definition: parseDefinition({ version: 1, reportType: 'deals', ...over }),
  view,
  granularities,
})
const after = (report: ReturnType<typeof reportOf>, dragged: Arrangement) => {
  const { shelves, refusals } = settle(report, dragged)
  return { refusals, definition: applyEdit(report.definition, { kind: 'arrange', shelves }) }
}
const keysOf = (fields: readonly Field[]) => fields.map(fieldKey)

describe('a drag', () => {
  it('moves a field to the other axis, and keeps the sort by it', () => {
    const sort = { member: 'deals.manager', direction: 'desc' }
    const report = reportOf({ rows: [{ member: 'deals.manager' }], options: { sort } })
    const { definition, refusals } = after(report, { rows: [], columns: [...report.definition.rows] })
    expect(refusals).toEqual([])
    expect(definition.columns).toEqual([{ member: 'deals.manager' }])
    expect(definition.options.sort).toEqual(sort)
  })

  it('brings no field to an axis while it stands on the other', () => {
    const report = reportOf({ rows: [{ member: 'deals.manager' }] })
    const { definition, refusals } = after(report, { columns: [{ member: 'deals.manager' }] })
    expect(refusals).toEqual(['already_there'])
    expect(definition).toEqual(report.definition)
  })

  it('brings a time again by a part of the calendar that is free', () => {
    const closed = { member: 'deals.closed_at', granularity: 'month' } as const
    const report = reportOf({ rows: [closed] })
    const { definition, refusals } = after(report, { columns: [{ ...closed }] })
    expect(refusals).toEqual([])
    expect(keysOf(definition.columns)).toEqual(['deals.closed_at.quarter'])
  })

  it('brings a measured field by its own values where two fields are in ranges', () => {
    const ranges = [10, 20]
    const rows = [
      { member: 'deals.amount', ranges },
      { member: 'deals.days', ranges },
    ]
    const { definition } = after(reportOf({ rows }), { columns: [{ member: 'deals.talk', ranges }] })
    expect(definition.columns).toEqual([{ member: 'deals.talk' }])
  })

  it('leaves what stood there where a shelf is full, and says so', () => {
    const report = reportOf({ columns: FIELDS.slice(0, 3).map((name) => ({ member: `deals.${name}` })) })
    const came = { member: 'deals.source' }
    const [first, ...others] = report.definition.columns
    const { definition, refusals } = after(report, { columns: [...(first ? [first] : []), came, ...others] })
    expect(refusals).toEqual(['shelf_full'])
    expect(definition.columns).toEqual(report.definition.columns)
  })

  it('takes a field to the place where it was dropped', () => {
    const report = reportOf({ rows: [{ member: 'deals.manager' }, { member: 'deals.stage' }] })
    const [first, last] = report.definition.rows
    const items = [first, { member: 'deals.source' }, last].filter((item) => item !== undefined)
    expect(keysOf(after(report, { rows: items }).definition.rows)).toEqual([
      'deals.manager',
      'deals.source',
      'deals.stage',
    ])
  })
})

const fieldArbitrary: fc.Arbitrary<Field> = fc.oneof(
  fc.constantFrom(...FIELDS).map((name) => ({ member: `deals.${name}` })),
  fc.constantFrom(...MEASURED).map((name) => ({ member: `deals.${name}`, ranges: [1, 2] })),
  fc.constantFrom(...granularities).map((granularity) => ({ member: 'deals.closed_at', granularity })),
)
const dropArbitrary = fc.record({
  shelf: fc.constantFrom('rows' as const, 'columns' as const),
  from: fc.constantFrom('list' as const, 'rows' as const, 'columns' as const),
  field: fieldArbitrary,
  at: fc.nat({ max: 6 }),
})
type Drop = typeof dropArbitrary extends fc.Arbitrary<infer Made> ? Made : never
type Axes = Readonly<Record<'rows' | 'columns', readonly Field[]>>

/** The field of a drop, and the axes as a browser hands them over after it, with nothing judged. */
function dropped(axes: Axes, { shelf, from, field, at }: Drop): { lifted: Field; dragged: Arrangement } {
  const lifted = from === 'list' ? field : axes[from][at % Math.max(1, axes[from].length)]
  if (lifted === undefined || from === shelf) return { lifted: field, dragged: {} }
  const left = from === 'list' ? {} : { [from]: axes[from].filter((one) => one !== lifted) }
  return { lifted, dragged: { ...left, [shelf]: axes[shelf].toSpliced(at, 0, lifted) } }
}

/** What a person would say of a drop: whether an axis can take the field, given everything else on both. */
function isTaken({ rows, columns }: Axes, drop: Drop, lifted: Field): boolean {
  const others = [...rows, ...columns].filter((one) => one !== lifted)
  const there = others.filter(({ member }) => member === lifted.member).length
  const most = lifted.granularity === undefined ? 1 : granularities.length
  const onShelf = { rows, columns }[drop.shelf].length
  return there < most && onShelf < SHELF_LIMITS[drop.shelf]
}

describe('drags in any order', () => {
  it(`leave a report that can be run, and lose nothing that stood there (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.array(dropArbitrary, { minLength: 1, maxLength: 25 }), (drops) => {
        let report = reportOf()
        for (const drop of drops) {
          const before = report.definition
          const { lifted, dragged } = dropped(before, drop)
          const { definition, refusals } = after(report, dragged)
          parseDefinition(definition)
          const axes = [...definition.rows, ...definition.columns]
          expect(new Set(keysOf(axes)).size).toBe(axes.length)
          expect(axes.filter(({ ranges }) => ranges).length).toBeLessThanOrEqual(MOST_RANGED)
          const isJudged = Object.keys(dragged).length > 0
          const isOk = isTaken(before, drop, lifted)
          expect(refusals.length).toBe(isJudged && !isOk ? 1 : 0)
          const isNew = isJudged && isOk && drop.from === 'list'
          expect(axes.length).toBe(before.rows.length + before.columns.length + (isNew ? 1 : 0))
          report = { ...report, definition }
        }
      }),
      { seed: SEED, numRuns: 500 },
    )
  })
})

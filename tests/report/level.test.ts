import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Field, Granularity, ReportDefinition, ReportRow, ReportTable } from '#semantic/report'
import {
  applyEdit,
  CALENDAR_YEARS,
  encodeDefinition,
  decodeDefinition,
  edit,
  granularitiesOf,
  levelBelow,
  levelsBelow,
  oneLevelDown,
  parseDefinition,
  runReport,
  startHistory,
  undo,
} from '#semantic/report'
import type { DuckDbCube } from './duckdb-cube.ts'
import { duckDbCube, viewOf } from './duckdb-cube.ts'

// 900 sales of 9 people in 3 departments, some of nobody; person M0 was in two of them.
const SOURCE = `select
  if(i % 17 = 0, null, 'D' || (i * 7 % 3)) as department,
  if(i % 19 = 0, null, 'M' || if(i % 23 = 0, 0, (i * 7 % 3) + 3 * (i % 3))) as manager,
  timestamp '2025-01-01' + to_days((i * 37 % 730)::int) as closed_at,
  (i * 13 % 100) + 0.1 as amount, i % 4 = 0 as is_won
  from range(900) rows(i)`
const MEASURES = {
  amount: 'sum(amount)::decimal(18, 2)',
  rate: 'count(*) filter (is_won)::double / count(*)',
}
const view = {
  ...viewOf('sales', {
    ...{ department: 'string', manager: 'string', closed_at: 'time' },
    ...{ amount: 'measure', rate: 'measure' },
  }),
  hierarchies: [['sales.department', 'sales.manager']],
}
const granularities = granularitiesOf(CALENDAR_YEARS)
const context = {
  ...{ view, given: {}, now: new Date('2026-11-20T12:00:00Z'), zone: 'UTC' },
  ...{ fiscalCalendar: CALENDAR_YEARS, limit: 5000 },
  calendar: { workingDays: [1, 2, 3, 4, 5], holidays: [] },
}
const field = (name: string, granularity?: Granularity): Field => ({
  member: `sales.${name}`,
  ...(granularity && { granularity }),
})
const report = (rows: readonly Field[], extra: Record<string, unknown> = {}): ReportDefinition =>
  parseDefinition({
    ...{ version: 1, reportType: 'sales', rows },
    ...{ values: [{ member: 'sales.amount' }, { member: 'sales.rate' }], ...extra },
  })

let cube: DuckDbCube
beforeAll(async () => {
  cube = await duckDbCube({ source: SOURCE, measures: MEASURES })
})
afterAll(() => cube.close())

const run = (definition: ReportDefinition): Promise<ReportTable> =>
  runReport(definition, context, (query) => cube.load(query))
const levelsOf = (row: ReportRow, definition: ReportDefinition) =>
  levelsBelow(row, definition, { view, granularities })
const numbers = ({ cells }: ReportRow): readonly (string | null)[] => cells.map(({ value }) => value)

describe('the level beneath a field', () => {
  it.each([
    [field('department'), field('manager')],
    [field('manager'), null],
    [field('closed_at', 'year'), field('closed_at', 'quarter')],
    [field('closed_at', 'quarter'), field('closed_at', 'month')],
    [field('closed_at', 'month'), field('closed_at', 'day')],
    [field('closed_at', 'week'), field('closed_at', 'day')],
    [field('closed_at', 'day'), null],
  ])('of %o is %o', (own, below) => {
    expect(levelBelow(own, view, granularities)).toEqual(below)
  })

  it('of fiscal periods is their weeks where the year has such, and of times that hold months nothing', () => {
    const retail: readonly Granularity[] = ['day', 'month', 'fiscal_week', 'fiscal_period', 'fiscal_quarter']
    const part = (name: string, granularity: Granularity, among: readonly Granularity[]) =>
      levelBelow(field(name, granularity), view, among)?.granularity ?? null
    expect(part('closed_at', 'fiscal_quarter', retail)).toBe('fiscal_period')
    expect(part('closed_at', 'fiscal_period', retail)).toBe('fiscal_week')
    expect(part('closed_at', 'fiscal_quarter', ['month', 'fiscal_quarter'])).toBe('month')
    expect(part('month', 'month', granularities)).toBeNull()
  })

  it('is none that the reader may not see', () => {
    const narrow = { ...view, members: view.members.filter(({ name }) => name !== 'sales.manager') }
    expect(levelBelow(field('department'), narrow, granularities)).toBeNull()
  })
})

describe('a row that is looked into', () => {
  it.each([
    [[field('department')], {}],
    [[field('closed_at', 'quarter'), field('department')], {}],
    [[field('department'), field('closed_at', 'month')], {}],
    [
      [field('closed_at', 'month')],
      {
        filters: [{ member: 'sales.closed_at', operator: 'inDateRange', values: ['2025-02-10..2026-08-20'] }],
      },
    ],
    [
      [field('department')],
      { filters: [{ member: 'sales.department', operator: 'equals', values: ['D0', 'D2'] }] },
    ],
  ])('has its own numbers as the totals of the next report: %o %o', async (rows, extra) => {
    const definition = report(rows, extra)
    const table = await run(definition)
    let looked = 0
    for (const row of table.rows.filter(({ kind }) => kind !== 'total')) {
      // The innermost level that the row shows: what it holds down to there is the row itself.
      const level = levelsOf(row, definition).find(({ place }) => place === row.drill.length - 1)
      if (level === undefined) continue
      looked += 1
      const below = await run(oneLevelDown(definition, row, level))
      expect(below.rowFields.at(level.place)?.member).toBe(level.field.member)
      const total = below.rows.at(-1)
      expect(total && numbers(total), JSON.stringify(row.drill)).toEqual(numbers(row))
    }
    expect(looked).toBeGreaterThan(1)
  })

  it('offers no level that the report shows already, and none in the total', async () => {
    const definition = report([field('department'), field('manager')])
    const { rows } = await run(definition)
    for (const row of rows) expect(levelsOf(row, definition)).toEqual([])
    const wider = report([field('department')])
    const total = (await run(wider)).rows.at(-1)
    expect(total && levelsOf(total, wider)).toEqual([])
    // The answer to an earlier report offers nothing for another.
    for (const row of rows) expect(levelsOf(row, report([field('closed_at', 'year')]))).toEqual([])
  })

  it('is a step that is undone, and an address', async () => {
    const definition = report([field('department')])
    const [row] = (await run(definition)).rows
    const [level] = row ? levelsOf(row, definition) : []
    if (!row || !level) throw new Error('nothing to look into')
    const next = oneLevelDown(definition, row, level)
    const history = edit(startHistory(definition), { kind: 'replace', definition: next })
    expect(history.present).toEqual(applyEdit(definition, { kind: 'replace', definition: next }))
    expect(decodeDefinition(encodeDefinition(history.present))).toEqual(history.present)
    expect(undo(history).present).toEqual(definition)
  })
})

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DateRange, ReportTable, ResultRow } from '#semantic/report'
import {
  CALENDAR_YEARS,
  cellFilters,
  comparisonOf,
  counterpart,
  decodeDefinition,
  encodeDefinition,
  parseDefinition,
  runReport,
} from '#semantic/report'
import type { DuckDbCube } from './duckdb-cube.ts'
import { duckDbCube, viewOf } from './duckdb-cube.ts'

// 900 sales of 3 people over two years of days; rates and distinct counts beside sums.
const SOURCE = `select
  'M' || (i * 7 % 3) as manager,
  'C' || (i * 11 % 40) as client,
  timestamp '2025-01-01' + to_days((i * 37 % 730)::int) as closed_at,
  (i * 13 % 100) + 0.1 as amount, i % 4 = 0 as is_won
  from range(900) rows(i)`
const MEASURES = {
  amount: 'sum(amount)::decimal(18, 2)',
  clients: 'count(distinct client)',
  rate: 'count(*) filter (is_won)::double / count(*)',
}
const plain = viewOf('sales', {
  manager: 'string',
  client: 'string',
  closed_at: 'time',
  amount: 'measure',
  clients: 'measure',
  rate: 'measure',
})
const view = {
  ...plain,
  members: plain.members.map((member) => ({
    ...member,
    isAdditive: member.name === 'sales.amount',
    format: member.name === 'sales.rate' ? 'percent' : null,
  })),
}
const calendar = { workingDays: [1, 2, 3, 4, 5], holidays: [{ date: '2026-10-12' }] }
// Friday 20 November 2026.
const context = {
  ...{
    view,
    given: {},
    now: new Date('2026-11-20T12:00:00Z'),
    zone: 'UTC',
    fiscalCalendar: CALENDAR_YEARS,
    limit: 5000,
  },
  calendar,
}

function report(period: string, extra: Record<string, unknown> = {}, options: Record<string, unknown> = {}) {
  return parseDefinition({
    version: 1,
    reportType: 'sales',
    rows: [{ member: 'sales.manager' }],
    values: [{ member: 'sales.amount' }],
    filters: [{ member: 'sales.closed_at', operator: 'inDateRange', values: [period] }],
    ...extra,
    options: { comparison: 'previous', ...options },
  })
}

function comparedWith(range: DateRange, kind: 'previous' | 'last_year') {
  const definition = report(range.join('..'), {}, { comparison: kind })
  const filters = [{ member: 'sales.closed_at', operator: 'inDateRange' as const, values: [...range] }]
  return comparisonOf(definition, filters, context)
}

describe('the compared period', () => {
  it('is the whole period before a finished one, month for month', () => {
    expect(comparedWith(['2026-02-01', '2026-02-28'], 'previous')?.before).toEqual([
      '2026-01-01',
      '2026-01-31',
    ])
    expect(comparedWith(['2026-07-01', '2026-09-30'], 'previous')?.before).toEqual([
      '2026-04-01',
      '2026-06-30',
    ])
    expect(comparedWith(['2026-03-03', '2026-03-09'], 'previous')?.before).toEqual([
      '2026-02-24',
      '2026-03-02',
    ])
  })

  it('is the same period a year before, with the end of February', () => {
    expect(comparedWith(['2024-02-01', '2024-02-29'], 'last_year')?.before).toEqual([
      '2023-02-01',
      '2023-02-28',
    ])
    expect(comparedWith(['2025-02-01', '2025-02-28'], 'last_year')?.before).toEqual([
      '2024-02-01',
      '2024-02-29',
    ])
  })

  it('is cut to as many working days as an unfinished period has had', () => {
    const november = comparedWith(['2026-11-01', '2026-11-30'], 'previous')
    // 15 working days of November are gone; the 15th of October is the 22nd, with the holiday on the 12th.
    expect(november).toMatchObject({ workingDays: 15, before: ['2026-10-01', '2026-10-22'] })
    expect(comparedWith(['2026-10-01', '2026-10-31'], 'previous')?.workingDays).toBeNull()
  })

  it('gives every bucket its counterpart, and none where a month is too short', () => {
    const months = comparedWith(['2026-07-01', '2026-09-30'], 'previous')
    if (!months) throw new Error('nothing to compare with')
    expect(counterpart('2026-04-01T00:00:00.000', 'month', months)).toBe('2026-07-01T00:00:00.000')
    expect(counterpart('2026-05-31T00:00:00.000', 'day', months)).toBe('2026-08-31T00:00:00.000')
    expect(counterpart('2026-01-01T00:00:00.000', 'year', months)).toBe('2026-01-01T00:00:00.000')
    const short = comparedWith(['2026-02-01', '2026-02-28'], 'previous')
    if (!short) throw new Error('nothing to compare with')
    expect(counterpart('2026-01-30T00:00:00.000', 'day', short)).toBeNull()
    const year = comparedWith(['2026-01-01', '2026-12-31'], 'last_year')
    if (!year) throw new Error('nothing to compare with')
    expect(counterpart('2025-03-01', 'month', year)).toBe('2026-03-01T00:00:00.000')
    // Monday to Monday.
    expect(counterpart('2025-03-03', 'week', year)).toBe('2026-03-02T00:00:00.000')
  })
})

describe('a compared report', () => {
  let cube: DuckDbCube
  beforeAll(async () => {
    cube = await duckDbCube({ source: SOURCE, measures: MEASURES })
  })
  afterAll(() => cube.close())

  const one = async (what: string, where: string): Promise<ResultRow | undefined> =>
    (await cube.select(`select ${what} as value from (${SOURCE}) where ${where}`))[0]

  it('counts ratios and distinct counts of both periods at their own grain, totals too', async () => {
    const definition = report('2026-07-01..2026-09-30', {
      values: [{ member: 'sales.clients' }, { member: 'sales.rate' }],
    })
    const table = await runReport(definition, context, cube.load)
    expect(table.valueFields.map(({ title, format }) => [title, format])).toEqual([
      ['Clients', null],
      ['Clients before', null],
      ['Clients, change', 'change'],
      ['Rate', 'percent'],
      ['Rate before', 'percent'],
      ['Rate, change', 'points'],
    ])
    expect(table.valueFields.map(({ partTitle }) => partTitle).slice(2)).toEqual([
      ...['change', 'now', 'before', 'change, points'],
    ])
    const total = table.rows.at(-1)?.cells.map(({ value }) => Number(value))
    const now = `closed_at::date between '2026-07-01' and '2026-09-30'`
    const before = `closed_at::date between '2026-04-01' and '2026-06-30'`
    const clients = [await one(MEASURES.clients, now), await one(MEASURES.clients, before)]
    const rates = [await one(MEASURES.rate, now), await one(MEASURES.rate, before)]
    const [c1, c0, r1, r0] = [...clients, ...rates].map((row) => Number(row?.['value']))
    expect(total?.slice(0, 2)).toEqual([c1, c0])
    expect(total?.[2]).toBeCloseTo(((c1 ?? 0) - (c0 ?? 0)) / (c0 ?? 1), 9)
    expect(total?.[5]).toBeCloseTo((r1 ?? 0) - (r0 ?? 0), 9)
  })

  it('puts each month beside the month it is compared with, and shows who was there before only', async () => {
    const definition = report('2026-07-01..2026-09-30', {
      rows: [{ member: 'sales.closed_at', granularity: 'month' }],
      filters: [
        { member: 'sales.closed_at', operator: 'inDateRange', values: ['2026-07-01..2026-09-30'] },
        { member: 'sales.client', operator: 'equals', values: ['C1'] },
      ],
    })
    const table = await runReport(definition, context, cube.load)
    for (const row of table.rows.filter(({ kind }) => kind === 'leaf')) {
      const month = Number(row.header[0]?.value?.slice(5, 7))
      const where = `client = 'C1' and year(closed_at) = 2026 and month(closed_at) = ${month - 3}`
      expect(row.cells[1]?.value).toEqual((await one(MEASURES.amount, where))?.['value'] ?? null)
    }
  })

  it('lists for a number of the compared period exactly the records of that period', () => {
    return fc.assert(
      fc.asyncProperty(
        fc.constantFrom('this_month', 'last_month', 'this_quarter', 'last_quarter', 'last_year'),
        fc.constantFrom('previous', 'last_year'),
        fc.constantFrom('month', 'quarter', 'day'),
        async (period, comparison, granularity) => {
          const rows = [{ member: 'sales.manager' }, { member: 'sales.closed_at', granularity }]
          const definition = report(period, { rows }, { comparison })
          const table = await runReport(definition, context, cube.load)
          await expectDrills(table)
        },
      ),
      { numRuns: 12 },
    )
  })

  async function expectDrills(table: ReportTable): Promise<void> {
    for (const [index, row] of table.rows.entries()) {
      if (row.cells[1]?.value == null || index % 5 > 0) continue
      const held = cellFilters(table, index, 1)
      const result = await cube.load({
        measures: ['sales.amount'],
        filters: [...(held?.filters ?? []), ...(held?.cell ?? [])].map((filter) => ({ ...filter })),
      })
      expect(result.rows[0]?.['sales.amount']).toBe(row.cells[1].value)
    }
  }

  it('shows shares of the column and running totals of sums only, exactly', async () => {
    const definition = parseDefinition({
      version: 1,
      reportType: 'sales',
      rows: [{ member: 'sales.closed_at', granularity: 'year' }, { member: 'sales.manager' }],
      values: [
        { member: 'sales.amount', show: ['share', 'running'] },
        { member: 'sales.rate', show: ['share', 'running'] },
      ],
      options: { columnTotals: false },
    })
    const table = await runReport(definition, context, cube.load)
    expect(table.valueFields.map(({ part }) => part)).toEqual(['value', 'share', 'running', 'value'])
    const leaves = table.rows.filter(({ kind }) => kind === 'leaf')
    const subtotals = table.rows.filter(({ kind }) => kind === 'subtotal')
    expect(leaves.reduce((sum, row) => sum + Number(row.cells[1]?.value), 0)).toBeCloseTo(1, 9)
    // The last running total of a group is the subtotal, to the cent.
    expect([leaves[2], leaves[5]].map((row) => row?.cells[2]?.value)).toEqual(
      subtotals.map((row) => row.cells[0]?.value),
    )
  })

  it('keeps the new settings in a link', () => {
    const definition = report('last_month', {
      values: [{ member: 'sales.amount', show: ['share'], colour: { by: 'limits', low: 10, high: 20 } }],
    })
    expect(decodeDefinition(encodeDefinition(definition))).toEqual(definition)
  })
})

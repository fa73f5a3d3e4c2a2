import { describe, expect, it } from 'vitest'
import { givenIn, withParameter } from '#lib/designer/address.ts'
import { colouringOf } from '#lib/designer/colouring.ts'
import { reportChart } from '#lib/designer/chart-spec.ts'
import { differenceText } from '#lib/designer/difference-text.ts'
import { filterText } from '#lib/designer/filter-text.ts'
import { formatValue, tableAsTsv } from '#lib/designer/labels.ts'
import { parameterFor } from '#lib/designer/parameter-for.ts'
import { startersFor } from '#lib/designer/starters.ts'
import { shownRange } from '#lib/designer/window.ts'
import { createFormatter } from '#lib/format/index.ts'
import { messagesOf } from '#lib/messages/index.ts'
import type { ReportTable } from '#semantic/report'
import { CALENDAR_YEARS, differences, parseDefinition, runReport } from '#semantic/report'
import { duckDbCube, viewOf } from '../report/duckdb-cube.ts'

const t = messagesOf('en')
const f = createFormatter({ locale: 'en-GB', timeZone: 'UTC', currency: 'EUR' })
const words = { t, f, locale: 'en' }

const view = viewOf('sales', { region: 'string', closed_at: 'time', amount: 'measure', ratio: 'measure' })

async function salesTable(): Promise<ReportTable> {
  const cube = await duckDbCube({
    source: `select * from (values ('=North', timestamp '2026-01-05', 10), ('South', timestamp '2026-02-07', 20))
      as rows(region, closed_at, amount)`,
    measures: { amount: 'sum(amount)', ratio: 'sum(amount) / 100.0' },
  })
  const definition = parseDefinition({
    version: 1,
    reportType: 'sales',
    title: 'Sales',
    rows: [{ member: 'sales.region' }],
    columns: [{ member: 'sales.closed_at', granularity: 'month' }],
    values: [{ member: 'sales.amount' }],
  })
  const context = {
    view,
    given: {},
    now: new Date('2026-03-01'),
    zone: 'UTC',
    fiscalCalendar: CALENDAR_YEARS,
    limit: 100,
  }
  const table = await runReport(definition, context, cube.load)
  cube.close()
  return table
}

describe('a copied table', () => {
  it('has its headers, its numbers as they are, and no formula a spreadsheet would run', async () => {
    const lines = tableAsTsv(await salesTable(), words).split('\n')
    expect(lines).toEqual([
      'Region\tJan 2026\tFeb 2026\tTotal',
      "'=North\t10\t\t10",
      'South\t\t20\t20',
      'Total\t10\t20\t30',
    ])
  })
})

describe('a chart of a report', () => {
  it('draws the leaves only and knows where in the table each bar comes from', async () => {
    const chart = reportChart(await salesTable(), 'bar', words)
    expect(chart?.spec.points.map(({ label }) => label)).toEqual(['=North', 'South'])
    expect(chart?.spec.series.map(({ name, values }) => [name, values])).toEqual([
      ['Jan 2026', [10, null]],
      ['Feb 2026', [null, 20]],
    ])
    expect(chart?.rows).toEqual([0, 1])
    expect(chart?.columns).toEqual([0, 1])
  })
})

describe('a number', () => {
  it('is a dash where there is none and 0 where it is zero', () => {
    expect(formatValue(f, null, { format: 'currency', type: 'number' })).toBe('–')
    expect(formatValue(f, '0', { format: 'currency', type: 'number' })).toBe('€0')
    expect(formatValue(f, '0.6315', { format: 'percent', type: 'number' })).toBe('63.2%')
    expect(formatValue(f, '4210', { format: 'seconds', type: 'number' })).toContain('1')
  })
})

describe('the versions of a report', () => {
  const base = parseDefinition({
    version: 1,
    reportType: 'sales',
    rows: [{ member: 'sales.region' }],
    values: [{ member: 'sales.amount' }],
    filters: [{ member: 'sales.closed_at', operator: 'inDateRange', values: ['this_year'] }],
  })
  const told = (after: Record<string, unknown>) =>
    differences(base, parseDefinition({ ...base, ...after })).map((one) =>
      differenceText(one, { t, f, view }),
    )

  it('differ in words, shelf by shelf', () => {
    expect(told({})).toEqual([])
    expect(
      told({
        title: 'Sales',
        rows: [],
        columns: [{ member: 'sales.region' }],
        values: [{ member: 'sales.amount', show: ['share'] }, { member: 'sales.ratio' }],
        filters: [{ member: 'sales.closed_at', operator: 'inDateRange', values: ['last_month'] }],
        options: { ...base.options, comparison: 'previous', chart: 'bar' },
      }),
    ).toEqual([
      'Titled “Sales”',
      'Closed at: this year → last month',
      'Region moved to Columns',
      'Amount is shown in another way',
      'Values: Ratio added',
      'Changed: the kind of chart',
      'Changed: what it is compared with',
    ])
  })
})

describe('a coloured number', () => {
  it('is told to be under or over a limit by a mark too, and shows its size by its own column', async () => {
    const table = await salesTable()
    const coloured = (colour: ReportTable['valueFields'][number]['colour']) =>
      colouringOf({ ...table, valueFields: table.valueFields.map((field) => ({ ...field, colour })) })
    const limits = coloured({ by: 'limits', low: 15, high: 20 })
    expect([limits(0, 0).mark, limits(1, 1).mark, limits(0, 1)]).toEqual(['low', 'high', {}])
    expect(coloured({ by: 'bars' })(0, 0).style).toContain('100%')
    // Totals are no part of the scale.
    expect(coloured({ by: 'scale' })(2, 2)).toEqual({})
    expect(coloured(undefined)(0, 0)).toEqual({})
  })
})

describe('rows in sight', () => {
  it('are all rows when they are few, else those around the eye', () => {
    expect(shownRange({ count: 400, row: 32, scrollTop: 0, viewHeight: 600 })).toMatchObject({
      from: 0,
      to: 400,
    })
    const far = shownRange({ count: 10_000, row: 32, scrollTop: 160_000, viewHeight: 640 })
    expect(far.from).toBeLessThanOrEqual(5000)
    expect(far.to).toBeGreaterThanOrEqual(5020)
    expect(far.to - far.from).toBeLessThan(60)
    expect(far.before + far.after + (far.to - far.from) * 32).toBe(10_000 * 32)
  })
})

describe('a parameter made of a filter', () => {
  it('takes its kind from the field and the present value as the usual one', () => {
    const [, closed] = view.members
    if (!closed) throw new Error('the view has no closing date')
    const clause = { member: closed.name, operator: 'inDateRange' as const, values: ['last_month'] }
    const first = parameterFor(closed, clause, [])
    expect(first).toMatchObject({
      name: 'period',
      type: 'period',
      default: { kind: 'relative', value: 'last_month' },
    })
    expect(parameterFor(closed, clause, [first]).name).toBe('period_2')
  })

  it.each([
    ['clients_report.segment', 'segment'],
    ['segments_report.segment_before', 'segment'],
    ['deals_report.manager_now', 'manager'],
    ['deals_report.source', 'source'],
    ['clients_report.saved_segments', 'text'],
  ])('of %s is picked as a %s', (name, type) => {
    const member = { name, title: 'Field', kind: 'dimension' as const, type: 'string' }
    expect(parameterFor(member, { member: name, operator: 'equals', values: ['x'] }, [])).toMatchObject({
      type,
      default: { kind: 'value', values: ['x'] },
    })
  })
})

describe('an address', () => {
  it('keeps chosen values and replaces only the one that changes', () => {
    const address = withParameter(
      new URLSearchParams('p.period=last_month&p.manager=Ana&p.manager=Bo&show=bar'),
      'period',
      ['2026-01-01..2026-01-31'],
    )
    const search = new URLSearchParams(address)
    expect(givenIn(search)).toEqual({ manager: ['Ana', 'Bo'], period: ['2026-01-01..2026-01-31'] })
    expect(search.get('show')).toBe('bar')
  })
})

describe('a filter on its chip', () => {
  it('is short and in words', () => {
    const during = { member: 'sales.closed_at', operator: 'inDateRange' as const, values: ['this_year'] }
    expect(filterText(during, { t, f })).toBe('this year')
    const many = { member: 'sales.region', operator: 'notEquals' as const, values: ['A', 'B', 'C'] }
    expect(filterText(many, { t, f })).toBe('≠ A, B +1')
  })
})

describe('ready questions', () => {
  it('are offered only where the reader has every field they use', () => {
    expect(startersFor([view], 'Period')).toEqual([])
    const deals = viewOf('deals_report', {
      lost_reason: 'string',
      lost_at: 'time',
      lost_count: 'measure',
      lost_amount: 'measure',
    })
    expect(startersFor([deals], 'Period').map(({ key }) => key)).toEqual(['lostReasons'])
  })
})

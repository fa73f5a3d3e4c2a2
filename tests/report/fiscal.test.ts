import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bucketRange,
  bucketStart,
  CALENDAR_YEARS,
  counterpart,
  fiscalText,
  inFiscalYear,
  parseDefinition,
  runReport,
  type FiscalCalendar,
  type Granularity,
} from '#semantic/report'
import { duckDbCube, viewOf, type DuckDbCube } from './duckdb-cube.ts'

const FISCAL: readonly Granularity[] = ['fiscal_quarter', 'fiscal_year']
const fromMonth = (firstMonth: number): FiscalCalendar => ({ ...CALENDAR_YEARS, firstMonth })
const anyStart = fc.integer({ min: 1, max: 12 }).map(fromMonth)
const anyDay = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

describe('fiscal quarters and years', () => {
  it('part the days: each is in the one that its start begins, and the next begins the day after its end', () => {
    fc.assert(
      fc.property(anyDay, anyStart, fc.constantFrom(...FISCAL), (day, start, granularity) => {
        const first = bucketStart(day, granularity, start)
        const [from, to] = bucketRange(first, granularity, start)
        expect(from <= day && day <= to).toBe(true)
        expect(bucketStart(to, granularity, start)).toBe(first)
        expect(bucketStart(dayAfter(to), granularity, start)).toBe(dayAfter(to))
      }),
      { seed: 20_260_302, numRuns: 500 },
    )
  })

  it('are named by the calendar year in which the fiscal year ends', () => {
    const april = { fiscalCalendar: fromMonth(4), locale: 'en' }
    expect(fiscalText('2025-04-01T00:00:00.000', 'fiscal_year', april)).toBe('FY2026')
    expect(fiscalText('2026-01-01T00:00:00.000', 'fiscal_quarter', april)).toBe('FY2026 Q4')
    expect(fiscalText('2026-04-01T00:00:00.000', 'fiscal_quarter', april)).toBe('FY2027 Q1')
    const february = { fiscalCalendar: fromMonth(2), locale: 'es-ES' }
    expect(fiscalText('2026-11-01T00:00:00.000', 'fiscal_quarter', february)).toBe('AF2027 T4')
  })

  it('are the calendar’s own where the fiscal year is', () => {
    const definition = parseDefinition({
      version: 1,
      reportType: 'sales',
      rows: [{ member: 'sales.closed_at', granularity: 'fiscal_quarter' }],
      columns: [{ member: 'sales.closed_at', granularity: 'fiscal_year' }],
      values: [{ member: 'sales.count' }],
    })
    expect(inFiscalYear(definition, CALENDAR_YEARS)).toMatchObject({
      rows: [{ granularity: 'quarter' }],
      columns: [{ granularity: 'year' }],
    })
    expect(inFiscalYear(definition, fromMonth(4))).toEqual(definition)
  })

  it('stand beside the one a year before', () => {
    const comparison = {
      kind: 'last_year',
      member: 'sales.closed_at',
      range: ['2025-02-01', '2026-01-31'],
      before: ['2024-02-01', '2025-01-31'],
      workingDays: null,
      fiscalCalendar: fromMonth(2),
    } as const
    const beside = (day: string, granularity: Granularity) =>
      counterpart(`${day}T00:00:00.000`, granularity, comparison)
    expect(beside('2024-05-01', 'fiscal_quarter')).toBe('2025-05-01T00:00:00.000')
    expect(beside('2024-02-01', 'fiscal_year')).toBe('2025-02-01T00:00:00.000')
  })
})

describe('a report by fiscal quarter', () => {
  let cube: DuckDbCube
  beforeAll(async () => {
    cube = await duckDbCube({
      source: `select timestamp '2024-01-01' + to_days(i::int) as closed_at from range(1000) rows(i)`,
      measures: { count: 'count(*)' },
    })
  })
  afterAll(() => cube.close())

  it('drills into exactly the days of each quarter', async () => {
    const definition = parseDefinition({
      version: 1,
      reportType: 'sales',
      rows: [{ member: 'sales.closed_at', granularity: 'fiscal_quarter' }],
      values: [{ member: 'sales.count' }],
    })
    const context = { given: {}, now: new Date('2026-02-10T12:00:00Z'), zone: 'UTC', limit: 1000 }
    const view = viewOf('sales', { closed_at: 'time', count: 'measure' })
    const table = await runReport(definition, { ...context, view, fiscalCalendar: fromMonth(2) }, cube.load)
    const second = table.rows[1]
    expect(second?.header[0]?.value).toBe('2024-02-01T00:00:00.000')
    expect(second?.cells[0]?.value).toBe('90')
    expect(second?.drill).toEqual([
      { member: 'sales.closed_at', operator: 'inDateRange', values: ['2024-02-01', '2024-04-30'] },
    ])
    expect(table.fiscalCalendar).toEqual(fromMonth(2))
  })
})

import { describe, expect, it } from 'vitest'
import {
  calendarOf,
  CALENDAR_YEARS,
  cellBefore,
  counterpart,
  fiscalText,
  granularitiesOf,
  inFiscalYear,
  parseDefinition,
  periodBefore,
  relativePeriodsOf,
  RELATIVE_PERIODS,
  resolveParameters,
  resolvePeriod,
  type Comparison,
  type ComparisonKind,
  type DateRange,
  type Granularity,
} from '#semantic/report'
import { NRF } from './retail-calendar.ts'

// In the 48th week of 2023, which has 53.
const clock = { now: new Date('2023-12-20T12:00:00Z'), zone: 'UTC', fiscalCalendar: NRF }

describe('a retail calendar', () => {
  it('gives times its weeks, periods, quarters and years to be grouped by', () => {
    const added = ['fiscal_week', 'fiscal_period', 'fiscal_quarter', 'fiscal_year']
    expect(granularitiesOf(NRF)).toEqual(['day', 'week', 'month', 'quarter', 'year', ...added])
    expect(granularitiesOf(CALENDAR_YEARS)).toEqual(['day', 'week', 'month', 'quarter', 'year'])
  })

  it('names them as the company does', () => {
    const name = (start: string, part: Parameters<typeof fiscalText>[1], locale: string) =>
      fiscalText(`${start}T00:00:00.000`, part, { fiscalCalendar: NRF, locale })
    expect(name('2023-01-29', 'fiscal_year', 'en')).toBe('FY2023')
    expect(name('2023-10-29', 'fiscal_quarter', 'en')).toBe('FY2023 Q4')
    expect(name('2023-12-31', 'fiscal_period', 'en')).toBe('FY2023 P12')
    expect(name('2024-01-28', 'fiscal_week', 'en')).toBe('FY2023 W53')
    expect(name('2024-01-28', 'fiscal_week', 'es-ES')).toBe('AF2023 S53')
  })

  it('is what this quarter and this year mean', () => {
    expect(resolvePeriod('this_fiscal_period', clock)).toEqual(['2023-11-26', '2023-12-30'])
    expect(resolvePeriod('last_fiscal_period', clock)).toEqual(['2023-10-29', '2023-11-25'])
    expect(resolvePeriod('this_quarter', clock)).toEqual(['2023-10-29', '2024-02-03'])
    expect(resolvePeriod('last_quarter', clock)).toEqual(['2023-07-30', '2023-10-28'])
    expect(resolvePeriod('this_year', clock)).toEqual(['2023-01-29', '2024-02-03'])
    expect(resolvePeriod('last_year', clock)).toEqual(['2022-01-30', '2023-01-28'])
  })

  it('leaves a time that holds months with the months that its periods stand for', () => {
    const definition = parseDefinition({
      version: 1,
      reportType: 'plan',
      rows: [
        { member: 'plan.month', granularity: 'fiscal_quarter' },
        { member: 'plan.month', granularity: 'fiscal_period' },
        { member: 'plan.won_at', granularity: 'fiscal_period' },
      ],
      values: [{ member: 'plan.target' }],
      filters: [
        { member: 'plan.month', operator: 'inDateRange', values: ['this_quarter'] },
        { member: 'plan.won_at', operator: 'inDateRange', values: ['this_quarter'] },
      ],
    })
    expect(inFiscalYear(definition, NRF).rows.map(({ granularity }) => granularity)).toEqual([
      ...['fiscal_quarter', 'month', 'fiscal_period'],
    ])
    expect(resolveParameters(definition, {}, clock).filters.map(({ values }) => values)).toEqual([
      ['2023-11-01', '2024-01-31'],
      ['2023-10-29', '2024-02-03'],
    ])
    const months = calendarOf('plan.month', NRF)
    expect(fiscalText('2024-02-01', 'fiscal_quarter', { fiscalCalendar: months, locale: 'en' })).toBe(
      'FY2024 Q1',
    )
  })
})

function compared(range: DateRange, kind: ComparisonKind): Comparison {
  const later = { ...clock, now: new Date('2026-01-01') }
  return { kind, member: 'sales.at', range, fiscalCalendar: NRF, ...periodBefore(range, kind, later) }
}

it('this and last fiscal period are offered where periods are not months', () => {
  const added = RELATIVE_PERIODS.filter((one) => !relativePeriodsOf(CALENDAR_YEARS).includes(one))
  expect(added).toEqual(['this_fiscal_period', 'last_fiscal_period'])
  expect(relativePeriodsOf(NRF)).toEqual(RELATIVE_PERIODS)
})

describe('a comparison by a retail calendar', () => {
  it.each<[string, { range: DateRange; kind: ComparisonKind; before: DateRange }]>([
    [
      'a period of five weeks with the one of four before',
      { range: ['2023-02-26', '2023-04-01'], kind: 'previous', before: ['2023-01-29', '2023-02-25'] },
    ],
    [
      'a quarter with the one before, its 53rd week too',
      { range: ['2024-02-04', '2024-05-04'], kind: 'previous', before: ['2023-10-29', '2024-02-03'] },
    ],
    [
      'a year with the one before, its 53rd week too',
      { range: ['2024-02-04', '2025-02-01'], kind: 'last_year', before: ['2023-01-29', '2024-02-03'] },
    ],
    [
      'a long year with the short one before',
      { range: ['2023-01-29', '2024-02-03'], kind: 'last_year', before: ['2022-01-30', '2023-01-28'] },
    ],
    [
      'a period with that of last year',
      { range: ['2024-12-01', '2025-01-04'], kind: 'last_year', before: ['2023-11-26', '2023-12-30'] },
    ],
    [
      'a month with the month before',
      { range: ['2024-02-01', '2024-02-29'], kind: 'previous', before: ['2024-01-01', '2024-01-31'] },
    ],
    [
      'the days after Thanksgiving with those of last year',
      { range: ['2024-11-29', '2024-12-02'], kind: 'last_year', before: ['2023-11-24', '2023-11-27'] },
    ],
  ])('puts %s', (_, { range, kind, before }) => {
    expect(compared(range, kind).before).toEqual(before)
  })

  it('puts each week and period beside its own, and a 53rd week beside none', () => {
    const year = compared(['2024-02-04', '2025-02-01'], 'last_year')
    const beside = (day: string, granularity: Granularity) =>
      counterpart(day, granularity, year)?.slice(0, 10)
    expect(beside('2023-01-29', 'fiscal_week')).toBe('2024-02-04')
    expect(beside('2024-01-21', 'fiscal_week')).toBe('2025-01-26')
    expect(beside('2024-01-28', 'fiscal_week')).toBeUndefined()
    expect(beside('2023-12-31', 'fiscal_period')).toBe('2025-01-05')
    expect(beside('2023-10-29', 'fiscal_quarter')).toBe('2024-11-03')
    expect(beside('2023-01-29', 'fiscal_year')).toBe('2024-02-04')
  })

  it('finds the records of a week and of a period where they stood before', () => {
    const year = compared(['2024-02-04', '2025-02-01'], 'last_year')
    const before = (...values: [string, string]) =>
      cellBefore([{ member: 'sales.at', operator: 'inDateRange', values }], year)[0]?.values
    expect(before('2025-01-26', '2025-02-01')).toEqual(['2024-01-21', '2024-01-27'])
    expect(before('2025-01-05', '2025-02-01')).toEqual(['2023-12-31', '2024-02-03'])
  })
})

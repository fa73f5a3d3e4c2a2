import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addFiscalPeriods,
  fiscalPeriodsIn,
  fiscalPlace,
  fiscalRange,
  FISCAL_PARTS,
  type FiscalCalendar,
} from '#config/fiscal-calendar'
import { anyFiscalCalendar, anyRetailCalendar, laidOut, NRF } from '../report/retail-calendar.ts'

const SEED = Number(process.env['EMBUT_SEED'] ?? 20_261_123)
const anyDay = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2089-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const anyPart = fc.constantFrom(...FISCAL_PARTS)
const addDays = (day: string, count: number) =>
  new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10)
const weeksOf = ([from, to]: readonly [string, string]) => (Date.parse(to) - Date.parse(from)) / 604_800_000

describe('the calendar of the National Retail Federation', () => {
  // First day of each year as published.
  it.each([
    [2022, '2022-01-30', 52],
    [2023, '2023-01-29', 53],
    [2024, '2024-02-04', 52],
    [2025, '2025-02-02', 52],
    [2026, '2026-02-01', 52],
  ])('begins %i on %s and has %i weeks', (year, first, weeks) => {
    const range = fiscalRange(addDays(first, 200), 'fiscal_year', NRF)
    expect(range).toEqual([first, addDays(first, weeks * 7 - 1)])
    expect(fiscalPlace(first, NRF)).toEqual({ year, quarter: 1, period: 1, week: 1 })
    expect(fiscalPlace(addDays(first, -1), NRF).year).toBe(year - 1)
  })

  it('has 53 weeks in the years that are published as long', () => {
    const weeks = (year: number) => fiscalPlace(fiscalRange(`${year}-06-15`, 'fiscal_year', NRF)[1], NRF).week
    const years = Array.from({ length: 64 }, (_, index) => 2000 + index)
    expect(years.filter((year) => weeks(year) === 53)).toEqual([
      ...[2000, 2006, 2012, 2017, 2023, 2028, 2034, 2040, 2045, 2051, 2056, 2062],
    ])
  })

  it('parts 2023 as published, with five weeks in its January', () => {
    const lasts = ['02-25', '04-01', '04-29', '05-27', '07-01', '07-29', '08-26', '09-30', '10-28', '11-25']
    const ends = [...lasts.map((day) => `2023-${day}`), '2023-12-30', '2024-02-03']
    const starts = ['2023-01-29', ...ends.slice(0, -1).map((day) => addDays(day, 1))]
    expect(starts.map((day) => fiscalRange(day, 'fiscal_period', NRF))).toEqual(
      starts.map((day, index) => [day, ends[index]]),
    )
    expect(fiscalPlace('2024-02-03', NRF)).toEqual({ year: 2023, quarter: 4, period: 12, week: 53 })
    expect(fiscalRange('2024-01-15', 'fiscal_quarter', NRF)).toEqual(['2023-10-29', '2024-02-03'])
  })
})

it('a year that ends on the last Saturday of September ends as Apple’s reports say', () => {
  const calendar: FiscalCalendar = {
    firstMonth: 10,
    namedBy: 'end',
    retail: { pattern: '4-4-5', weekStart: 7, yearEnd: 'last' },
  }
  const ends = ['2017-09-30', '2018-09-29', '2019-09-28', '2020-09-26', '2021-09-25', '2022-09-24']
  for (const end of [...ends, '2023-09-30', '2024-09-28']) {
    const [first, last] = fiscalRange(addDays(end, -30), 'fiscal_year', calendar)
    expect(last).toBe(end)
    expect(fiscalPlace(end, calendar).year).toBe(Number(end.slice(0, 4)))
    expect(Math.ceil(weeksOf([first, last]))).toBe(/^(2017|2023)/.test(end) ? 53 : 52)
  }
})

describe(`any fiscal calendar (seed ${SEED})`, () => {
  it('of whole weeks is as the definition lays it out, day by day', () => {
    fc.assert(
      fc.property(anyRetailCalendar, fc.integer({ min: 1990, max: 2080 }), (calendar, year) => {
        for (const { day, ...place } of laidOut([year, year + 7], calendar))
          expect(fiscalPlace(day, calendar), day).toEqual(place)
      }),
      { seed: SEED, numRuns: 40 },
    )
  })

  it('parts the days: each is in one part, the next begins the day after, and parts nest', () => {
    fc.assert(
      fc.property(anyDay, anyFiscalCalendar, anyPart, (day, calendar, part) => {
        const [from, to] = fiscalRange(day, part, calendar)
        expect(from <= day && day <= to).toBe(true)
        expect(fiscalRange(to, part, calendar)).toEqual([from, to])
        expect(fiscalRange(addDays(to, 1), part, calendar)[0]).toBe(addDays(to, 1))
        if (part === 'fiscal_week' && calendar.retail === null) return
        const [first, last] = fiscalRange(day, 'fiscal_year', calendar)
        expect(first <= from && to <= last).toBe(true)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  it('has 52 weeks or 53, which are the last period’s, and no more than six years without a 53rd', () => {
    fc.assert(
      fc.property(anyDay, anyRetailCalendar, (day, calendar) => {
        let gap = 0
        let at = day
        for (let year = 0; year < 12; year += 1) {
          const range = fiscalRange(at, 'fiscal_year', calendar)
          const weeks = weeksOf([range[0], addDays(range[1], 1)])
          expect([52, 53]).toContain(weeks)
          expect(fiscalPeriodsIn(range, calendar)).toBe(12)
          const lasts = calendar.retail.pattern.split('-').map(Number)
          const [from, to] = fiscalRange(range[1], 'fiscal_period', calendar)
          expect(weeksOf([from, addDays(to, 1)])).toBe((lasts[2] ?? 0) + weeks - 52)
          gap = weeks === 53 ? 0 : gap + 1
          expect(gap).toBeLessThanOrEqual(6)
          at = addDays(range[1], 1)
        }
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  it('moves a day by periods and back, unless the other period is too short for it', () => {
    fc.assert(
      fc.property(anyDay, anyFiscalCalendar, fc.integer({ min: -30, max: 30 }), (day, calendar, count) => {
        const moved = addFiscalPeriods(day, count, calendar)
        if (moved === null) return
        expect(addFiscalPeriods(moved, -count, calendar)).toBe(day)
        const [first] = fiscalRange(day, 'fiscal_period', calendar)
        const whole = [first, addDays(fiscalRange(moved, 'fiscal_period', calendar)[0], -1)] as const
        if (count > 0) expect(fiscalPeriodsIn(whole, calendar)).toBe(count)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })
})

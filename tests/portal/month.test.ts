import { describe, expect, it } from 'vitest'
import { viewMonth } from '#lib/period/month.ts'
import { periodsInMonth } from '#lib/period/of-month.ts'
import { CALENDAR_YEARS, localDate, parseDefinition } from '#semantic/report'

const calendar = { workingDays: [1, 2, 3, 4, 5], holidays: [{ date: '2026-01-01' }, { date: '2026-01-06' }] }

describe('the month of a home page', () => {
  it('compares an unfinished month with as many working days of the month before', () => {
    const view = viewMonth('2026-02', '2026-02-18', calendar)
    expect(view).toMatchObject({ workingDays: 20, workingDaysDone: 13, workingDaysLeft: 7, isCurrent: true })
    expect(view.soFar).toEqual(['2026-02-01', '2026-02-18'])
    // 1 and 6 January are holidays, so the 13th working day is the 21st.
    expect(view.compare.range).toEqual(['2026-01-01', '2026-01-21'])
  })
  it('compares a finished month with the whole month before', () => {
    const view = viewMonth('2026-01', '2026-02-18', calendar)
    expect(view).toMatchObject({ isCurrent: false, workingDaysLeft: 0, soFar: ['2026-01-01', '2026-01-31'] })
    expect(view.compare).toEqual({ month: '2025-12', range: ['2025-12-01', '2025-12-31'], isPartial: false })
  })
  it('takes the day of the company’s zone, not of the server', () => {
    expect(localDate({ now: new Date('2026-02-28T23:30:00Z'), zone: 'Europe/Madrid' })).toBe('2026-03-01')
  })
})

describe('the periods of a report in a month', () => {
  const month = viewMonth('2026-01', '2026-02-18', calendar)
  const period = (name: string, over: object) => ({
    name,
    label: name,
    type: 'period',
    default: { kind: 'relative', value: 'last_month' },
    ...over,
  })
  const given = (...parameters: readonly object[]) => {
    const base = { version: 1, reportType: 'deals_report', title: 'Deals', rows: [], columns: [], values: [] }
    return periodsInMonth(parseDefinition({ ...base, parameters }), month, CALENDAR_YEARS)
  }
  const relative = (value: string) => ({ default: { kind: 'relative', value } })

  it('are that month where they are a month', () => {
    expect(given(period('a', relative('this_month')), period('b', relative('last_month')))).toEqual({
      a: ['2026-01-01..2026-01-31'],
      b: ['2026-01-01..2026-01-31'],
    })
  })
  it('end with it where they are anything else', () => {
    expect(given(period('a', relative('last_12_months')), period('b', relative('this_quarter')))).toEqual({
      a: ['2025-02-01..2026-01-31'],
      b: ['2026-01-01..2026-03-31'],
    })
    expect(given(period('a', relative('last_30_days')))).toEqual({ a: ['2026-01-02..2026-01-31'] })
  })
  it('stay where they are fixed, or only some may be chosen', () => {
    const fixed = { default: { kind: 'value', values: ['2025-01-01..2025-12-31'] } }
    expect(given(period('a', fixed), period('b', { allowed: ['last_month'] }))).toEqual({})
  })
})

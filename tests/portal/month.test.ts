import { describe, expect, it } from 'vitest'
import { viewMonth } from '#lib/period/month.ts'
import { localDate } from '#semantic/report'

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

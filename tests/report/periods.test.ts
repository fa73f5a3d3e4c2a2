import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bucketRange,
  CALENDAR_YEARS,
  parseDefinition,
  RELATIVE_PERIODS,
  resolveParameters,
  resolvePeriod,
} from '#semantic/report'
import { anyFiscalCalendar } from './retail-calendar.ts'

const clock = { now: new Date('2026-03-01T02:00:00Z'), zone: 'UTC', fiscalCalendar: CALENDAR_YEARS }

describe('relative periods', () => {
  it('are days of the company zone, not of UTC', () => {
    expect(resolvePeriod('today', { ...clock, zone: 'America/New_York' })).toEqual([
      '2026-02-28',
      '2026-02-28',
    ])
    expect(resolvePeriod('this_month', { ...clock, zone: 'America/New_York' })).toEqual([
      '2026-02-01',
      '2026-02-28',
    ])
    expect(resolvePeriod('this_month', clock)).toEqual(['2026-03-01', '2026-03-31'])
  })

  it('follow the fiscal year for years and quarters', () => {
    const april = { ...clock, fiscalCalendar: { ...CALENDAR_YEARS, firstMonth: 4 } }
    expect(resolvePeriod('this_year', april)).toEqual(['2025-04-01', '2026-03-31'])
    expect(resolvePeriod('last_year', clock)).toEqual(['2025-01-01', '2025-12-31'])
    expect(
      resolvePeriod('this_quarter', { ...clock, fiscalCalendar: { ...CALENDAR_YEARS, firstMonth: 2 } }),
    ).toEqual(['2026-02-01', '2026-04-30'])
    expect(resolvePeriod('last_quarter', clock)).toEqual(['2025-10-01', '2025-12-31'])
  })

  it('begin weeks on Monday', () => {
    expect(resolvePeriod('this_week', clock)).toEqual(['2026-02-23', '2026-03-01'])
    expect(resolvePeriod('last_week', clock)).toEqual(['2026-02-16', '2026-02-22'])
  })

  it('are whole ranges in order on any day of any year', () => {
    const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    const period = fc.constantFrom(...RELATIVE_PERIODS)
    fc.assert(
      fc.property(instant, period, anyFiscalCalendar, (now, word, fiscalCalendar) => {
        const [from, to] = resolvePeriod(word, { now, zone: 'Asia/Tokyo', fiscalCalendar })
        expect(from <= to).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a bucket of time', () => {
  it('covers its days and no other', () => {
    expect(bucketRange('2024-02-01T00:00:00.000', 'month', CALENDAR_YEARS)).toEqual([
      '2024-02-01',
      '2024-02-29',
    ])
    expect(bucketRange('2025-10-01T00:00:00.000', 'quarter', CALENDAR_YEARS)).toEqual([
      '2025-10-01',
      '2025-12-31',
    ])
    expect(bucketRange('2025-12-29T00:00:00.000', 'week', CALENDAR_YEARS)).toEqual([
      '2025-12-29',
      '2026-01-04',
    ])
    expect(bucketRange('2025-12-29T00:00:00.000', 'day', CALENDAR_YEARS)).toEqual([
      '2025-12-29',
      '2025-12-29',
    ])
  })
})

describe('parameters', () => {
  const definition = parseDefinition({
    version: 1,
    reportType: 'sales',
    values: [{ member: 'sales.amount' }],
    filters: [
      { member: 'sales.closed_at', operator: 'inDateRange', values: [], parameter: 'period' },
      { member: 'sales.department', operator: 'equals', values: [], parameter: 'department' },
    ],
    parameters: [
      { name: 'period', label: 'Period', type: 'period', default: { kind: 'relative', value: 'last_month' } },
      {
        name: 'department',
        label: 'Department',
        type: 'department',
        default: { kind: 'relative', value: 'my_department' },
      },
    ],
  })

  it('take their defaults, with my department by id', () => {
    const { filters } = resolveParameters(definition, {}, { ...clock, departmentIds: ['crm:7'] })
    expect(filters).toEqual([
      { member: 'sales.closed_at', operator: 'inDateRange', values: ['2026-02-01', '2026-02-28'] },
      { member: 'sales.department_id', operator: 'equals', values: ['crm:7'] },
    ])
  })

  it('take what is given, and drop the filter for all', () => {
    const given = { period: ['2026-01-05..2026-01-06'], department: ['all'] }
    expect(resolveParameters(definition, given, clock).filters).toEqual([
      { member: 'sales.closed_at', operator: 'inDateRange', values: ['2026-01-05', '2026-01-06'] },
    ])
  })

  it.each(['someday', '2026-02-30..2026-03-01'])(
    'refuse the period %s, which nobody knows, instead of showing another',
    (period) => {
      expect(() => resolveParameters(definition, { period: [period] }, clock)).toThrow(
        `The period "${period}"`,
      )
    },
  )

  it('refuse what the parameter does not allow, and keep its usual value', () => {
    const limited = {
      ...definition,
      parameters: definition.parameters.map((one) =>
        one.type === 'period' ? { ...one, allowed: ['this_month'] } : one,
      ),
    }
    expect(() => resolveParameters(limited, { period: ['this_year'] }, clock)).toThrow('may not be chosen')
    expect(resolveParameters(limited, { period: ['this_month'] }, clock).chosen[0]?.values).toEqual([
      'this_month',
    ])
    expect(() => resolveParameters(limited, {}, clock)).not.toThrow()
  })
})

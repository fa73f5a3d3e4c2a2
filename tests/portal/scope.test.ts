import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { besideYearBefore, viewMonth } from '#lib/period/month.ts'
import { funnelScope } from '#lib/funnel/funnel-scope.ts'
import { funnelUrl } from '#lib/funnel/funnel-state.ts'
import { givenInScope } from '#lib/scope/given.ts'
import { monthsScope } from '#lib/scope/months.ts'
import { scopeUrl, withScope, type Scope } from '#lib/scope/page-scope.ts'
import { periodName } from '#lib/scope/period-name.ts'
import { localeOf } from '#lib/messages/context.ts'
import { askOf, ofDepartments } from '#lib/server/home/ask.ts'
import { parseDefinition } from '#semantic/report'
import { CALENDAR_YEARS } from '#config/fiscal-calendar'

const SEED = 20261123
const CALENDAR = { workingDays: [1, 2, 3, 4, 5], holidays: [] }
const chosen: Scope = { period: '2026-01', against: 'last_year', department: ['Retail', 'Projects'] }
const written = 'period=2026-01&against=last_year&department=Retail&department=Projects'

describe('a scope that goes along', () => {
  it.each([
    ['/', `/?${written}`],
    ['/funnel', `/funnel?${written}`],
    ['/reports/ready-who-answers-late', `/reports/ready-who-answers-late?${written}`],
    ['/reports/pack', `/reports/pack?${written}`],
    ['/funnel?rule=visited', `/funnel?rule=visited&${written}`],
    ['/reports', '/reports'],
    ['/reports/designer?template=7', '/reports/designer?template=7'],
    ['/clients/segments', '/clients/segments'],
  ])('%s → %s', (href, expected) => expect(withScope(href, chosen)).toBe(expected))

  it('is read as it was written', () => {
    const words = fc.string({ minLength: 1 })
    const scopes = fc.record({ period: words, against: words, department: fc.uniqueArray(words) })
    fc.assert(
      fc.property(scopes, (scope) => {
        const [, search = ''] = withScope('/', scope).split('?')
        expect(scopeUrl.read(new URLSearchParams(search))).toEqual(scope)
      }),
      { seed: SEED },
    )
  })
})

describe('the months of the top bar', () => {
  it('go back a year and step to the neighbours, never to months to come', () => {
    const period = monthsScope(viewMonth('2026-01', '2026-02-18', CALENDAR), '2026-02')
    expect(period).toMatchObject({ chosen: '2026-01', earlier: '2025-12', later: '2026-02' })
    expect(period.choices).toHaveLength(13)
    expect([period.choices[0], period.choices.at(-1)]).toEqual(['2026-02', '2025-02'])
    expect(monthsScope(viewMonth('2026-02', '2026-02-18', CALENDAR), '2026-02').later).toBeNull()
  })
  it('have an older one that is chosen too', () => {
    const view = viewMonth('2023-05', '2026-02-18', CALENDAR)
    expect(monthsScope(view, '2026-02').choices.at(-1)).toBe('2023-05')
  })
})

describe('a month beside the one of the year before', () => {
  it('is compared with as many working days while it lasts', () => {
    const { compare } = besideYearBefore(viewMonth('2026-02', '2026-02-18', CALENDAR), CALENDAR)
    // 13 working days from 2 to 18 February 2026; the 13th of February 2025 is the 19th.
    expect(compare).toEqual({ month: '2025-02', range: ['2025-02-01', '2025-02-19'], isPartial: true })
    expect(besideYearBefore(viewMonth('2026-01', '2026-02-18', CALENDAR), CALENDAR).compare.range).toEqual([
      '2025-01-01',
      '2025-01-31',
    ])
  })
})

describe('the funnel’s place in the top bar', () => {
  const range = ['2026-01-01', '2026-01-31'] as const
  const scopeOf = (search: string, departments: readonly string[] = ['A', 'B']) =>
    funnelScope(funnelUrl.read(new URLSearchParams(search)), range, departments)
  it('knows a month that came along', () => {
    const { period } = scopeOf('period=2026-01')
    expect([period.chosen, period.choices[0], period.takesDays]).toEqual(['2026-01', '2026-01', true])
  })
  it('compares periods only where deals are followed, and shows none where people are compared', () => {
    expect(scopeOf('basis=moves').against.choices).toEqual([])
    expect(scopeOf('against=manager').against.chosen).toBe('nothing')
    expect(scopeOf('against=last_year').against.chosen).toBe('last_year')
  })
  it('offers no departments where there is one, unless it is chosen', () => {
    expect(scopeOf('', ['A']).departments.choices).toEqual([])
    expect(scopeOf('department=A', ['A']).departments.choices).toEqual(['A'])
  })
})

describe('the name of a period', () => {
  const locale = localeOf({ code: 'en', companyLocale: 'en-GB', timeZone: 'UTC', currency: 'EUR' })
  it.each([
    ['2026-01', 'Jan 2026'],
    ['last_quarter', 'Last quarter'],
    ['2026-01-05..2026-01-09', '5–9 Jan 2026'],
    ['toString', '5–9 Jan 2026'],
  ])('%s is %s', (period, name) =>
    expect(periodName(period, ['2026-01-05', '2026-01-09'], locale).replace(/\s*–\s*/, '–')).toBe(name),
  )
})

describe('the parameters of a template that is opened', () => {
  const clock = {
    now: new Date('2026-02-18T12:00:00Z'),
    zone: 'UTC',
    fiscalCalendar: CALENDAR_YEARS,
    calendar: CALENDAR,
  }
  const definition = parseDefinition({
    version: 1,
    reportType: 'deals_report',
    values: [{ member: 'deals_report.count' }],
    filters: [
      { member: 'deals_report.closed_at', operator: 'inDateRange', values: [], parameter: 'period' },
      { member: 'deals_report.department', operator: 'equals', values: [], parameter: 'department' },
      { member: 'deals_report.department', operator: 'equals', values: [], parameter: 'few' },
      { member: 'deals_report.owner_department_id', operator: 'equals', values: [], parameter: 'keyed' },
    ],
    parameters: [
      parameter('period', 'period', { kind: 'relative', value: 'this_month' }),
      parameter('department', 'department', { kind: 'value', values: ['all'] }),
      { ...parameter('few', 'department', { kind: 'value', values: ['A'] }), allowed: ['A', 'B'] },
      parameter('keyed', 'department', { kind: 'value', values: ['all'] }),
    ],
  })
  const given = (scope: Partial<Scope>) => givenInScope(definition, { ...NOTHING, ...scope }, clock)

  it('are the month and departments that came along, where they are free', () => {
    expect(given({ period: '2026-01', department: ['Retail'] })).toEqual({
      period: ['2026-01-01..2026-01-31'],
      department: ['Retail'],
    })
  })
  it('are any other period as it was chosen', () => {
    expect(given({ period: 'last_quarter' })).toEqual({ period: ['last_quarter'] })
    expect(given({ period: '2026-01-05..2026-01-09' })).toEqual({ period: ['2026-01-05..2026-01-09'] })
  })
  it('are their own without one, or with one that nobody understands', () => {
    expect(given({})).toEqual({})
    expect(given({ period: 'whenever' })).toEqual({})
  })
})

describe('a question about departments', () => {
  it('has their filter beside its own, on the report type that it asks', async () => {
    const asked: unknown[] = []
    const ask = askOf(
      (query) => {
        asked.push(query)
        return Promise.reject(new Error('not answered'))
      },
      ofDepartments(['Retail']),
    )
    const own = { member: 'calls_report.direction', operator: 'equals' as const, values: ['in'] }
    await expect(ask({ measures: ['calls_report.count'], filters: [own] })).rejects.toThrow('not answered')
    const theirs = { member: 'calls_report.department', operator: 'equals', values: ['Retail'] }
    expect(asked).toEqual([{ measures: ['calls_report.count'], filters: [own, theirs] }])
  })
})

const NOTHING: Scope = { period: '', against: '', department: [] }
function parameter(name: string, type: string, usual: object) {
  return { name, label: name, type, default: usual }
}

import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localeOf } from '#lib/messages/context.ts'
import { absentDaysIn } from '#lib/plan/absent-days.ts'
import { partWords } from '#lib/plan/part-words.ts'
import { planState } from '#lib/plan/state.ts'
import { loadPlan } from '#lib/server/plan/page.ts'
import { openServices, SIGN_INS, type FakeServices } from '../portal/fake-services.ts'
import { runs } from './arbitrary.ts'

const SPEAKING = { code: 'en', companyLocale: 'en-GB', timeZone: 'Europe/Madrid', currency: 'EUR' } as const
const EASTER = { date: '2026-04-06' }
const WEEK = { workingDays: [1, 2, 3, 4, 5], holidays: [EASTER] }
const daysOf = (absences: Parameters<typeof absentDaysIn>[1]['absences']) =>
  Object.fromEntries(absentDaysIn('2026-04', { absences, calendar: WEEK }))

describe('the working days on which somebody is away', () => {
  it('leave out weekends, holidays and other months', () => {
    // Wednesday 1 April to Tuesday 7 April 2026 has 1, 2, 3 and 7 April as working days: the 6th is a holiday.
    expect(daysOf([{ person: 'crm:p1', from: '2026-03-30', to: '2026-04-07' }])).toEqual({ 'crm:p1': 4 })
    expect(daysOf([{ person: 'crm:p1', from: '2026-03-01', to: '2026-03-31' }])).toEqual({ 'crm:p1': 0 })
  })

  it('count a day of two absences once, whatever the case of the key', () => {
    const absences = [
      { person: 'crm:P1', from: '2026-04-13', to: '2026-04-15' },
      { person: 'crm:p1', from: '2026-04-15', to: '2026-04-17' },
    ]
    expect(daysOf(absences)).toEqual({ 'crm:p1': 5 })
  })

  it('are those that the database counts', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const day = fc
      .integer({ min: 0, max: 120 })
      .map((n) => new Date(Date.UTC(2026, 1, 1 + n)).toISOString().slice(0, 10))
    const absence = fc.record({ person: fc.constantFrom('a', 'b'), one: day, two: day })
    const calendar = fc.record({
      workingDays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      holidays: fc.array(
        day.map((date) => ({ date })),
        { maxLength: 5 },
      ),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(absence, { minLength: 1, maxLength: 5 }), calendar, async (drawn, weeks) => {
        const absences = drawn.map(({ person, one, two }) => ({
          ...{ person, from: one < two ? one : two, to: one < two ? two : one },
        }))
        const values = absences.map(({ person, from, to }) => `('${person}', date '${from}', date '${to}')`)
        const holidays = weeks.holidays.map(({ date }) => `date '${date}'`).join(', ')
        const reader = await connection.runAndReadAll(`
          select person, count(distinct d) filter (isodow(d) in (${weeks.workingDays.join(', ')})
            and month(d) = 4 and not list_contains([${holidays}]::date[], d))::int as days
          from (select person, unnest(generate_series(first_day, last_day, interval 1 day))::date as d
            from (values ${values.join(', ')}) as away (person, first_day, last_day)) group by person`)
        const counted = Object.fromEntries(reader.getRows().map(([person, days]) => [String(person), days]))
        expect(Object.fromEntries(absentDaysIn('2026-04', { absences, calendar: weeks }))).toEqual(counted)
      }),
      runs,
    )
    connection.closeSync()
  })
})

describe('the proposals of a plan', () => {
  let services: FakeServices
  beforeAll(async () => {
    services = await openServices()
  })
  afterAll(() => services.close())

  const planOf = async (absences: FakeServices['config']['company']['absences'], search = '') => {
    const [head] = SIGN_INS.filter(({ role }) => role === 'head')
    if (head === undefined) throw new Error('There is no head.')
    const { name: _, ...reader } = head
    const company = { ...services.config.company, absences }
    const from = { ...services, config: { ...services.config, company } }
    const choice = planState.read(new URLSearchParams(`month=2026-04&total=100000&${search}`))
    return loadPlan(from, { ...reader, userId: 'head', canSeePersonal: false }, choice)
  }
  const away = [{ person: 'CRM:p2', from: '2026-04-13', to: '2026-04-24' }]
  const of = (plan: Awaited<ReturnType<typeof planOf>>, key: string) =>
    plan.rows.find((row) => row.key === key)

  it("count with the company's absences as with the days that somebody types", async () => {
    const plan = await planOf(away)
    expect(of(plan, 'crm:p2')).toMatchObject({ daysAway: 10, absentDays: 10 })
    const typed = await planOf([], 'away=crm:p2~10')
    const proposals = ({ rows }: typeof plan) => rows.map(({ proposal }) => proposal)
    expect(proposals(plan)).toEqual(proposals(typed))
    const words = of(plan, 'crm:p2')?.proposal
    expect(words?.facts.daysAway).toBe(10)
    expect(words?.parts.map(({ kind }) => kind)).toContain('absence')
    const { t, f } = localeOf(SPEAKING)
    const told = (kind: 'absence' | 'capacity') =>
      words == null ? '' : partWords(kind, words.facts, { t, f, metric: 'won_amount' })
    expect(told('absence')).toBe('away 10 of 22 working days')
    expect(told('capacity')).toMatch(/^a part for 12 of 22 working days here, \d+% of the team/)
    const plain = await planOf([])
    const shareOf = (from: typeof plan) => Number(of(from, 'crm:p2')?.proposal?.facts.capacityShare)
    expect(shareOf(plan)).toBeLessThan(shareOf(plain))
  })

  it('follow what somebody types over the absences, none too', async () => {
    expect(of(await planOf(away, 'away=crm:p2~0'), 'crm:p2')).toMatchObject({ daysAway: 0, absentDays: 10 })
    expect(of(await planOf(away, 'away=crm:p2~3'), 'crm:p2')).toMatchObject({ daysAway: 3, absentDays: 10 })
  })
})

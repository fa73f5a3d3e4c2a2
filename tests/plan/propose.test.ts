import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  FLAT,
  propose,
  rampOf,
  seasonOf,
  sumOfAmounts,
  toHundredths,
  type PlanPerson,
  type PlanQuestion,
} from '../../semantic/plan/index.ts'
import { planQuestions, runs } from './arbitrary.ts'

const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06']

/** Somebody with the same result in each of the last months. */
function person(key: string, value: string, changed: Partial<PlanPerson> = {}): PlanPerson {
  const history = MONTHS.map((month) => ({ month, value }))
  return { key, history, expected: '0', ramp: 100, daysAway: 0, ...changed }
}

function ask(
  people: readonly PlanPerson[],
  total: string | null = null,
  changed: Partial<PlanQuestion> = {},
) {
  return propose({ month: '2026-07', people, season: FLAT, workingDaysOf: () => 20, total, ...changed })
}

const valuesOf = (proposed: ReturnType<typeof propose>) => proposed.proposals.map(({ value }) => value)
const partsOf = (proposed: ReturnType<typeof propose>, at = 0) =>
  Object.fromEntries((proposed.proposals[at]?.parts ?? []).map(({ kind, value }) => [kind, value]))

describe('whatever a plan is made from', () => {
  it('its proposals sum exactly to the total', () => {
    fc.assert(
      fc.property(planQuestions, (question) => {
        const { total, fromHistory, proposals } = propose(question)
        const isSomebody = proposals.some(({ facts }) => facts.capacityShare !== '0')
        if (isSomebody) expect(toHundredths(total)).toBe(toHundredths(question.total ?? fromHistory))
        expect(sumOfAmounts(proposals.map(({ value }) => value))).toBe(total)
      }),
      runs,
    )
  })

  it('the parts of each proposal add up to it, and none is below zero', () => {
    fc.assert(
      fc.property(planQuestions, (question) => {
        for (const { value, parts } of propose(question).proposals) {
          expect(sumOfAmounts(parts.map((part) => part.value))).toBe(value)
          expect(toHundredths(value) >= 0n).toBe(true)
        }
      }),
      runs,
    )
  })

  it('a better month never gives less of the same total', () => {
    fc.assert(
      fc.property(planQuestions, fc.nat(11), fc.integer({ min: 1, max: 90_000 }), (question, at, more) => {
        const total = question.total ?? '100000'
        const index = at % question.people.length
        const better = question.people.map((one, place) =>
          place === index
            ? {
                ...one,
                history: one.history.map((h) => ({ ...h, value: sumOfAmounts([h.value, String(more)]) })),
              }
            : one,
        )
        const before = toHundredths(valuesOf(propose({ ...question, total }))[index] ?? '0')
        const after = toHundredths(valuesOf(propose({ ...question, total, people: better }))[index] ?? '0')
        expect(after >= before).toBe(true)
      }),
      runs,
    )
  })

  it('somebody new is never given more than with full capacity', () => {
    fc.assert(
      fc.property(planQuestions, fc.nat(11), fc.constantFrom(25, 50, 75), (question, at, ramp) => {
        const total = question.total ?? '100000'
        const index = at % question.people.length
        const given = (size: number): bigint => {
          const people = question.people.map((one, place) => (place === index ? { ...one, ramp: size } : one))
          return toHundredths(valuesOf(propose({ ...question, total, people }))[index] ?? '0')
        }
        expect(given(ramp) <= given(100)).toBe(true)
      }),
      runs,
    )
  })
})

describe('a proposal worked by hand', () => {
  it('blends history, open deals and capacity', () => {
    // History 30,000 and 10,000; open deals 6,000 and 2,000; capacity alike.
    const proposed = ask([
      person('a', '30000', { expected: '6000' }),
      person('b', '10000', { expected: '2000' }),
    ])
    // 40,000 × (0.6 × 3/4 + 0.2 × 3/4 + 0.2 × 1/2) = 28,000
    expect(valuesOf(proposed)).toEqual(['28000', '12000'])
    expect(partsOf(proposed)).toEqual({ base: '30000', capacity: '-2000' })
    expect(partsOf(proposed, 1)).toEqual({ base: '10000', capacity: '2000' })
  })

  it('splits a typed total, and says how far it is from history', () => {
    const proposed = ask([person('a', '30000'), person('b', '10000')], '50000')
    // Without open deals history counts for four fifths: 0.8 × 3/4 + 0.2 × 1/2 = 0.7.
    expect(valuesOf(proposed)).toEqual(['35000', '15000'])
    expect(partsOf(proposed)).toEqual({ base: '30000', capacity: '-2000', total: '7000' })
    expect(proposed.proposals[0]?.facts.totalChange).toBe('0.25')
  })

  it('gives the unit that is left to the largest remainder', () => {
    const proposed = ask([person('a', '100'), person('b', '100'), person('c', '100')], '100')
    expect(valuesOf(proposed)).toEqual(['34', '33', '33'])
    expect(partsOf(proposed)).toEqual({ base: '100', total: '-67', rounding: '1' })
  })

  it('splits a total with cents to the cent', () => {
    expect(valuesOf(ask([person('a', '1'), person('b', '1')], '0.25'))).toEqual(['0.13', '0.12'])
  })

  it('moves the base by season and working days', () => {
    const season = FLAT.map((_, at) => ({ n: at === 6 ? 12n : 10n, d: 10n }))
    const workingDaysOf = (month: string): number => (month === '2026-07' ? 22 : 20)
    const proposed = ask([person('a', '1000')], null, { season, workingDaysOf })
    expect(partsOf(proposed)).toEqual({ base: '1000', season: '320' })
    expect(proposed.proposals[0]?.facts.seasonChange).toBe('0.32')
  })

  it('takes from who is away and gives nothing to who left', () => {
    const people = [
      person('a', '1000'),
      person('b', '1000', { daysAway: 10 }),
      person('c', '1000', { ramp: 0 }),
    ]
    const proposed = ask(people)
    expect(valuesOf(proposed)).toEqual(['1000', '500', '0'])
    expect(partsOf(proposed, 1)).toEqual({ base: '1000', absence: '-500' })
    expect(partsOf(proposed, 2)).toEqual({ base: '1000', absence: '-1000' })
  })

  it('gives somebody new a part by capacity alone, a quarter of the others at first', () => {
    const proposed = ask([person('a', '1000'), person('new', '0', { history: [], ramp: 25 })])
    // 1,000 × 0.2 × 25/125 = 40
    expect(valuesOf(proposed)).toEqual(['960', '40'])
    expect(partsOf(proposed, 1)).toEqual({ base: '0', capacity: '40' })
  })

  it('proposes nothing where nobody can take a part', () => {
    expect(ask([person('a', '1000', { ramp: 0 })], '500').total).toBe('0')
    expect(ask([], '500').proposals).toEqual([])
  })
})

describe('capacity', () => {
  it('is a quarter, a half and three quarters in the first three months, then full', () => {
    expect([1, 2, 3, 4, 40].map(rampOf)).toEqual([25, 50, 75, 100, 100])
  })
})

describe('a season', () => {
  const months = (count: number, valueOf: (month: number) => number) =>
    Array.from({ length: count }, (_, at) => ({
      month: new Date(Date.UTC(2022, at, 1)).toISOString().slice(0, 7),
      value: BigInt(valueOf(at % 12)),
      workingDays: 20,
    }))

  it('is flat with less than two years', () => {
    expect(seasonOf(months(23, (at) => 100 + at))).toEqual(FLAT)
  })

  it('averages one, and has the months that sell more above it', () => {
    const season = seasonOf(months(60, (at) => (at === 11 ? 300_000 : 100_000))).map(
      ({ n, d }) => Number(n) / Number(d),
    )
    expect(season.reduce((sum, index) => sum + index, 0) / 12).toBeCloseTo(1, 5)
    // December is three of fourteen twelfths, 2.5714; half the way there counts for each year seen: 1 + 1.5714 × 4/5.
    expect(season[11]).toBeCloseTo(2.2571, 3)
    expect(season[0]).toBeCloseTo(1 - (1 - 12 / 14) * 0.8, 3)
  })
})

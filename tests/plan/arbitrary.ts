import fc from 'fast-check'
import {
  fromHundredths,
  limitsOf,
  toHundredths,
  type HeldCell,
  type PlanPerson,
  type PlanQuestion,
} from '../../semantic/plan/index.ts'

const seed = Number(process.env['EMBUT_SEED'] ?? 20260301)
const isLong = process.env['EMBUT_LONG'] === '1'
/** Runs of a property; the seed is in the report of a failure. */
export const runs = { seed, numRuns: isLong ? 3000 : 150 }

const MONTHS = ['2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05']
const amount = fc.oneof(
  fc.constant('0'),
  fc.nat(90_000).map(String),
  fc.nat(9_000_000).map((cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`),
)
const people: fc.Arbitrary<readonly PlanPerson[]> = fc
  .array(
    fc.record({
      history: fc
        .array(amount, { maxLength: 6 })
        .map((values) => values.map((value, at) => ({ month: MONTHS[6 - values.length + at] ?? '', value }))),
      expected: amount,
      ramp: fc.constantFrom(0, 25, 50, 75, 100, 100),
      daysAway: fc.oneof(fc.constant(0), fc.nat(25)),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => all.map((one, at) => ({ ...one, key: `p${at}` })))

const season = fc
  .array(fc.integer({ min: 200_000, max: 2_500_000 }), { minLength: 12, maxLength: 12 })
  .map((all) => all.map((millionths) => ({ n: BigInt(millionths), d: 1_000_000n })))

/** Plans of one to twelve people, new, away or gone, with any history, season and total. */
export const planQuestions: fc.Arbitrary<PlanQuestion> = fc
  .record({
    people,
    season,
    total: fc.option(amount),
    days: fc.array(fc.integer({ min: 15, max: 23 }), { minLength: 7, maxLength: 7 }),
  })
  .map(({ days, ...question }) => ({
    ...question,
    month: '2026-06',
    workingDaysOf: (month) => days[[...MONTHS, '2026-06'].indexOf(month)] ?? 20,
  }))

const held: fc.Arbitrary<Omit<HeldCell, 'key'>> = fc
  .record({
    weight: amount,
    fixed: fc.option(amount, { freq: 2 }),
    before: fc.option(amount, { freq: 2 }),
    down: fc.option(fc.nat(100)),
    up: fc.option(fc.nat(200)),
  })
  .map(({ weight, fixed, before, down, up }) => ({ weight, fixed, ...limitsOf(before, { down, up }) }))

/** Totals of one to twelve numbers, locked, limited or free; most totals are near what the numbers can make. */
export const heldTotals: fc.Arbitrary<{ readonly total: string; readonly cells: readonly HeldCell[] }> = fc
  .record({
    cells: fc.array(held, { minLength: 1, maxLength: 12 }),
    percent: fc.integer({ min: 90, max: 250 }),
  })
  .map(({ cells, percent }) => {
    const least = cells.reduce((sum, one) => sum + toHundredths(one.fixed ?? one.least ?? '0'), 0n)
    const total = fromHundredths(((least + 1_000_000n) * BigInt(percent)) / 100n)
    return { total, cells: cells.map((one, at) => ({ ...one, key: `p${at}` })) }
  })

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { waterfallBars } from '#lib/components/chart/waterfall.ts'
import { waterfallSteps } from '#lib/plan/waterfall-steps.ts'
import { propose, sumOfAmounts } from '../../semantic/plan/index.ts'
import { planQuestions, runs } from './arbitrary.ts'

describe('the waterfall of a number', () => {
  it('goes from the base by its parts to the proposal, and by hand to the number that was set', () => {
    fc.assert(
      fc.property(planQuestions, fc.option(fc.nat(90_000)), (question, set) => {
        for (const proposal of propose(question).proposals) {
          const steps = waterfallSteps(proposal, set === null ? null : String(set))
          const moves = steps.filter(({ isSum, kind }) => !isSum || kind === 'base')
          expect(sumOfAmounts([...moves.map(({ value }) => value), `-${steps.at(-1)?.value}`])).toBe('0')
          const bars = waterfallBars(steps.map(({ value, isSum }) => ({ value: Number(value), isSum })))
          for (const { from, size } of bars) {
            expect(from).toBeGreaterThan(-1e-6)
            expect(size).toBeGreaterThanOrEqual(0)
          }
          for (const [at, bar] of bars.entries()) {
            const before = bars[at - 1]
            if (before === undefined || bar.direction === 'sum') continue
            const end = before.direction === 'down' ? before.from : before.from + before.size
            const begin = bar.direction === 'down' ? bar.from + bar.size : bar.from
            expect(begin).toBeCloseTo(end, 6)
          }
        }
      }),
      runs,
    )
  })

  it('hangs a fall from where the step before it ended', () => {
    const steps = [
      { value: 100, isSum: true },
      { value: 30, isSum: false },
      { value: -50, isSum: false },
      { value: 80, isSum: true },
    ]
    expect(waterfallBars(steps)).toEqual([
      { from: 0, size: 100, direction: 'sum' },
      { from: 100, size: 30, direction: 'up' },
      { from: 80, size: 50, direction: 'down' },
      { from: 0, size: 80, direction: 'sum' },
    ])
  })
})

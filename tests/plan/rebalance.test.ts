import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  fromHundredths,
  limitsOf,
  rebalance,
  sumOfAmounts,
  toHundredths,
  type HeldCell,
} from '../../semantic/plan/index.ts'
import { heldTotals, runs } from './arbitrary.ts'
import { askSecond } from './second.ts'

const cell = (key: string, weight: string, changed: Partial<HeldCell> = {}): HeldCell => ({
  ...{ key, weight, fixed: null, least: null, most: null },
  ...changed,
})
const valuesOf = (total: string, cells: readonly HeldCell[]) => {
  const balanced = rebalance(total, cells)
  return 'values' in balanced ? cells.map(({ key }) => balanced.values.get(key)) : balanced
}

describe('a total that is held', () => {
  it('is the sum to the cent, with locked numbers as they are and the others within their limits', () => {
    fc.assert(
      fc.property(heldTotals, ({ total, cells }) => {
        const balanced = rebalance(total, cells)
        if (!('values' in balanced)) return
        expect(sumOfAmounts([...balanced.values.values()])).toBe(sumOfAmounts([total]))
        for (const { key, fixed, least, most } of cells) {
          const value = toHundredths(balanced.values.get(key) ?? '-1')
          if (fixed !== null) expect(value).toBe(toHundredths(fixed))
          else expect(value >= toHundredths(least ?? '0')).toBe(true)
          if (fixed === null && most !== null) expect(value <= toHundredths(most)).toBe(true)
        }
      }),
      runs,
    )
  })

  it('is refused only where it lies outside what locks and limits can make', () => {
    fc.assert(
      fc.property(heldTotals, ({ total, cells }) => {
        const least = cells.map((one) => toHundredths(one.fixed ?? one.least ?? '0'))
        const most = cells.map((one) =>
          one.fixed !== null
            ? toHundredths(one.fixed)
            : toHundredths(one.weight) === 0n
              ? toHundredths(one.least ?? '0')
              : one.most === null
                ? 10n ** 20n
                : toHundredths(one.most),
        )
        const sum = (sizes: readonly bigint[]): bigint => sizes.reduce((all, size) => all + size, 0n)
        const wanted = toHundredths(total)
        const isPossible = wanted >= sum(least) && wanted <= sum(most)
        expect('values' in rebalance(total, cells)).toBe(isPossible)
      }),
      runs,
    )
  })

  it('keeps those that no limit stops in proportion to their proposals, but for one unit each', () => {
    fc.assert(
      fc.property(heldTotals, ({ total, cells }) => {
        const balanced = rebalance(total, cells)
        if (!('values' in balanced)) return
        const free = cells.flatMap(({ key, fixed, weight, least, most }) => {
          const value = toHundredths(balanced.values.get(key) ?? '-1')
          const isFree =
            value > toHundredths(least ?? '0') + 100n && (most === null || value < toHundredths(most) - 100n)
          return fixed === null && isFree ? [{ value, weight: toHundredths(weight) }] : []
        })
        for (const a of free) {
          for (const b of free) {
            const apart = a.value * b.weight - b.value * a.weight
            expect(apart <= 100n * (a.weight + b.weight)).toBe(true)
          }
        }
      }),
      runs,
    )
  })

  it('is what a second implementation in Python gives', async () => {
    const held = fc.sample(heldTotals, { seed: runs.seed, numRuns: runs.numRuns })
    const second = z.array(z.array(z.number()).nullable()).parse(await askSecond({ held }))
    const first = held.map(({ total, cells }) => {
      const balanced = rebalance(total, cells)
      if (!('values' in balanced)) return null
      return cells.map(({ key }) => Number(toHundredths(balanced.values.get(key) ?? '-1')))
    })
    expect(first, `seed ${runs.seed}`).toEqual(second)
    expect(first.filter((values) => values !== null).length).toBeGreaterThan(runs.numRuns / 4)
    expect(first.filter((values) => values === null).length).toBeGreaterThan(0)
  })
})

describe('a total worked by hand', () => {
  it('leaves a locked number, and moves the others in proportion to their proposals', () => {
    const cells = [cell('a', '30000', { fixed: '20000' }), cell('b', '20000'), cell('c', '10000')]
    expect(valuesOf('60000', cells)).toEqual(['20000', '26667', '13333'])
  })

  it('gives to the others what a limit keeps from one', () => {
    const cells = [cell('a', '30', { most: '20' }), cell('b', '20'), cell('c', '10', { least: '15' })]
    // 60 is 30, 20 and 10; a stops at 20 and c begins at 15, so b has what is left.
    expect(valuesOf('60', cells)).toEqual(['20', '25', '15'])
  })

  it('gives nothing to who is proposed nothing', () => {
    expect(valuesOf('10', [cell('a', '5'), cell('gone', '0')])).toEqual(['10', '0'])
  })

  it('says how much locks and limits make at least and at most', () => {
    const cells = [cell('a', '1', { fixed: '70' }), cell('b', '1', { least: '5', most: '20' })]
    expect(valuesOf('60', cells)).toEqual({ least: '75', most: '90', fixed: '70' })
    expect(valuesOf('100', cells)).toEqual({ least: '75', most: '90', fixed: '70' })
  })
})

describe('limits of change', () => {
  it('are rounded inwards, and have the number before within them', () => {
    fc.assert(
      fc.property(fc.nat(9_000_000), fc.nat(120), fc.nat(300), (cents, down, up) => {
        const before = fromHundredths(BigInt(cents))
        const { least, most } = limitsOf(before, { down, up })
        const [low, high] = [toHundredths(least ?? '-1'), toHundredths(most ?? '-1')]
        expect(low <= BigInt(cents) && BigInt(cents) <= high).toBe(true)
        expect(low * 100n >= BigInt(cents) * BigInt(100 - down)).toBe(true)
        expect(high * 100n <= BigInt(cents) * BigInt(100 + up)).toBe(true)
      }),
      runs,
    )
  })

  it('are whole where the number before is', () => {
    expect(limitsOf('33', { down: 10, up: 10 })).toEqual({ least: '30', most: '36' })
    expect(limitsOf('0.33', { down: 10, up: 10 })).toEqual({ least: '0.30', most: '0.36' })
    expect(limitsOf(null, { down: 10, up: 10 })).toEqual({ least: null, most: null })
    expect(limitsOf('33', { down: null, up: null })).toEqual({ least: null, most: null })
  })
})

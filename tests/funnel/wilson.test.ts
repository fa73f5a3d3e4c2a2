import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wilson } from '#lib/funnel/wilson.ts'

const SEED = Number(process.env.SEED ?? 20260301)

describe('the interval of a share', () => {
  it('is the published one for 8 of 10 and for 0 of 10', () => {
    expect(wilson(8, 10)?.low).toBeCloseTo(0.4902, 4)
    expect(wilson(8, 10)?.high).toBeCloseTo(0.9433, 4)
    expect(wilson(0, 10)?.low).toBe(0)
    expect(wilson(0, 10)?.high).toBeCloseTo(0.2775, 4)
  })

  it('does not exist for nothing, nor for a part above its whole', () => {
    expect(wilson(0, 0)).toBeNull()
    expect(wilson(3, 2)).toBeNull()
  })

  it('holds the share and lies between 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (part, rest) => {
        const interval = wilson(part, part + rest + 1)
        const share = part / (part + rest + 1)
        expect(interval?.low).toBeLessThanOrEqual(share)
        expect(interval?.high).toBeGreaterThanOrEqual(share)
        expect(interval?.low).toBeGreaterThanOrEqual(0)
        expect(interval?.high).toBeLessThanOrEqual(1)
      }),
      { seed: SEED },
    )
  })
})

import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { wilson } from '#semantic/report'

const SEED = Number(process.env.SEED ?? 20260301)

/** Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3. */
const PUBLISHED = [
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
] as const

const intervals = z.array(z.array(z.tuple([z.number(), z.number()])).length(2))

/** The intervals of two other implementations. */
async function referencesOf(pairs: readonly (readonly [number, number])[]) {
  const root = resolve(import.meta.dirname, '../..')
  const script = resolve(import.meta.dirname, 'wilson_reference.py')
  const { stdout } = await promisify(execFile)(resolve(root, '.venv/bin/python'), [
    ...['-B', script, JSON.stringify(pairs)],
  ])
  return intervals.parse(JSON.parse(stdout))
}

describe('the interval of a share', () => {
  it.each(PUBLISHED)('is the published one for %i of %i', (...published) => {
    const [part, whole, low, high] = published
    expect(wilson(part, whole)?.low).toBeCloseTo(low, 4)
    expect(wilson(part, whole)?.high).toBeCloseTo(high, 4)
  })

  it('is that of SciPy and statsmodels', { timeout: 60_000 }, async () => {
    const pair = fc.tuple(fc.nat(100_000), fc.nat(100_000), fc.constantFrom(1, 10, 1000))
    const pairs = fc
      .sample(pair, { seed: SEED, numRuns: 500 })
      .map(([one, other, size]): readonly [number, number] => {
        const whole = 1 + (one % (100 * size))
        return [other % (whole + 1), whole]
      })
    const references = await referencesOf(pairs)
    expect(references).toHaveLength(pairs.length)
    pairs.forEach(([part, whole], index) => {
      const own = wilson(part, whole)
      for (const [low, high] of references[index] ?? []) {
        expect(own?.low, `${part} of ${whole}, seed ${SEED}`).toBeCloseTo(low, 9)
        expect(own?.high, `${part} of ${whole}, seed ${SEED}`).toBeCloseTo(high, 9)
      }
    })
  })

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

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bordersIn, bordersText } from '../../portal/src/lib/designer/border-text.ts'

describe('borders of ranges as people write them', () => {
  it.each([
    ['1000; 5000', 'en', [1000, 5000]],
    ['5,000;1,000 1000', 'en', [1000, 5000]],
    ['1.000; 0,5', 'es', [0.5, 1000]],
    ['0.5\n-2', 'en', [-2, 0.5]],
    ['−3; 12.345.678', 'es', [-3, 12_345_678]],
  ])('%s in %s are %j', (text, locale, borders) => expect(bordersIn(text, locale)).toEqual({ borders }))

  it.each([
    ['1000; many', 'notNumbers', 'many'],
    ['1,00,0', 'notNumbers', '1,00,0'],
    [' ; ', 'none', ''],
    ['0.1234567', 'tooLong', '0.1234567'],
    ['1234567890123', 'tooLong', '1234567890123'],
    [Array.from({ length: 12 }, (_, index) => index).join(' '), 'tooMany', '11'],
  ])('%s is told as %s', (text, problem, what) => expect(bordersIn(text, 'en')).toEqual({ problem, what }))

  it('are read back as they are written, in each language', () => {
    const border = fc.integer({ min: -1e9, max: 1e9 }).map((number) => number / 1000)
    fc.assert(
      fc.property(
        fc.uniqueArray(border, { minLength: 1, maxLength: 11 }),
        fc.constantFrom('en', 'es', 'de', 'en-GB'),
        (some, locale) => {
          const borders = some.toSorted((a, b) => a - b)
          expect(bordersIn(bordersText(borders, locale), locale)).toEqual({ borders })
        },
      ),
      { seed: 20261123 },
    )
  })
})

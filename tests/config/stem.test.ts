import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainWords, SHIPPED_VOICE_WORDS, speaksOf, stemOf, termOf, VOICE_LANGUAGES } from '#config'

describe('a word of the dictionary', () => {
  test.each([
    ['en', 'expensive', 'Far too EXPENSIVE', 'Expensively made', 'An expense'],
    ['es', 'garantía', 'Sin garantias', 'La garantía', 'Garantizado'],
    ['de', 'Lieferung', 'Lieferungen zu spät', 'geliefert? Liefern!', 'liefert'],
    ['fr', 'réclamation', 'Deux réclamations', 'il réclame', 'RECLAMATION'],
    ['ru', 'скидка', 'Просит скидку', 'о скидках', 'скидки нет'],
  ] as const)('of %s, %s, is found in its forms', (language, word, ...texts) => {
    const term = termOf(word, language)
    expect(texts.filter((text) => !speaksOf(text, term))).toEqual([])
  })

  test('is not found inside another word, nor in a word that only resembles it', () => {
    expect(speaksOf('Inexpensive elsewhere', termOf('expensive', 'en'))).toBe(false)
    expect(speaksOf('The experience was good', termOf('expensive', 'en'))).toBe(false)
  })

  test('is found as a phrase only with its words side by side, in any of their forms', () => {
    const term = termOf('late delivery', 'en')
    expect(speaksOf('Lately: deliveries are late', term)).toBe(true)
    expect(speaksOf('Late, by one delivery', term)).toBe(false)
    expect(speaksOf('Delivery late', term)).toBe(false)
  })

  test('is found in itself, and its stem is a beginning of it of at least four letters', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'abcdeinorstzáéñüдостиейя'),
      minLength: 1,
      maxLength: 14,
    })
    fc.assert(
      fc.property(letters, fc.constantFrom(...VOICE_LANGUAGES), (word, language) => {
        const [plain = ''] = plainWords(word)
        const stem = stemOf(word, language)
        expect(plain.startsWith(stem)).toBe(true)
        expect(stem.length).toBeGreaterThanOrEqual(Math.min(4, plain.length))
        expect(speaksOf(`… ${word}!`, termOf(word, language))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('ships as the warehouse has it', () => {
    const [, ...lines] = readFileSync('warehouse/seeds/voice_terms.csv', 'utf8').trim().split('\n')
    const shipped = Object.entries(SHIPPED_VOICE_WORDS).flatMap(([topic, languages]) =>
      Object.entries(languages).flatMap(([language, words]) =>
        words.split(' ').map((word) => `${topic},${language},${word}`),
      ),
    )
    expect(shipped.toSorted()).toEqual(lines.toSorted())
  })
})

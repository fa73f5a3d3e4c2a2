import { describe, expect, it } from 'vitest'
import { inLanguage } from '#semantic/report'
import { chooseLocale, LOCALES, messagesOf } from '#lib/messages/index.ts'

function paths(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path}:${typeof value}`]
  return Object.entries(value).flatMap(([key, held]) => paths(held, `${path}.${key}`))
}
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

describe('messages', () => {
  it('has the same messages in every language', () => {
    const english = paths(messagesOf('en')).sort()
    for (const code of LOCALES) expect(paths(messagesOf(code)).sort()).toEqual(english)
  })
  it('leaves no message empty', () => {
    for (const code of LOCALES)
      expect(texts(messagesOf(code)).filter((text) => text.trim() === '')).toEqual([])
  })
  it('calls a number what the catalogue of numbers calls it', () => {
    for (const code of LOCALES) {
      const { figures } = messagesOf(code).home
      const titles = ['Won value', 'Win rate', 'Won deals', 'Calls'].map((title) => inLanguage(title, code))
      expect([figures.won_amount, figures.win_rate, figures.won_count, figures.calls]).toEqual(titles)
    }
  })
  it('counts in words', () => {
    expect([messagesOf('en').common.deals(1), messagesOf('es').common.deals(2000)]).toEqual([
      '1 deal',
      '2000 negocios',
    ])
  })
  it('takes the person’s choice, then the browser’s, then the company’s', () => {
    expect(chooseLocale('es', 'en-GB,en;q=0.9', 'en-GB')).toBe('es')
    expect(chooseLocale(null, 'fr;q=0.9, es;q=0.8, en;q=0.2', 'en-GB')).toBe('es')
    expect(chooseLocale(undefined, null, 'es-ES')).toBe('es')
    expect(chooseLocale('xx', 'fr', 'ca-ES')).toBe('en')
  })
})

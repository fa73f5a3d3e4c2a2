import type { Passport } from '#semantic'
import { exportWords } from './messages.ts'

/** One line under the title: filters in words, how many rows, and as of when. */
export function recordSentence(passport: Passport, rows: number, locale: string): string {
  const count = new Intl.NumberFormat(locale).format(rows)
  const filters = passport.filters === '' ? '' : `${passport.filters} · `
  const at = `${passport.publishedAt.replace('T', ' ').slice(0, 16)} UTC`
  return `${filters}${exportWords(locale).rowsAsOf(count, at)}`
}

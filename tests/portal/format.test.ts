import { describe, expect, it } from 'vitest'
import { createFormatter, NONE } from '#lib/format/index.ts'

const f = createFormatter({ locale: 'en-GB', timeZone: 'Europe/Madrid', currency: 'EUR' })
const es = createFormatter({ locale: 'es', timeZone: 'Europe/Madrid', currency: 'EUR' })

describe('formats', () => {
  it('keeps every digit of a decimal text that a float would lose', () => {
    expect(f.number('90071992547409931')).toBe('90,071,992,547,409,931')
  })
  it('shows no value as a dash and a zero as 0', () => {
    expect([f.money(null), f.number(''), f.percent(undefined), f.number('0')]).toEqual([
      NONE,
      NONE,
      NONE,
      '0',
    ])
  })
  it('shows money in the company’s currency, short where space is short', () => {
    expect([f.money('10005534.00'), f.moneyCompact('10005534.00')]).toEqual(['€10,005,534', '€10m'])
  })
  it('shows a fraction as a percentage with the same digits in every row', () => {
    expect([f.percent('0.6315'), f.percent('0.48')]).toEqual(['63.2%', '48.0%'])
  })
  it('shows durations in the largest two units', () => {
    expect([f.duration('42'), f.duration('125'), f.duration('4200')]).toEqual(['42s', '2m 5s', '1h 10m'])
  })
  it('shows a warehouse day as it stands and an instant in the company’s zone', () => {
    expect(f.day('2026-03-01T00:00:00.000')).toBe('1 Mar 2026')
    expect(f.dateTime('2026-02-18T10:42:00Z')).toBe('18 Feb, 11:42')
  })
  it('speaks the reader’s language', () => {
    expect([es.number('12345.6', 1), es.month('2026-03-01')]).toEqual(['12.345,6', 'mar 2026'])
    expect(es.ago('2026-02-18T10:40:00Z', new Date('2026-02-18T10:42:00Z'))).toBe('hace 2 minutos')
  })
  it('shows a value by its declared format', () => {
    expect(f.value('0.5', { format: 'percent', type: 'number' })).toBe('50.0%')
    expect(f.value('1234.5', { type: 'number' })).toBe('1,234.5')
    expect(f.value('2026-03-01T00:00:00.000', { type: 'time' })).toBe('1 Mar 2026')
    expect(f.value('007', { type: 'string' })).toBe('007')
  })
})

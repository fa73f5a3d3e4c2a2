import * as arrow from 'apache-arrow'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localInstants } from '../../ingest/declarative/local-time.ts'
import { backoffDelay, BACKOFF } from '../../ingest/declarative/problem.ts'
import { readValue } from '../../ingest/declarative/value.ts'
import { columnData } from '../../ingest/declarative/vector.ts'

const options = { none: ['0'], localInstant: localInstants('Europe/Berlin') }
const instant = (text: string) => readValue(text, 'timestamp', options).value

describe('values of a service', () => {
  test('reads times with their offset, and those without one in the company zone', () => {
    expect(instant('2026-07-01T02:00:00+02:00')).toBe(Date.parse('2026-07-01T00:00:00Z'))
    expect(instant('2026-07-01T02:00:00')).toBe(Date.parse('2026-07-01T00:00:00Z'))
    expect(instant('2026-01-01 02:00:00')).toBe(Date.parse('2026-01-01T01:00:00Z'))
    expect(instant('2026-01-01T00:00:00.250Z')).toBe(Date.parse('2026-01-01T00:00:00.250Z'))
  })

  test.each([
    ['2026-02-31T10:00:00Z', 'timestamp'],
    ['0000-00-00', 'timestamp'],
    ['12,50', 'decimal'],
    ['1e5', 'bigint'],
    ['maybe', 'boolean'],
    [{ a: 1 }, 'decimal'],
  ] as const)('does not force %j into a %s', (raw, type) => {
    expect(readValue(raw, type, options)).toEqual({ value: null, isMisfit: true })
  })

  test.each([[''], [null], [undefined], [{}], [[]], ['0']])('takes %j for nothing', (raw) => {
    expect(readValue(raw, 'text', options)).toEqual({ value: null, isMisfit: false })
  })

  test('keeps any text as it is when it becomes a column', () => {
    const texts = fc.array(fc.option(fc.string({ unit: 'grapheme' }), { nil: null }), { maxLength: 40 })
    fc.assert(
      fc.property(texts, (values) => {
        expect([...new arrow.Vector([columnData('text', values)])]).toEqual(values)
      }),
    )
  })

  test('keeps any instant, number and truth when it becomes a column', () => {
    const numbers = fc.array(fc.option(fc.integer(), { nil: null }), { maxLength: 40 })
    fc.assert(
      fc.property(numbers, (values) => {
        expect([...new arrow.Vector([columnData('timestamp', values)])]).toEqual(values)
        expect([...new arrow.Vector([columnData('integer', values)])]).toEqual(values)
        const truths = values.map((value) => (value === null ? null : value % 2 === 0))
        expect([...new arrow.Vector([columnData('boolean', truths)])]).toEqual(truths)
      }),
    )
  })

  test('waits twice as long for each try, up to a minute, a part of it by chance', () => {
    const longest = [1, 2, 3, 9].map((attempt) => backoffDelay(attempt, BACKOFF, () => 1))
    expect(longest).toEqual([1000, 2000, 4000, 60_000])
    expect(backoffDelay(3, BACKOFF, () => 0)).toBe(2000)
  })
})

import { expect, test } from 'vitest'
import { limitInWords } from '../../semantic/source-limit.ts'

test('a passport says since when a source is whole, and of which records', () => {
  const limit = { source: 'crm', limit: 'whole since 2026-08-24', streams: ['calls', 'deals'] }
  expect(limitInWords(limit)).toBe(
    'Source crm is whole since 2026-08-24 (calls, deals); older records are still to be read.',
  )
  expect(limitInWords({ ...limit, streams: ['a', 'b', 'c', 'd'] })).toContain('(4 kinds of records)')
})

test('a passport says whose rights hide records from it', () => {
  const limit = 'rights: read as Anna Berg, who does not see everything'
  expect(limitInWords({ source: 'crm', limit, streams: ['deals'] })).toBe(
    'Source crm is read as Anna Berg, who does not see everything: what is hidden there is missing here.',
  )
})

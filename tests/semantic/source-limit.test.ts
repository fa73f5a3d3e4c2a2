import { expect, test } from 'vitest'
import { rightsFlag } from '#warehouse'
import { passportWordsFor } from '../../semantic/passport-words.ts'
import { limitInWords } from '../../semantic/source-limit.ts'

const [english, spanish] = [passportWordsFor('en-GB'), passportWordsFor('es')]

test('a passport says since when a source is whole, and of which records', () => {
  const limit = { source: 'crm', limit: 'whole since 2026-08-24', streams: ['calls', 'deals'] }
  expect(limitInWords(limit, english)).toBe(
    'Source crm is whole since 2026-08-24 (calls, deals); older records are still to be read.',
  )
  expect(limitInWords(limit, spanish)).toContain('completa desde el 2026-08-24 (calls, deals)')
  const many = { ...limit, streams: ['a', 'b', 'c', 'd'] }
  expect(limitInWords(many, english)).toContain('(4 kinds of records)')
})

test('a passport says whose rights hide records from it', () => {
  const said = (lacks: readonly string[], words: typeof english): string => {
    const limit = rightsFlag({ who: 'Anna Berg', isFull: false, lacks })
    return limitInWords({ source: 'crm', limit, streams: ['deals'] }, words)
  }
  expect(said([], english)).toBe(
    'Source crm is read as Anna Berg, who does not see everything: what is hidden there is missing here.',
  )
  expect(said(['deals', 'calls'], spanish)).toBe(
    'La fuente crm se lee como Anna Berg, que no lo ve todo, sin los permisos deals, calls: lo que allí está oculto falta aquí.',
  )
})

test('a limit that nothing is known of stands in its own words', () => {
  const limit = { source: 'crm', limit: 'a limit of tomorrow', streams: ['deals'] }
  expect(limitInWords(limit, spanish)).toBe('crm: a limit of tomorrow')
})

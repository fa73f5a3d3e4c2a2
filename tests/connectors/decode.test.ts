import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode, type AnswerFormat } from '../../ingest/declarative/decode.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string, format: AnswerFormat) => decode(bytes(text), format).body
const RUNS = process.env['EMBUT_LONG'] === '1' ? 10_000 : 500

test('a table is records by its header, an empty cell is null, a broken line stays as it is', () => {
  const expected = [{ a: '1', b: null }, '2', { a: '3', b: '4' }]
  expect(read('a\tb\n1\t\n2\n3\t4\n', 'tsv')).toEqual(expected)
  expect(read('\uFEFFa,b\r\n1,\r\n2\r\n3,4', 'csv')).toEqual(expected)
})

test('CSV keeps delimiters, quotes and line ends within quotes', () => {
  expect(read('a,b\n"1,2","say ""hi""\nthere"\n', 'csv')).toEqual([{ a: '1,2', b: 'say "hi"\nthere' }])
})

test('escapes of cells are undone where the service writes them, and only there', () => {
  expect(read("a\n[\\'x\\',\\'y\\']\\tz\\\\\n", 'escaped_tsv')).toEqual([{ a: "['x','y']\tz\\" }])
  expect(read('a\nC:\\temp\n', 'tsv')).toEqual([{ a: 'C:\\temp' }])
})

test('lines of JSON keep long numbers exact and set a broken line apart', () => {
  expect(read('{"id":9007199254740993123}\n{"id":\n', 'jsonl')).toEqual([
    { id: '9007199254740993123' },
    '{"id":',
  ])
})

test('gzip is undone, and what only looks packed is unreadable', () => {
  expect(decode(gzipSync('{"a":1}'), 'json').body).toEqual({ a: 1 })
  expect(decode(Uint8Array.from([0x1f, 0x8b, 1, 2]), 'json')).toEqual({ body: null, isReadable: false })
})

test('nothing that is cut, torn or made up makes a decoder fail or lose a line', () => {
  const line = fc.string({
    unit: fc.constantFrom('a', '"', ',', '\t', '\\', ' ', 'é', '{', '}'),
    maxLength: 12,
  })
  const property = fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
    const kept = lines.filter((each) => each !== '')
    const text = ['a\tb', ...lines].join('\n')
    expect(read(text, 'tsv')).toHaveLength(kept.length)
    expect(read(text, 'escaped_tsv')).toHaveLength(kept.length)
    expect(read(lines.join('\n'), 'jsonl')).toHaveLength(kept.length)
    expect(Array.isArray(read(text, 'csv'))).toBe(true)
  })
  fc.assert(property, { numRuns: RUNS, seed: 20_260_301 })
})

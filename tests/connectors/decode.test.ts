import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { decode, type AnswerFormat } from '../../ingest/declarative/decode.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string, format: AnswerFormat) => decode(bytes(text), format).body
const RUNS = process.env['EMBUT_LONG'] === '1' ? 10_000 : 500
const SEED = 20_260_301

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

test('what is no UTF-8 is read by the charset that the service names, what is one stays so', () => {
  const text = '[{"name":"Привет"}]'
  for (const charset of ['windows-1251', 'utf-16le', 'koi8-r', 'utf-8'])
    expect(
      decode(iconv.encode(text, charset), 'json', `application/json; charset=${charset}`).body,
      charset,
    ).toEqual([{ name: 'Привет' }])
  expect(decode(bytes(text), 'json', 'application/json; charset=iso-8859-1').body).toEqual([
    { name: 'Привет' },
  ])
  expect(decode(bytes(text), 'json', 'application/json; charset=nobody').body).toEqual([{ name: 'Привет' }])
})

test('a quote that nothing closes costs its own line, and the lines after it land', () => {
  expect(read('a,b\n"1,2\n3,4\n5,6\n', 'csv')).toEqual(['"1,2', { a: '3', b: '4' }, { a: '5', b: '6' }])
  expect(read('a,b\n1,"2\n3,4\n5,"6\n7,8\n', 'csv')).toEqual([
    '1,"2',
    { a: '3', b: '4' },
    '5,"6',
    { a: '7', b: '8' },
  ])
})

describe(`of ${RUNS} payloads that are cut, torn or made up, a decoder fails at none and loses no line`, () => {
  const junk = fc.string({
    unit: fc.constantFrom('a', '"', ',', '\t', '\\', ' ', 'é', '{', '}', '[', '0', ':', '\u0000'),
    maxLength: 12,
  })
  /** Lines, each with a mark that has to come out again. */
  const lines = fc
    .array(fc.tuple(junk, junk), { maxLength: 8 })
    .map((pairs) => pairs.map(([before, after], index) => `${before}k${index}k${after}`))
  const holds = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void) =>
    fc.assert(
      fc.property(arbitrary, (value) => {
        check(value)
      }),
      { numRuns: RUNS, seed: SEED },
    )
  const marksOf = (body: unknown) => [...JSON.stringify(body).matchAll(/k\d+k/g)].map(String)
  const expectKept = (body: unknown, given: readonly string[]) =>
    expect(marksOf(body).sort()).toEqual(given.map((_, index) => `k${index}k`).sort())

  test.each(['tsv', 'escaped_tsv'] as const)('%s', (format) =>
    holds(lines, (given) => {
      const body = read(['a\tb', ...given].join('\n'), format)
      expect(body).toHaveLength(given.length)
      expectKept(body, given)
    }),
  )

  test('jsonl', () =>
    holds(lines, (given) => {
      const body = read(given.join('\n'), 'jsonl')
      expect(body).toHaveLength(given.length)
      expectKept(body, given)
    }))

  test('csv', () => holds(lines, (given) => expectKept(read(['a,b', ...given].join('\n'), 'csv'), given)))

  test('csv whose cells are quoted as they should be', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', 'é'), maxLength: 6 })
    const row = fc.record({ a: cell, b: cell })
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    holds(fc.array(row, { maxLength: 6 }), (rows) => {
      const text = ['a,b', ...rows.map(({ a, b }) => `${quoted(a)},${quoted(b)}`)].join('\n')
      expect(read(text, 'csv')).toEqual(rows.map(({ a, b }) => ({ a: a || null, b: b || null })))
    })
  })

  test('json: whole, or unreadable and asked for again', () =>
    holds(fc.tuple(fc.array(lines, { minLength: 1 }), fc.nat()), ([records, at]) => {
      const text = JSON.stringify(records)
      expect(read(text, 'json')).toEqual(records)
      const cut = text.slice(0, at % text.length)
      expect(decode(bytes(cut), 'json')).toEqual({ body: null, isReadable: false })
    }))

  test('gzip: whole, or unreadable and asked for again', () =>
    holds(fc.tuple(lines, fc.nat(), fc.uint8Array({ maxLength: 40 })), ([records, at, noise]) => {
      const packed = gzipSync(JSON.stringify(records))
      expect(decode(packed, 'json').body).toEqual(records)
      const cut = packed.subarray(0, 2 + (at % (packed.length - 2)))
      expect(decode(cut, 'json')).toEqual({ body: null, isReadable: false })
      const torn = Uint8Array.from([...cut, ...noise])
      const { body, isReadable } = decode(torn, 'json')
      if (isReadable) expect(body).toEqual(records)
      else expect(body).toBeNull()
    }))

  test('charsets: lines of any bytes stay as many lines', () => {
    const raw = fc.array(fc.uint8Array({ minLength: 1, maxLength: 12 }), { maxLength: 6 })
    holds(fc.tuple(raw, fc.constantFrom('windows-1251', 'iso-8859-1', 'koi8-r')), ([rows, charset]) => {
      const clean = rows.map((row) => row.map((byte) => (byte === 10 || byte === 13 ? 65 : byte)))
      const body = Uint8Array.from([0x61, ...clean.flatMap((row) => [10, ...row])])
      expect(decode(body, 'tsv', `text/plain; charset=${charset}`).body).toHaveLength(clean.length)
    })
  })
})

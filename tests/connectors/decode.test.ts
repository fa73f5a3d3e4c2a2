import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { csvReader } from '../../ingest/declarative/csv-lines.ts'
import { decodeJson } from '../../ingest/declarative/decode.ts'
import { jsonList, MissingList } from '../../ingest/declarative/json-list.ts'
import { lineRecords, type LineFormat, type RecordReader } from '../../ingest/declarative/record-reader.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const readBy = (reader: RecordReader, pieces: readonly string[]) => [
  ...pieces.flatMap((piece) => reader.push(piece)),
  ...reader.end(),
]
const read = (text: string, format: LineFormat) => readBy(lineRecords(format), [text])
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
  expect(decodeJson(gzipSync('{"a":1}')).body).toEqual({ a: 1 })
  expect(decodeJson(Uint8Array.from([0x1f, 0x8b, 1, 2]))).toEqual({ body: null, isReadable: false })
})

test('what is no UTF-8 is read by the charset that the service names, what is one stays so', () => {
  const text = '[{"name":"Привет"}]'
  for (const charset of ['windows-1251', 'utf-16le', 'koi8-r', 'utf-8'])
    expect(
      decodeJson(iconv.encode(text, charset), `application/json; charset=${charset}`).body,
      charset,
    ).toEqual([{ name: 'Привет' }])
  expect(decodeJson(bytes(text), 'application/json; charset=iso-8859-1').body).toEqual([{ name: 'Привет' }])
  expect(decodeJson(bytes(text), 'application/json; charset=nobody').body).toEqual([{ name: 'Привет' }])
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
      expect(decodeJson(bytes(text)).body).toEqual(records)
      const cut = text.slice(0, at % text.length)
      expect(decodeJson(bytes(cut))).toEqual({ body: null, isReadable: false })
    }))

  test('gzip: whole, or unreadable and asked for again', () =>
    holds(fc.tuple(lines, fc.nat(), fc.uint8Array({ maxLength: 40 })), ([records, at, noise]) => {
      const packed = gzipSync(JSON.stringify(records))
      expect(decodeJson(packed).body).toEqual(records)
      const cut = packed.subarray(0, 2 + (at % (packed.length - 2)))
      expect(decodeJson(cut)).toEqual({ body: null, isReadable: false })
      const torn = Uint8Array.from([...cut, ...noise])
      const { body, isReadable } = decodeJson(torn)
      if (isReadable) expect(body).toEqual(records)
      else expect(body).toBeNull()
    }))

  test('in whatever pieces a text comes, its records are the same', () => {
    const format = fc.constantFrom('jsonl' as const, 'csv' as const, 'tsv' as const, 'escaped_tsv' as const)
    const text = fc.string({
      unit: fc.constantFrom('a', '"', ',', '\t', '\n', '\r\n', '\r', '\uFEFF', '{', '}', '1'),
    })
    holds(fc.tuple(text, format, fc.array(fc.nat(4), { maxLength: 20 })), ([given, kind, lengths]) =>
      expect(readBy(lineRecords(kind), cutUp(given, lengths))).toEqual(read(given, kind)),
    )
  })

  test('of a list in a document, in whatever pieces, the entries are those of the whole document', () => {
    const document = fc.record({
      meta: fc.jsonValue({ maxDepth: 3 }),
      list: fc.array(fc.jsonValue({ maxDepth: 3 })),
    })
    holds(
      fc.tuple(document, fc.boolean(), fc.array(fc.nat(9), { maxLength: 30 })),
      ([given, isTop, lengths]) => {
        const [text, path] = isTop
          ? [JSON.stringify(given.list), '']
          : [JSON.stringify({ a: given.meta, b: { c: given.list }, d: given.meta }), 'b.c']
        const expected: unknown = JSON.parse(JSON.stringify(given.list))
        expect(readBy(jsonList(path), cutUp(text, lengths))).toEqual(expected)
      },
    )
  })

  test('a document that is cut or torn is told as such, and what came before it stays', () =>
    holds(fc.tuple(fc.array(lines, { minLength: 1 }), fc.nat(), junk), ([records, at, noise]) => {
      const text = JSON.stringify(records)
      const cut = text.slice(0, at % text.length)
      if (isJson(cut + noise)) return
      const reader = jsonList('')
      expect(() => {
        const kept = reader.push(cut)
        expect(kept).toEqual(records.slice(0, kept.length))
        reader.push(noise)
        reader.end()
      }).toThrow(SyntaxError)
    }))
})

/** A text in pieces of such lengths, and the rest. */
function cutUp(text: string, lengths: readonly number[]): readonly string[] {
  const pieces: string[] = []
  let at = 0
  for (const length of lengths) {
    pieces.push(text.slice(at, at + length))
    at += length
  }
  return [...pieces, text.slice(at)]
}

function isJson(text: string): boolean {
  return decodeJson(bytes(text)).isReadable
}

describe('a list in a document', () => {
  test('keeps long numbers exact, and is found by its whole path alone', () => {
    const text =
      '{"list":[0],"data":{"list":[{"id":9007199254740993123,"sum":0.10}]},"x":["data",[["list"]]]}'
    expect(readBy(jsonList('data.list'), [text])).toEqual([{ id: '9007199254740993123', sum: 0.1 }])
  })

  test('may be empty, and is missed where there is none', () => {
    expect(readBy(jsonList('data.list'), ['{"data":{"list":[]}}'])).toEqual([])
    expect(readBy(jsonList(''), ['[]'])).toEqual([])
    for (const text of ['{"data":{"list":{"0":1}}}', '{"list":[1],"data":null}', '{}', 'null', '[["data"]]'])
      expect(() => readBy(jsonList('data.list'), [text]), text).toThrow(MissingList)
  })
})

test('a quote that nothing closes is let go once more than a record may be was read', () => {
  const reader = csvReader(40)
  const lines = [...reader.push('a,b\n"1,2\n'), ...reader.push('3,4\n'.repeat(20)), ...reader.end()]
  expect(lines.map(({ cells, line }) => (cells.length === 0 ? line : cells.join('|')))).toEqual([
    'a|b',
    '"1,2',
    ...Array.from({ length: 20 }, () => '3|4'),
  ])
})

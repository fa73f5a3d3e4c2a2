import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { describe, expect, test, vi } from 'vitest'
import { createPatience } from '../../ingest/declarative/patience.ts'
import { zipOf } from '../ingest/workbook-parts.ts'
import { createLanding, land } from './landing.ts'
import { madeUp, PLAIN } from './made-up.ts'
import { testConfig } from './service-remote.ts'

const COUNT = 12_345
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)
const csv = (from: number, to: number) =>
  ['id,name', ...numbers(from, to).map((id) => `${id},"Дело ${id}, ""big"""`)].join('\r\n')
const document = (from: number, to: number) =>
  JSON.stringify({
    note: 'list',
    data: { list: numbers(from, to).map((id) => ({ id, name: `Дело ${id}, "big"` })) },
  })

const definition = (decode: string, rest = 'page: { type: single }') => `${PLAIN}streams:
  - { name: things, key: [id], columns: { id: id, name: name }, request: { path: x, decode: ${decode} }, select: '${decode === 'json_list' ? 'data.list' : ''}',
      ${rest}, cursor: { type: everything }, deletes: { type: absent } }`

const answer = (body: Uint8Array | string, contentType = 'text/plain', headers = {}) =>
  new Response(new Uint8Array(Buffer.from(body)), { headers: { 'content-type': contentType, ...headers } })

const left = () => readdir(join(testConfig().dataDir, 'spool', 'crm', '_answers'))

describe('an answer that is read by stream lands whole', () => {
  test.each([
    ['as it is', 'csv', answer(csv(0, COUNT))],
    ['in gzip', 'csv', answer(gzipSync(csv(0, COUNT)))],
    [
      'in another charset',
      'csv',
      answer(iconv.encode(csv(0, COUNT), 'windows-1251'), 'text/csv; charset=windows-1251'),
    ],
    ['packed by ZIP', 'csv', answer(zipOf([['a.csv', csv(0, COUNT)]], false))],
    ['a list in a document', 'json_list', answer(document(0, COUNT))],
    ['a list in a packed document', 'json_list', answer(gzipSync(document(0, COUNT)))],
    ['a short list', 'json_list', answer(document(0, COUNT).replace(/},{"id":2,.*/, '}]}}'))],
  ])('%s', async (title, format, response) => {
    const { read } = madeUp(definition(format), () => response)
    const landing = await read()
    const count = title === 'a short list' ? 2 : COUNT
    expect([landing.rows.size, landing.read, landing.deleted.size]).toEqual([count, count, 0])
    expect(landing.rows.get('1')).toMatchObject({ name: 'Дело 1, "big"' })
    expect(await left()).toEqual([])
  })

  test('page after page', async () => {
    const { read, asked } = madeUp(
      definition('csv', 'page: { type: token, next: { header: next }, stop: [end] }').replace(
        'path: x',
        `path: x, query: { from: '{{ page.token }}' }`,
      ),
      ({ url }) => {
        const from = Number(url.searchParams.get('from') ?? 0)
        return answer(csv(from, from + COUNT), 'text/csv', { next: from === 0 ? String(COUNT) : 'end' })
      },
    )
    expect([(await read()).rows.size, asked.length]).toEqual([2 * COUNT, 2])
  })
})

describe('an answer that is not good', () => {
  test('packed in a way that cannot be undone is asked for again', async () => {
    const damaged = zipOf([['a.csv', csv(0, COUNT)]], false)
    damaged[200] = (damaged[200] ?? 0) ^ 0xff
    const { read, asked } = madeUp(definition('csv'), (_, number) =>
      answer(number === 1 ? damaged : number === 2 ? gzipSync(csv(0, 9)).subarray(0, 40) : csv(0, COUNT)),
    )
    expect([(await read()).rows.size, asked.length]).toEqual([COUNT, 3])
    expect(await left()).toEqual([])
  })

  test('that breaks off keeps what came, deletes nothing and says so', async () => {
    const whole = madeUp(definition('json_list'), () => answer(document(0, COUNT)))
    const into = await whole.read()
    const text = document(0, 2 * COUNT)
    const cut = madeUp(definition('json_list'), () => answer(text.slice(0, text.length - 9)))
    await expect(cut.read(into)).rejects.toThrow('Source crm broke off its answer of things')
    expect(into.deleted.size).toBe(0)
    expect(into.rows.size).toBeGreaterThan(COUNT)
  })

  test('that has no list says so, and a refusal within a good status is understood', async () => {
    const long = JSON.stringify({ data: {}, filler: 'x'.repeat(100_000) })
    for (const body of [long, '{"other":[]}'])
      await expect(madeUp(definition('json_list'), () => answer(body)).read()).rejects.toThrow(
        'without the list data.list of things',
      )
    const refusing = madeUp(`errors: [{ body: error, then: final }]\n${definition('json_list')}`, () =>
      answer('{"error":"NO_RIGHT","message":"this is not yours"}'),
    )
    await expect(refusing.read()).rejects.toThrow('this is not yours (NO_RIGHT)')
  })

  test('whose reader dies is read again, and every record is there', async () => {
    const { connector, context, asked } = madeUp(definition('csv'), () => answer(csv(0, COUNT)))
    const into = createLanding()
    for (const killAfter of [1, 2, Infinity]) {
      const session = await connector.open(context)
      const [stream] = session.streams
      if (stream) await land(session, stream, { into, killAfter })
    }
    expect([into.rows.size, into.deleted.size, asked.length]).toEqual([COUNT, 0, 3])
    expect(await left()).toEqual([])
  })
})

test('a definition whose pages need an answer at once may not be read by stream', () => {
  const paged = definition('csv', 'page: { type: offset, size: 10 }')
  expect(() => madeUp(paged, () => answer(''))).toThrow('csv is read by stream')
  const counted = definition('json_list').replace('data.list', 'data.0')
  expect(() => madeUp(counted, () => answer(''))).toThrow('told by names alone')
})

test('a long answer may take its time while more of it comes, and silence ends it', async () => {
  vi.useFakeTimers()
  const patient = createPatience(1000)
  const pieces = patient.heed(Readable.from([1, 2, 3].map((byte) => new Uint8Array([byte]))))
  for (const _ of [1, 2, 3]) {
    vi.advanceTimersByTime(900)
    await pieces.next()
  }
  expect(patient.signal.aborted).toBe(false)
  patient.end()
  vi.advanceTimersByTime(5000)
  expect(patient.signal.aborted).toBe(false)
  const silent = createPatience(1000)
  vi.advanceTimersByTime(1000)
  expect(silent.signal.reason).toMatchObject({ name: 'TimeoutError' })
  vi.useRealTimers()
})

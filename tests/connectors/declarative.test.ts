import { describe, expect, test } from 'vitest'
import { json, madeUp, PLAIN } from './made-up.ts'
import { createLanding } from './landing.ts'
import { parseDefinition } from '../../ingest/declarative/read-definition.ts'
import { parseExact } from '../../ingest/declarative/exact-json.ts'
import { fill } from '../../ingest/declarative/template.ts'
import { wallTimes } from '../../ingest/declarative/local-time.ts'

const rows = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => ({ id: from + index }))
const WHOLE = 'cursor: { type: everything }, deletes: { type: absent }'
const NONE = 'deletes: { type: none, reason: made up }'
const stream = (rest: string) => `streams: [{ name: things, key: [id], columns: { id: id }, ${rest} }]`

describe('lists', () => {
  test('by token end at a sentinel, and one that repeats is an error', async () => {
    const definition = `${PLAIN}${stream(`request: { path: x, query: { after: '{{ page.token }}' } }, select: rows,
      page: { type: token, next: next }, ${WHOLE}`)}`
    const good = madeUp(definition, ({ url }) =>
      json(
        url.searchParams.has('after') ? { rows: rows(2, 3), next: '-1' } : { rows: rows(0, 2), next: 'a' },
      ),
    )
    expect((await good.read()).rows.size).toBe(3)
    const looping = madeUp(definition, () => json({ rows: rows(0, 2), next: 'a' }))
    await expect(looping.read()).rejects.toThrow('repeats the page of things')
  })

  test('by position overlap once their length is known, up to the concurrency', async () => {
    let [underWay, together] = [0, 0]
    const service = madeUp(
      `${PLAIN}rate: { concurrency: 3 }\n${stream(`request: { path: x, query: { offset: '{{ page.offset }}' } }, select: rows,
      page: { type: offset, size: 10, total: total }, ${WHOLE}`)}`,
      async ({ url }) => {
        together = Math.max(together, ++underWay)
        await new Promise((resolve) => setTimeout(resolve, 5))
        underWay -= 1
        const offset = Number(url.searchParams.get('offset'))
        return json({ rows: rows(offset, Math.min(95, offset + 10)), total: 95 })
      },
    )
    const landing = await service.read()
    expect([landing.rows.size, landing.read, service.asked.length, together]).toEqual([95, 95, 10, 3])
  })

  test('by position go on where the service gives fewer at once than it was asked for', async () => {
    const service = madeUp(
      `${PLAIN}${stream(`request: { path: x, query: { offset: '{{ page.offset }}' } }, select: rows,
      page: { type: offset, size: 100, total: total }, ${WHOLE}`)}`,
      ({ url }) => {
        const offset = Number(url.searchParams.get('offset'))
        return json({ rows: rows(offset, Math.min(95, offset + 40)), total: 95 })
      },
    )
    expect((await service.read()).rows.size).toBe(95)
  })

  test('by position are read again when they shrank meanwhile', async () => {
    let all = rows(0, 25)
    const service = madeUp(
      `${PLAIN}rate: { concurrency: 1 }\n${stream(`request: { path: x, query: { offset: '{{ page.offset }}' } }, select: rows,
      page: { type: offset, size: 10, total: total }, ${WHOLE}`)}`,
      ({ url }, number) => {
        if (number === 2) all = all.slice(1)
        const offset = Number(url.searchParams.get('offset'))
        return json({ rows: all.slice(offset, offset + 10), total: all.length })
      },
    )
    const landing = await service.read()
    for (const { id } of rows(0, 25)) expect(landing.rows.has(String(id))).toBe(true)
  })

  test('longer than the service gives are asked for by shorter times', async () => {
    const hour = 3_600_000
    const begin = Date.parse('2026-11-15T08:00:00Z')
    const events = Array.from({ length: 60 }, (_, index) => ({ id: index, at: begin + index * hour }))
    const service = madeUp(
      `${PLAIN}${stream(`request: { path: x, query: { from: '{{ slice.from | unix_ms }}', to: '{{ slice.to | unix_ms }}', offset: '{{ page.offset }}' } },
      select: rows, page: { type: offset, size: 10, total: total, cap: 20 }, cursor: { type: window, days: 1, sliceDays: 7, history: 14 }, ${NONE}`)}`,
      ({ url: { searchParams: query } }) => {
        const [from, to, offset] = ['from', 'to', 'offset'].map((name) => Number(query.get(name)))
        const found = events.filter(({ at }) => at >= (from ?? 0) && at < (to ?? 0))
        return json({ rows: found.slice(offset, (offset ?? 0) + 10), total: found.length })
      },
    )
    expect((await service.read()).rows.size).toBe(60)
  })

  test('of changes begin where the last one ended, and anew when the service forgot it', async () => {
    let isForgotten = false
    const service = madeUp(
      `${PLAIN}errors: [{ status: [410], then: restart }]\n${stream(`request: { path: x }, select: value,
      page: { type: link, next: ['@odata.nextLink'] }, cursor: { type: delta, link: ['@odata.deltaLink'] }, ${NONE}`)}`,
      ({ url }) => {
        if (url.pathname === '/api/x')
          return json({ value: rows(0, 2), '@odata.nextLink': 'http://made.up/page2' })
        if (url.pathname === '/page2')
          return json({ value: rows(2, 3), '@odata.deltaLink': 'http://made.up/delta' })
        if (isForgotten) return new Response('', { status: 410 })
        return json({ value: rows(7, 8), '@odata.deltaLink': 'http://made.up/delta' })
      },
    )
    const landing = await service.read()
    expect([...landing.rows.keys()]).toEqual(['0', '1', '2'])
    await service.read(landing)
    expect(service.asked.slice(2).map(({ url }) => url.pathname)).toEqual(['/delta'])
    expect(landing.rows.has('7')).toBe(true)
    isForgotten = true
    await service.read(landing)
    expect(service.asked.slice(3).map(({ url }) => url.pathname)).toEqual(['/delta', '/api/x', '/page2'])
  })

  test('that did not change are no records', async () => {
    const service = madeUp(
      `${PLAIN}${stream(`request: { path: x, headers: { If-Modified-Since: '{{ slice.from | http_date }}' } }, select: rows,
      page: { type: single }, cursor: { type: changed, overlap: 0 }, ${NONE}`)}`,
      ({ headers }) =>
        headers.has('if-modified-since') ? new Response(null, { status: 304 }) : json({ rows: rows(0, 2) }),
    )
    const landing = await service.read()
    await service.read(landing)
    expect([landing.rows.size, landing.read]).toEqual([2, 2])
    expect(service.asked[1]?.headers.get('if-modified-since')).toBe('Sat, 21 Nov 2026 08:00:00 GMT')
  })

  test('of children are asked for by many parents at once', async () => {
    const service = madeUp(
      `${PLAIN}streams:
  - { name: parents, key: [id], columns: { id: id }, request: { path: parents }, select: rows, page: { type: single }, ${WHOLE} }
  - { name: things, key: [id], columns: { id: id, parent_id: parent.id }, request: { path: read, json: { inputs: '{{ batch | ids }}' } },
      select: rows, explode: lines, parent: { stream: parents, field: id, batch: 2 }, page: { type: single }, ${WHOLE} }`,
      ({ url, body }) => {
        if (url.pathname.endsWith('parents')) return json({ rows: rows(1, 6) })
        const inputs: { id: string }[] = Object(body).inputs
        return json({ rows: inputs.map(({ id }) => ({ id, lines: [{ id: `${id}a` }, { id: `${id}b` }] })) })
      },
    )
    const landing = await service.read()
    expect(landing.rows.size).toBe(10)
    expect(landing.rows.get('5b')).toMatchObject({ parent_id: '5' })
    expect(service.asked).toHaveLength(4)
  })

  test('that are missing from the answer are an error, not an empty source', async () => {
    const definition = `${PLAIN}${stream(`request: { path: x }, select: data.rows, page: { type: single }, ${WHOLE}`)}`
    await expect(madeUp(definition, () => json({ data: { items: [] } })).read()).rejects.toThrow(
      'answered without the list data.rows of things',
    )
    expect((await madeUp(definition, () => json({ data: [] })).read()).rows.size).toBe(0)
  })

  test('with things that are no records set those apart', async () => {
    const service = madeUp(
      `${PLAIN}${stream(`request: { path: x }, page: { type: single }, ${WHOLE}`)}`,
      () => json([{ id: 1 }, 'two', null, { id: null }, [3]]),
    )
    const landing = await service.read()
    expect([landing.rows.size, landing.rejected]).toEqual([1, 4])
  })
})

describe('access', () => {
  const page = stream(`request: { path: x }, select: rows, page: { type: single }, ${WHOLE}`)

  test('by a user and a password is in the header', async () => {
    const service = madeUp(
      `base: http://made.up\nauth: [{ given: config.user, access: { basic: '{{ config.user, config.password | basic }}' } }]
authorize: { headers: { Authorization: 'Basic {{ access.basic }}' } }\n${page}`,
      () => json({ rows: [] }),
    )
    await service.read()
    expect(service.asked[0]?.headers.get('authorization')).toBe('Basic YW5uOnA6MQ==')
  })

  test('by signing in keeps cookies, repeats one in a header, and signs in again when it ended', async () => {
    let sessions = 0
    const service = madeUp(
      `base: http://made.up\nauth:
  - given: config.user
    renew: { request: { path: http://made.up/login, json: { UserName: '{{ config.user }}' } }, take: { code: Code }, needs: [cookies] }
authorize: { headers: { Cookie: '{{ access.cookie }}', BPMCSRF: '{{ access.cookies.BPMCSRF }}' } }\n${page}`,
      ({ url, headers }) => {
        if (url.pathname === '/login') {
          sessions += 1
          const cookies = new Headers()
          cookies.append('set-cookie', `.ASPXAUTH=s${sessions}; path=/`)
          cookies.append('set-cookie', `BPMCSRF=c${sessions}; path=/`)
          return json({ Code: 0 }, { headers: cookies })
        }
        const isGood =
          headers.get('bpmcsrf') === `c${sessions}` && headers.get('cookie')?.includes(`s${sessions}`)
        return isGood && sessions > 1 ? json({ rows: rows(0, 1) }) : new Response('', { status: 401 })
      },
    )
    expect((await service.read()).rows.size).toBe(1)
    expect(sessions).toBe(2)
  })

  test('by an application continues at the address that the token service names', async () => {
    const service = madeUp(
      `base: '{{ access.endpoint }}'\nauth:
  - given: config.token
    renew:
      request: { path: http://made.up/token, form: { grant_type: client_credentials, client_secret: '{{ config.token }}' } }
      take: { token: access_token, endpoint: instance_url }
      needs: [token]
authorize: { headers: { Authorization: 'Bearer {{ access.token }}' } }\n${page}`,
      ({ url, body, headers }) => {
        if (url.pathname === '/token')
          return json({
            access_token: String(body).includes('secret') ? 'good' : 'bad',
            instance_url: 'http://own.made.up',
          })
        return json({
          rows:
            headers.get('authorization') === 'Bearer good' && url.host === 'own.made.up' ? rows(0, 1) : [],
        })
      },
    )
    expect((await service.read()).rows.size).toBe(1)
  })
})

describe('limits', () => {
  const page = stream(`request: { path: x, query: { page: '{{ page.number }}' } }, select: rows,
    page: { type: number, size: 1, total: total }, ${WHOLE}`)

  test('are kept to by waiting before they are reached', async () => {
    const times: number[] = []
    const service = madeUp(
      `${PLAIN}rate: { concurrency: 1, limits: [{ calls: 5, seconds: 1 }] }\n${page}`,
      ({ url }) => {
        times.push(service.bench.now())
        return json({ rows: [{ id: url.searchParams.get('page') }], total: 31 })
      },
    )
    expect((await service.read()).rows.size).toBe(31)
    for (const [index, time] of times.entries())
      expect(time - (times[index - 5] ?? -Infinity)).toBeGreaterThanOrEqual(1000)
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(6200)
  })

  test.each([
    [420, { 'retry-after': '7' }, 7000],
    [429, { 'retry-after': 'Sat, 21 Nov 2026 08:00:11 GMT', date: 'Sat, 21 Nov 2026 08:00:00 GMT' }, 11_000],
    [503, { 'retry-after': '0.5' }, 500],
  ])('asked for with HTTP %i are waited for', async (status, headers, expected) => {
    const service = madeUp(`${PLAIN}${page}`, (_, number) =>
      number === 1 ? new Response('', { status, headers }) : json({ rows: rows(0, 1), total: 1 }),
    )
    await service.read()
    expect(service.bench.waits).toContain(expected)
  })

  test('that answers announce are heeded before a call is refused', async () => {
    const service = madeUp(
      `${PLAIN}rate: { concurrency: 1, left: { header: x-left, resetHeader: x-reset } }\n${page}`,
      ({ url }) =>
        json(
          { rows: [{ id: url.searchParams.get('page') }], total: 2 },
          { headers: { 'x-left': '0', 'x-reset': '9' } },
        ),
    )
    await service.read()
    expect(service.bench.waits).toEqual([9000])
  })

  test('found in a good answer are found all the same', async () => {
    const service = madeUp(
      `${PLAIN}errors: [{ body: error.code, is: [slow_down], then: busy, waitBody: error.seconds }]\n${page}`,
      (_, number) =>
        json(number === 1 ? { error: { code: 'slow_down', seconds: 4 } } : { rows: rows(0, 1), total: 1 }),
    )
    await service.read()
    expect(service.bench.waits).toEqual([4000])
  })
})

describe('values', () => {
  test('are read as the service means them', async () => {
    const service = madeUp(
      `${PLAIN}streams: [{ name: things, key: [id], request: { path: x }, page: { type: single }, ${WHOLE}, columns: {
        id: id, ms: ms dotnet, sec: sec unix, cents: { from: cents, type: decimal, divide: 100 }, day: day date,
        owner: { from: owner, none: ['00000000-0000-0000-0000-000000000000'] }, phone: { from: phone, lead: '+' },
        amount: amount decimal, count: count integer } }]`,
      () =>
        new Response(`[{"id": 12345678901234567890, "ms": "/Date(1790000000000+0300)/", "sec": 1790000000, "cents": -5,
          "day": "2026-02-10T00:00:00", "owner": "00000000-0000-0000-0000-000000000000", "phone": 79161234567,
          "amount": 1234567890123.4567, "count": 3.0}]`),
    )
    const [row] = (await service.read()).rows.values()
    expect(row).toMatchObject({
      ...{ id: '12345678901234567890', ms: 1_790_000_000_000, sec: 1_790_000_000_000, cents: '-0.05' },
      ...{
        day: Date.parse('2026-02-10'),
        owner: null,
        phone: '+79161234567',
        amount: '1234567890123.4567',
        count: 3,
      },
    })
  })

  test('of JSON stay numbers where a double holds them', () => {
    expect(
      parseExact('{"a": 1.5, "b": 9007199254740993, "c": 0.1234567890123456789, "d": 100000000000000000000}'),
    ).toEqual({
      ...{ a: 1.5, b: '9007199254740993', c: '0.1234567890123456789', d: 100_000_000_000_000_000_000 },
    })
  })

  test('in requests are written in the form that is asked for', () => {
    const scope = { slice: { from: Date.parse('2026-02-10T09:31:07Z') }, batch: [1, 2], name: "O'Hara" }
    const write = (text: string) => fill(text, scope, wallTimes('Europe/Moscow'))
    expect(write('{{ slice.from | unix }}')).toBe(1_770_715_867)
    expect(write('{{ slice.from | local }}')).toBe('2026-02-10 12:31:07')
    expect(write('ModifiedOn gt {{ slice.from | iso }}')).toBe('ModifiedOn gt 2026-02-10T09:31:07Z')
    expect(write('Date ge {{ slice.from | odata_datetime }}')).toBe("Date ge datetime'2026-02-10T12:31:07'")
    expect(write('Name = {{ name | soql }}')).toBe("Name = 'O\\'Hara'")
    expect(write('{{ batch | comma }}')).toBe('1,2')
    expect(fill({ a: '{{ none }}', b: ['{{ none }}'], c: 'x {{ none }}' }, scope, (at) => at)).toEqual({
      b: [],
    })
  })
})

describe('a definition', () => {
  test.each([
    ["request: { path: '{{ page.after | hex }}' }, page: { type: single }", 'there is no format hex'],
    ['request: { path: x }, page: { type: single }, key: [nr]', 'key nr is no column'],
    ['request: { path: x }, page: { type: magic }', 'streams.0.page.type'],
  ])('that cannot work is refused: %s', (rest, expected) => {
    const yaml = `kind: x\ntitle: X\n${PLAIN}streams: [{ key: [id], name: things, columns: { id: id }, ${WHOLE}, ${rest} }]`
    expect(() =>
      parseDefinition(
        yaml.replace('key: [id], name', rest.includes('key:') ? 'name' : 'key: [id], name'),
        'x',
      ),
    ).toThrow(expected)
  })
})

test('a stream without changes keeps its cursor readable', async () => {
  const service = madeUp(
    `${PLAIN}${stream(`request: { path: x }, select: rows, page: { type: single }, cursor: { type: changed, overlap: 0 }, ${NONE}`)}`,
    () => json({ rows: [] }),
  )
  const landing = await service.read(createLanding())
  expect(landing.cursor).toMatchObject({ watermark: '2026-11-21T08:00:00.000Z', pass: null })
})

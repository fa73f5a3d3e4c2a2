import { expect, test } from 'vitest'
import { createLanding, land } from './landing.ts'
import { json, madeUp, PLAIN } from './made-up.ts'
import { parseDefinition } from '../../ingest/declarative/read-definition.ts'

const DAY = 86_400_000
const SIZE = 2
const STREAM = `streams: [{ name: things, key: [id], columns: { id: id, at: at unix }, select: rows,
  request: { path: x, query: { from: '{{ slice.from | unix }}', before: '{{ slice.before | unix }}', page: '{{ page.number }}' } },
  page: { type: number, size: ${SIZE} }, cursor: { type: changed, overlap: 60, recent: 90 },
  deletes: { type: none, reason: made up } }]`

/** A service with a record for every 30 days of the last 300, by number of days ago. */
function company() {
  const changed: { id: number; at: number }[] = []
  const service = madeUp(`${PLAIN}${STREAM}`, ({ url }) => {
    const bound = (name: string, otherwise: number) => Number(url.searchParams.get(name) ?? otherwise)
    const rows = changed
      .filter(({ at }) => at >= bound('from', 0) && at < bound('before', Infinity))
      .toSorted((a, b) => a.id - b.id)
    const start = (bound('page', 1) - 1) * SIZE
    return json({ rows: rows.slice(start, start + SIZE) })
  })
  const now = service.context.now().getTime()
  for (let days = 30; days <= 300; days += 30)
    changed.push({ id: days, at: Math.floor((now - days * DAY) / 1000) })
  return { ...service, changed, now }
}

async function read(
  { connector, context }: ReturnType<typeof company>,
  into = createLanding(),
  options: { readonly isRecentOnly?: boolean; readonly killAfter?: number } = {},
) {
  const session = await connector.open({ ...context, isRecentOnly: options.isRecentOnly === true })
  const [stream] = session.streams
  if (stream) await land(session, stream, { into, killAfter: options.killAfter ?? Infinity })
  return into
}

const ALL = Array.from({ length: 10 }, (_, index) => String((index + 1) * 30))

test('the recent days are read before all that is older, and each record once', async () => {
  const service = company()
  const landing = await read(service)
  expect([...landing.rows.keys()].slice(0, 3)).toEqual(['30', '60', '90'])
  expect([...landing.rows.keys()].sort()).toEqual([...ALL].sort())
  expect(landing.read).toBe(ALL.length)
  expect(landing.flags).toEqual([])
  const before = service.asked.length
  await read(service, landing)
  expect(service.asked.length - before).toBe(1)
  expect(landing.read).toBe(ALL.length)
})

test('asked for the recent days alone, it says since when they are whole; the next reading brings the rest', async () => {
  const service = company()
  const landing = await read(service, createLanding(), { isRecentOnly: true })
  const since = new Date(Math.floor(service.now / DAY) * DAY - 90 * DAY).toISOString().slice(0, 10)
  expect(landing.flags).toEqual([`whole since ${since}`])
  expect([...landing.rows.keys()].every((key) => Number(key) <= 90)).toBe(true)
  service.changed.push({ id: 7, at: Math.floor(service.now / 1000) })
  landing.flags.length = 0
  await read(service, landing)
  expect([...landing.rows.keys()].sort()).toEqual([...ALL, '7'].sort())
  expect(landing.flags).toEqual([])
})

test('killed anywhere, it loses nothing and brings what changed before it goes on with the history', async () => {
  for (let killAfter = 1; killAfter <= 5; killAfter++) {
    const service = company()
    const landing = await read(service, createLanding(), { killAfter })
    service.changed.push({ id: 7, at: Math.floor(service.now / 1000) })
    await read(service, landing)
    // What changed on a page that was read before the kill comes with the next reading, as ever.
    await read(service, landing)
    expect([...landing.rows.keys()].sort(), `killed after ${killAfter}`).toEqual([...ALL, '7'].sort())
  }
})

test('a stream that could not ask for its older records alone is refused', () => {
  const text = `kind: bitrix24\ntitle: Made up\n${PLAIN}${STREAM.replace("before: '{{ slice.before | unix }}', ", '')}`
  expect(() => parseDefinition(text, 'made-up')).toThrow('without {{ slice.before }}')
})

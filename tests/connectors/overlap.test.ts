import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDefinition } from '../../ingest/declarative/read-definition.ts'
import { readOverlap } from '../../ingest/declarative/pages-overlap.ts'
import type { ListReading } from '../../ingest/declarative/pages.ts'

const SIZE = 5
const { streams } = parseDefinition(
  `
kind: made_up
title: Made up
base: http://127.0.0.1
auth: [{ given: config.auth.token }]
streams:
  - name: things
    key: [id]
    request: { path: things }
    page: { type: overlap, size: ${SIZE} }
    cursor: { type: everything }
    deletes: { type: absent }
    columns: { id: id }
`,
  'made-up',
)
const [stream] = streams

type Change = { readonly at: number; readonly place: number; readonly isGone: boolean }

/** Reads a list by position while it changes before some of the requests; gives the ids that came. */
async function read(list: string[], changes: readonly Change[]): Promise<readonly string[]> {
  if (stream === undefined) throw new RangeError('no stream')
  let requests = 0
  const reading: ListReading = {
    ...{ source: 'crm', stream, from: null, afterId: 0, concurrency: 1, askSeveral: null },
    ask({ offset, size }) {
      requests += 1
      for (const { at, place, isGone } of changes)
        if (at === requests)
          list.splice(place % (list.length + 1), isGone ? 1 : 0, ...(isGone ? [] : [`new ${at} ${place}`]))
      const page = list.slice(Number(offset), Number(offset) + Number(size)).map((id) => ({ id }))
      return Promise.resolve({ status: 200, headers: new Headers(), body: page })
    },
    recordsOf: ({ body }) => (Array.isArray(body) ? body : []),
    piecesOf: () => expect.fail('pages that overlap are held whole'),
    clockOf: () => null,
  }
  const ids: string[] = []
  for await (const { records } of readOverlap(reading, { type: 'overlap', size: SIZE }, null))
    ids.push(...records.map((record) => String(Object(record).id)))
  return ids
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `${index}`)

test('each record comes once when nothing changes', async () => {
  for (const count of [0, 1, SIZE - 1, SIZE, SIZE + 1, 3 * SIZE + 2])
    expect(await read(numbered(count), [])).toEqual(numbered(count))
})

test('a record that stays is never passed over, whatever appears or vanishes around it', async () => {
  const change = fc.record({ at: fc.integer({ min: 1, max: 6 }), place: fc.nat(30), isGone: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 30 }),
      fc.array(change, { maxLength: 4 }),
      async (count, changes) => {
        const list = numbered(count)
        const before = new Set(list)
        const came = new Set(await read(list, changes))
        for (const id of list) if (before.has(id)) expect(came.has(id), `${id} of ${count}`).toBe(true)
      },
    ),
    { numRuns: 200, seed: 20_261_121 },
  )
})

import { describe, expect, it } from 'vitest'
import { createResults } from '../../semantic/results.ts'

const rows = (count: number, text = 'a') => Array.from({ length: count }, () => ({ text }))
const wanted = { version: 'v1', key: 'deals' }

/** A question that waits to be answered and counts how often it was put. */
function question() {
  const { promise, resolve, reject } = Promise.withResolvers<readonly { text: string }[]>()
  const asked: AbortSignal[] = []
  const ask = (signal: AbortSignal) => {
    asked.push(signal)
    signal.addEventListener('abort', () => reject(new Error('interrupted')))
    return promise
  }
  return { ask, asked, answer: resolve }
}

describe('results', () => {
  it('are asked once for many who wait and for those who come later', async () => {
    const results = createResults()
    const { ask, asked, answer } = question()
    const waiting = Promise.all([results.take(wanted, ask), results.take(wanted, ask)])
    answer(rows(2))
    expect(await waiting).toEqual([rows(2), rows(2)])
    expect(await results.take(wanted, ask)).toEqual(rows(2))
    expect(asked).toHaveLength(1)
  })

  it('belong to their version and are forgotten with it', async () => {
    const results = createResults()
    await results.take(wanted, async () => rows(1, 'old'))
    const next = { ...wanted, version: 'v2' }
    expect(await results.take(next, async () => rows(1, 'new'))).toEqual(rows(1, 'new'))
    expect(await results.take(wanted, async () => rows(1, 'other'))).toEqual(rows(1, 'old'))
    results.forget('v1')
    expect(await results.take(wanted, async () => rows(1, 'again'))).toEqual(rows(1, 'again'))
    expect(await results.take(next, async () => rows(1, 'other'))).toEqual(rows(1, 'new'))
  })

  it('give way, least used first, when there is no more room, and huge ones are not kept', async () => {
    const results = createResults(100)
    const keys = ['a', 'b', 'c', 'd', 'e', 'f']
    for (const key of keys) await results.take({ version: 'v1', key }, async () => rows(19))
    const found = keys.map((key) => results.take({ version: 'v1', key }, async () => rows(1)))
    expect((await Promise.all(found)).map((each) => each.length)).toEqual([1, 19, 19, 19, 19, 19])
    await results.take({ version: 'v1', key: 'huge' }, async () => rows(30))
    expect(await results.take({ version: 'v1', key: 'huge' }, async () => rows(1))).toHaveLength(1)
  })

  it('are interrupted when the last who waits gives up, not before', async () => {
    const results = createResults()
    const { ask, asked } = question()
    const [first, second] = [new AbortController(), new AbortController()]
    const one = results.take({ ...wanted, signal: first.signal }, ask)
    const two = results.take({ ...wanted, signal: second.signal }, ask)
    first.abort(new Error('gone'))
    await expect(one).rejects.toThrow('gone')
    expect(asked[0]?.aborted).toBe(false)
    second.abort(new Error('gone too'))
    await expect(two).rejects.toThrow('gone too')
    expect(asked[0]?.aborted).toBe(true)
    expect(await results.take(wanted, async () => rows(3))).toHaveLength(3)
  })

  it('that failed are asked again', async () => {
    const results = createResults()
    await expect(results.take(wanted, async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await results.take(wanted, async () => rows(1))).toHaveLength(1)
  })
})

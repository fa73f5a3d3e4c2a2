import { describe, expect, test } from 'vitest'
import { createSlowest } from '../../semantic/slowest.ts'
import { administrator, openFixture, openSemantic, reader } from './harness.ts'

/** A clock that work moves on. */
function clock(start = '2026-03-01T10:00:00Z') {
  let time = Date.parse(start)
  const now = (): Date => new Date(time)
  const takes = (ms: number) => async (): Promise<string> => {
    time += ms
    return 'answer'
  }
  return { now, takes, pass: (ms: number) => void (time += ms) }
}

const query = (measure: string) => ({
  measures: [`deals_report.${measure}`],
  dimensions: ['deals_report.manager'],
  filters: [{ member: 'deals_report.client', operator: 'equals' as const, values: ['Nobody’s business'] }],
})

describe('slow queries', () => {
  test('are those that took a second, each set of members once, the slowest first', async () => {
    const { now, takes } = clock()
    const slowest = createSlowest({ now })
    const ask = (measure: string, ms: number) =>
      slowest.timed({ reader: administrator, query: query(measure) }, takes(ms))
    expect(await ask('count', 999)).toBe('answer')
    await ask('won_amount', 1000)
    await ask('win_rate', 4000)
    await ask('won_amount', 7000)
    const shown = slowest.list().map(({ members, durationMs, times }) => [members[1], durationMs, times])
    expect(shown).toEqual([
      ['deals_report.won_amount', 7000, 2],
      ['deals_report.win_rate', 4000, 1],
    ])
  })

  test('are kept without the values they were filtered by', async () => {
    const { now, takes } = clock()
    const slowest = createSlowest({ now })
    await slowest.timed({ reader: reader('head'), query: query('count') }, takes(2000))
    expect(JSON.stringify(slowest.list())).not.toContain('Nobody')
    expect(slowest.list()).toMatchObject([{ userId: 'user-head', askedAt: '2026-03-01T10:00:00.000Z' }])
  })

  test('are kept too when they failed or nobody waited for the end', async () => {
    const { now, pass } = clock()
    const slowest = createSlowest({ now })
    const failing = slowest.timed({ reader: administrator, query: query('count') }, async () => {
      pass(30_000)
      throw new Error('gone')
    })
    await expect(failing).rejects.toThrow('gone')
    expect(slowest.list()).toMatchObject([{ durationMs: 30_000, isAnswered: false, times: 1 }])
  })

  test('are forgotten after a day, and never more than some hundreds', async () => {
    const { now, takes, pass } = clock()
    const slowest = createSlowest({ now })
    for (let index = 0; index < 700; index += 1)
      await slowest.timed({ reader: administrator, query: query(`m${index}`) }, takes(1000))
    expect(slowest.list()).toHaveLength(500)
    expect(slowest.list().map(({ members }) => members[1])).not.toContain('deals_report.m199')
    pass(86_400_000)
    expect(slowest.list()).toEqual([])
  })

  test('are noted by the semantic layer as it answers', async () => {
    const fixture = await openFixture({ deals: 20 })
    await fixture.semantic.close()
    const semantic = await openSemantic(fixture.folder, { slowMs: 0 })
    try {
      await semantic.load(administrator, {
        measures: ['deals_report.count'],
        dimensions: ['deals_report.status'],
      })
      await expect(semantic.load(administrator, { measures: ['deals_report.nothing'] })).rejects.toThrow()
      expect(semantic.slowest()).toMatchObject([
        { members: ['deals_report.status', 'deals_report.count'], isAnswered: true, times: 1 },
      ])
    } finally {
      await semantic.close()
    }
  })
})

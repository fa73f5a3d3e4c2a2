import { createRequire } from 'node:module'
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ResultMultiWrapper, ResultWrapper, type ResultRow, type TransformData } from '@cubejs-backend/native'

const ANNOTATION = {
  'deals.count': { type: 'number' },
  'deals.status': { type: 'string' },
  'deals.at': { type: 'time' },
  'deals.at.day': { type: 'time' },
  'deals.at.month': { type: 'time' },
  'deals.at.fiscal': { type: 'time' },
}
const ALIASES = {
  deals__count: 'deals.count',
  deals__status: 'deals.status',
  deals__at: 'deals.at',
  deals__at_day: 'deals.at.day',
  deals__at_month: 'deals.at.month',
  deals__at_fiscal: 'deals.at.fiscal',
  deals__secret: 'deals.secret',
}

function result(rows: ResultRow[], overrides: Partial<TransformData> = {}, root = {}): ResultWrapper {
  const wrapper = new ResultWrapper(rows)
  const query = { measures: ['deals.count'] }
  wrapper.setTransformData({
    aliasToMemberNameMap: ALIASES,
    annotation: ANNOTATION,
    query,
    queryType: 'regularQuery',
    ...overrides,
  })
  wrapper.setRootResultObject({ query: overrides.query ?? query, slowQuery: false, ...root })
  return wrapper
}

async function json(wrapper: ResultWrapper | ResultMultiWrapper): Promise<Record<string, never>> {
  return JSON.parse(new TextDecoder().decode(await wrapper.getFinalResult()))
}

const data = async (rows: ResultRow[], overrides: Partial<TransformData> = {}): Promise<unknown> =>
  (await json(result(rows, overrides)))['data']

describe('the values of a result', () => {
  it('leaves numbers in text, booleans and nulls as the driver gives them', async () => {
    const rows = [
      { deals__count: '130.50', deals__status: null },
      { deals__count: '1e21', deals__status: true },
    ]
    expect(await data(rows)).toEqual([
      { 'deals.count': '130.50', 'deals.status': null },
      { 'deals.count': '1e21', 'deals.status': true },
    ])
  })

  it('shows an absent cell as null', async () => {
    expect(await data([{ deals__count: undefined }])).toEqual([{ 'deals.count': null }])
  })

  it.each([
    ['2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.678'],
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000'],
    ['2026-01-02T03:04:05.6789+03:00', '2026-01-02T03:04:05.678'],
    ['2026-01-02 03:04:05', '2026-01-02T03:04:05.000'],
    ['2026-01-02 03:04:05.6', '2026-01-02T03:04:05.600'],
    ['2026-01-02T03:04:05', '2026-01-02T03:04:05.000'],
    ['2026-01-02 03:04:05 UTC', '2026-01-02T03:04:05.000'],
    ['2026-01-02 03:04:05.25 Europe/Riga', '2026-01-02T03:04:05.250'],
    ['2026-01-02 03:04:05 +03:00', '2026-01-02T03:04:05.000'],
  ])('keeps the wall clock of %s and drops its zone', async (text, shown) => {
    expect(await data([{ deals__at: text }])).toEqual([{ 'deals.at': shown }])
  })

  it.each([
    '2026-01-02',
    'yesterday',
    '2026-13-02 03:04:05',
    '2026-02-30T03:04:05Z',
    '2026-01-02 25:00:00',
    '',
  ])('leaves %j, which is no time it knows, as it is', async (text) => {
    expect(await data([{ deals__at: text }])).toEqual([{ 'deals.at': text }])
  })
})

describe('the members of a result', () => {
  const times = { deals__at_day: '2026-02-03T00:00:00.000Z', deals__at_month: '2026-02-01T00:00:00.000Z' }

  it('adds the base time with the value of its finest granularity', async () => {
    expect(await data([times])).toEqual([
      {
        'deals.at.day': '2026-02-03T00:00:00.000',
        'deals.at.month': '2026-02-01T00:00:00.000',
        'deals.at': '2026-02-03T00:00:00.000',
      },
    ])
  })

  it('takes a custom granularity as the coarsest', async () => {
    const rows = [{ deals__at_fiscal: '2025-04-01T00:00:00.000Z', ...times }]
    expect(await data(rows)).toMatchObject([{ 'deals.at': '2026-02-03T00:00:00.000' }])
  })

  it('does not add a base time that is asked for by itself', async () => {
    const query = { dimensions: ['deals.at'] }
    const rows = [{ deals__at: '2026-02-03T04:05:06.000Z', deals__at_day: '2026-02-03T00:00:00.000Z' }]
    expect(await data(rows, { query })).toEqual([
      { 'deals.at': '2026-02-03T04:05:06.000', 'deals.at.day': '2026-02-03T00:00:00.000' },
    ])
  })

  it('refuses an alias without a member', async () => {
    await expect(data([{ other: 1 }])).rejects.toThrow("Member name not found for alias: 'other'")
  })

  it('lays the same rows out as compact and columnar', async () => {
    const rows = [
      { deals__status: 'won', deals__count: '1' },
      { deals__status: 'lost', deals__count: '2' },
    ]
    const members = ['deals.status', 'deals.count']
    expect(await data(rows, { resType: 'compact' })).toEqual({
      members,
      dataset: [
        ['won', '1'],
        ['lost', '2'],
      ],
    })
    expect(await data(rows, { resType: 'columnar' })).toEqual({
      members,
      columns: [
        ['won', 'lost'],
        ['1', '2'],
      ],
    })
  })

  it.each([
    ['default', []],
    ['compact', { members: [], dataset: [] }],
    ['columnar', { members: [], columns: [] }],
  ])('shows no rows in the %s layout', async (resType, expected) => {
    expect(await data([], { resType })).toEqual(expected)
  })
})

describe('hidden members', () => {
  const hidden = /^You requested hidden member: 'deals/

  it.each(['default', 'compact', 'columnar'])('refuses one with rows in the %s layout', async (resType) => {
    await expect(data([{ deals__count: '1', deals__secret: 'x' }], { resType })).rejects.toThrow(hidden)
  })

  it.each(['default', 'compact', 'columnar'])(
    'refuses one without rows in the %s layout',
    async (resType) => {
      const query = { dimensions: ['deals.secret'] }
      await expect(data([], { resType, query })).rejects.toThrow(hidden)
    },
  )

  it.each([
    { measures: ['deals.secret'] },
    { timeDimensions: [{ dimension: 'deals.secret', granularity: 'day' }] },
  ])('refuses %j without rows', async (query) => {
    await expect(data([], { query })).rejects.toThrow(hidden)
  })

  it('refuses one that only the second query of a blend asks for', async () => {
    const multi = new ResultMultiWrapper(
      [result([{ deals__count: '1' }]), result([{ deals__secret: 'x' }])],
      {
        queryType: 'blendingQuery',
        slowQuery: false,
      },
    )
    await expect(multi.getFinalResult()).rejects.toThrow()
  })
})

describe('comparisons and blends', () => {
  const time = { dimension: 'deals.at', granularity: 'day', dateRange: ['2026-01-01', '2026-01-31'] }
  const rows = [{ deals__at_day: '2026-01-02T00:00:00.000Z', deals__count: '1' }]

  it('marks the rows of a compared range', async () => {
    const query = { measures: ['deals.count'], timeDimensions: [time] }
    expect(await data(rows, { query, queryType: 'compareDateRangeQuery' })).toMatchObject([
      { compareDateRange: '2026-01-01 - 2026-01-31' },
    ])
  })

  it.each([
    {},
    { timeDimensions: [{ dimension: 'deals.at' }] },
    { timeDimensions: [{ dateRange: ['2026-01-01'] }] },
  ])('refuses a comparison without a range of two dates: %j', async (query) => {
    await expect(data(rows, { query, queryType: 'compareDateRangeQuery' })).rejects.toThrow('date range')
  })

  it('puts the shared time beside the rows of a blend', async () => {
    const query = { measures: ['deals.count'], timeDimensions: [time] }
    expect(await data(rows, { query, queryType: 'blendingQuery' })).toMatchObject([
      { 'time.day': '2026-01-02T00:00:00.000' },
    ])
  })

  it('refuses a blend without a granularity', async () => {
    const query = { timeDimensions: [{ dimension: 'deals.at' }] }
    await expect(data(rows, { query, queryType: 'blendingQuery' })).rejects.toThrow('granularity')
  })

  it('pivots a comparison by its ranges', async () => {
    const query = { measures: ['deals.count'], dimensions: ['deals.status'], timeDimensions: [time] }
    const part = result(rows, { query, queryType: 'compareDateRangeQuery' })
    const answer = await json(
      new ResultMultiWrapper([part, part], { queryType: 'compareDateRangeQuery', slowQuery: false }),
    )
    expect(answer['pivotQuery']).toEqual({
      ...query,
      queryType: 'compareDateRangeQuery',
      dimensions: ['compareDateRange', 'deals.status'],
    })
  })

  it('pivots a blend by everything its queries show', async () => {
    const first = { measures: ['deals.count'], timeDimensions: [time] }
    const second = { ...first, measures: ['deals.count', 'deals.sum'], dimensions: ['deals.status'] }
    const wrappers = [first, second].map((query) => result(rows, { query, queryType: 'blendingQuery' }))
    const answer = await json(
      new ResultMultiWrapper(wrappers, { queryType: 'blendingQuery', slowQuery: true }),
    )
    expect(answer).toMatchObject({
      queryType: 'blendingQuery',
      slowQuery: true,
      pivotQuery: {
        queryType: 'blendingQuery',
        measures: ['deals.count', 'deals.sum'],
        dimensions: ['deals.status'],
        timeDimensions: [{ dimension: 'time', granularity: 'day' }],
      },
    })
    expect(answer['results']).toHaveLength(2)
  })

  it('leaves a single query of a multi request as it is', async () => {
    const answer = await json(
      new ResultMultiWrapper([result([])], { queryType: 'regularQuery', slowQuery: false }),
    )
    expect(answer['pivotQuery']).toEqual({ measures: ['deals.count'], queryType: 'regularQuery' })
  })
})

describe('the envelope', () => {
  it('shows a total only when there is one', async () => {
    expect(await json(result([], {}, { total: 7 }))).toMatchObject({ total: 7, slowQuery: false })
    expect(await json(result([], {}, { total: null, extDbType: undefined }))).not.toHaveProperty('total')
  })

  it('gives back a result that is wrapped already', () => {
    const wrapper = result([])
    expect(new ResultWrapper(wrapper)).toBe(wrapper)
  })
})

describe('the package', () => {
  it('is the one copy that every part of Cube loads', () => {
    const here = realpathSync(join(process.cwd(), 'semantic', 'native', 'index.js'))
    for (const part of ['server-core', 'api-gateway', 'schema-compiler', 'cubestore-driver']) {
      const from = createRequire(join(process.cwd(), 'node_modules', '@cubejs-backend', part, 'package.json'))
      expect(realpathSync(from.resolve('@cubejs-backend/native')), part).toBe(here)
    }
  })
})

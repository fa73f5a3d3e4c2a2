import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildExample, dataSet } from './example.ts'

const { folder, isAbsent } = dataSet('call_center')

describe.skipIf(isAbsent)('the call log example (skipped when ../shared/data/call_center is absent)', () => {
  let example: Awaited<ReturnType<typeof buildExample>>
  beforeAll(async () => {
    example = await buildExample('call_center', { CALL_CENTER: folder })
  }, 240_000)
  afterAll(() => example.close())

  it('is built by one command and counts 5,000 calls, 4,054 answered', async () => {
    expect(example.build).toMatchObject({ code: 0 })
    const measures = ['calls_report.count', 'calls_report.answered_count', 'calls_report.incoming_count']
    const [row = {}] = await example.query({ measures })
    expect(measures.map((name) => row[name])).toEqual(['5000', '4054', '5000'])
  })

  it('gives every call to one of the 8 agents of the log', async () => {
    const rows = await example.query({
      dimensions: ['calls_report.manager'],
      measures: ['calls_report.count'],
    })
    expect(rows).toHaveLength(8)
    expect(rows.every((row) => typeof row['calls_report.manager'] === 'string')).toBe(true)
    expect(rows.reduce((sum, row) => sum + Number(row['calls_report.count']), 0)).toBe(5_000)
  })
})

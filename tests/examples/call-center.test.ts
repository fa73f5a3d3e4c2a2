import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildExample, dataSet, PATIENCE } from './example.ts'

const { folder, isAbsent } = dataSet('call_center')

describe.skipIf(isAbsent)('the call log example (skipped when ../shared/data/call_center is absent)', () => {
  let example: Awaited<ReturnType<typeof buildExample>>
  beforeAll(async () => {
    example = await buildExample('call_center', { CALL_CENTER: folder })
  }, PATIENCE.build)
  afterAll(() => example.close())

  it(
    'is built by one command and counts 5,000 calls, 4,054 answered',
    { timeout: PATIENCE.command },
    async () => {
      expect(example.build).toMatchObject({ code: 0 })
      const measures = ['calls_report.count', 'calls_report.answered_count', 'calls_report.incoming_count']
      const [row = {}] = await example.query({ measures })
      expect(measures.map((name) => row[name])).toEqual(['5000', '4054', '5000'])
    },
  )

  it('gives every call to one of the 8 agents of the log', async () => {
    const agents = await example.sql(
      `select manager_name as name, count(*)::int as calls
       from fct_calls left join dim_manager on owner_id = manager_id group by all`,
    )
    expect(agents).toHaveLength(8)
    expect(agents.every(({ name }) => typeof name === 'string')).toBe(true)
    expect(agents.reduce((sum, { calls }) => sum + Number(calls), 0)).toBe(5_000)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { administrator, openFixture, type Fixture } from './harness.ts'

/** Wilson's interval of `won` among `all` at 95 %, as the textbook writes it. */
function wilson(won: number, all: number): readonly [number, number] {
  const z = 1.959964
  const share = won / all
  const middle = share + z ** 2 / (2 * all)
  const half = z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2))
  const scale = 1 + z ** 2 / all
  return [(middle - half) / scale, (middle + half) / scale]
}

describe('the interval of a win rate', () => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture({ deals: 400 })
  })
  afterAll(() => fixture.semantic.close())

  it("is Wilson's for every person, and blank where nothing has closed", async () => {
    const names = ['won_count', 'closed_count', 'win_rate_low', 'win_rate_high']
    const { rows } = await fixture.semantic.load(administrator, {
      measures: names.map((name) => `deals_report.${name}`),
      dimensions: [
        'deals_report.manager',
        'deals_report.lost_reason',
        'deals_report.product',
        'deals_report.status',
      ],
    })
    let closedRows = 0
    for (const row of rows) {
      const [won = 0, closed = 0] = names.map((name) => Number(row[`deals_report.${name}`]))
      const shown = ['win_rate_low', 'win_rate_high'].map((name) => row[`deals_report.${name}`])
      if (closed === 0) expect(shown).toEqual([null, null])
      else {
        closedRows += 1
        wilson(won, closed).forEach((end, index) => expect(Number(shown[index])).toBeCloseTo(end, 4))
      }
    }
    expect(closedRows).toBeGreaterThan(20)
    expect(closedRows).toBeLessThan(rows.length)
  })

  it('is that of the index too, beside the rate which the mix lets expect', async () => {
    const names = ['won_count', 'closed_count', 'expected_won_count', 'win_index_low', 'win_index_high']
    const { rows } = await fixture.semantic.load(administrator, {
      measures: names.map((name) => `deals_report.${name}`),
      dimensions: ['deals_report.manager'],
    })
    expect(rows.length).toBeGreaterThan(5)
    for (const row of rows) {
      const cells = names.map((name) => Number(row[`deals_report.${name}`]))
      const [won = 0, closed = 0, expected = 0, ...shown] = cells
      const ends = wilson(won, closed).map((end) => (end * closed) / expected)
      ends.forEach((end, index) => expect(shown[index]).toBeCloseTo(end, 3))
    }
  })
})

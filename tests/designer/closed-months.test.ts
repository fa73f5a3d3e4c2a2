import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closedHref, closedText } from '#lib/designer/closed-text.ts'
import { closedIn } from '#lib/designer/server/closed.ts'
import { createFormatter } from '#lib/format/index.ts'
import { messagesOf } from '#lib/messages/index.ts'
import { ROLES, type CubeQuery, type Reader } from '#semantic'
import { decodeDefinition } from '#semantic/report'
import { withWarehouse } from '#warehouse'
import { visibleRows } from '../semantic/access-rule.ts'
import { administrator, openFixture, openSemantic, reader, type Fixture } from '../semantic/harness.ts'

const f = createFormatter({ locale: 'en', currency: 'EUR', timeZone: 'UTC' })
let fixture: Fixture

// Of the months of 2025 that the fixture has results of, April and June are open.
const CLOSED = ['01', '02', '03', '05', '07', '08', '09', '10', '11', '12'].map((month) => `2025-${month}`)

beforeAll(async () => {
  fixture = await openFixture()
  await fixture.semantic.close()
  await withWarehouse(fixture.file, {}, (connection) =>
    connection.run(`delete from fct_closed_results where month(month_start) in (4, 6)`),
  )
  fixture = { ...fixture, semantic: await openSemantic(fixture.folder) }
})
afterAll(() => fixture.semantic.close())

const dated = (member: string, values: string[]): Partial<CubeQuery> => ({
  filters: [{ member, operator: 'inDateRange', values }],
})

async function passportOf(query: Partial<CubeQuery>, view = 'deals_report', measure = 'count') {
  const asked = { measures: [`${view}.${measure}`], ...query }
  return (await fixture.semantic.load(administrator, asked)).passport
}

describe('a number of a closed month', () => {
  it.each([
    ['deals that closed in one', dated('deals_report.closed_at', ['2025-05-01', '2025-05-31']), ['2025-05']],
    ['deals won in a part of it', dated('deals_report.won_at', ['2025-05-10', '2025-05-12']), ['2025-05']],
    [
      'a quarter with an open month',
      dated('deals_report.closed_at', ['2025-04-01', '2025-06-30']),
      ['2025-05'],
    ],
    ['an open month', dated('deals_report.closed_at', ['2025-06-01', '2025-06-30']), undefined],
    [
      'deals created in one, whenever they close',
      dated('deals_report.created_at', ['2025-05-01', '2025-05-31']),
      undefined,
    ],
    ['deals as they stand now', {}, undefined],
    [
      'results by month without a period',
      { timeDimensions: [{ dimension: 'deals_report.closed_at', granularity: 'month' }] },
      CLOSED,
    ],
    [
      'a period by month',
      {
        timeDimensions: [
          { dimension: 'deals_report.won_at', granularity: 'month', dateRange: ['2025-03-15', '2025-05-02'] },
        ],
      },
      ['2025-03', '2025-05'],
    ],
    [
      'what was known of it on a day',
      { ...dated('deals_report.closed_at', ['2025-05-01', '2025-05-31']), asOf: '2025-06-01' },
      undefined,
    ],
  ] satisfies [string, Partial<CubeQuery>, string[] | undefined][])(
    'is told by the passport: %s',
    async (_, query, months) => {
      const { closedMonths, note } = await passportOf(query)
      expect(closedMonths).toEqual(months)
      expect(note?.includes('follow the data and rules of today') ?? false).toBe(months !== undefined)
    },
  )

  it('is told of targets too, and of no other report type', async () => {
    const may = ['2025-05-01', '2025-05-31']
    const targets = await passportOf(dated('targets_report.month', may), 'targets_report', 'target_value')
    expect(targets.closedMonths).toEqual(['2025-05'])
    expect((await passportOf(dated('calls_report.started_at', may), 'calls_report')).closedMonths).toBe(
      undefined,
    )
  })
})

describe('what is different of closed months since they were published', () => {
  it.each(ROLES)('is counted for a %s as the rule lets that person see', async (role) => {
    const who: Reader = reader(role)
    const found = await closedIn({ closedMonths: ['2025-03', '2025-05'] }, (query) =>
      fixture.semantic.load(who, query),
    )
    const [truth] = await withWarehouse(fixture.file, { readOnly: true }, (connection) =>
      connection.query(
        `select count(*) filter (change <> 'none')::int as changes,
          coalesce(sum(won_difference) filter (kind = 'deal'), 0)::double as difference
        from fct_closed_results
        where month_start in (date '2025-03-01', date '2025-05-01') and (${visibleRows(who, 'fct_closed_results')})`,
      ),
    )
    expect(found).toEqual({ months: ['2025-03', '2025-05'], ...truth })
    expect(found?.changes).toBeGreaterThan(0)
  })

  it('is nothing, and asked of nobody, where no month is closed', async () => {
    const load = () => Promise.reject(new Error('nobody asks'))
    expect(await closedIn({}, load)).toBeNull()
  })

  it('is said in words, in both languages, with a way to the months as published', () => {
    const one = { months: ['2025-05'], changes: 4, difference: -1200 }
    expect(closedText(one, { t: messagesOf('en'), f })).toBe(
      'May 2025 is closed. These numbers follow today’s data and rules. 4 results are different since, won value by -€1,200.',
    )
    expect(closedText({ ...one, changes: 0, difference: 0 }, { t: messagesOf('en'), f })).toMatch(
      /Nothing that you see of it is different since\.$/,
    )
    const more = { months: CLOSED, changes: 1, difference: 0 }
    expect(closedText(more, { t: messagesOf('es'), f })).toMatch(/^10 meses .* 1 resultado ha cambiado/)
    const code = new URL(closedHref(one, { t: messagesOf('en') }), 'http://portal').searchParams.get('d')
    expect(decodeDefinition(code ?? '').filters).toEqual([
      {
        member: 'closed_months_report.month',
        operator: 'inDateRange',
        values: ['2025-05-01', '2025-05-01'],
      },
    ])
  })
})

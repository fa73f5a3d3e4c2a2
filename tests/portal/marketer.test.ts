import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { viewMonth, type MonthView } from '#lib/period/month.ts'
import { askAs, type Ask } from '#lib/server/home/ask.ts'
import { loadChannels } from '#lib/server/home/channels.ts'
import { loadDisagreements } from '#lib/server/home/disagreement.ts'
import { loadSavedSegments, loadSegments } from '#lib/server/home/segments.ts'
import { withWarehouse } from '#warehouse'
import { openFixture, reader, type Fixture } from '../semantic/harness.ts'

const calendar = { workingDays: [1, 2, 3, 4, 5], holidays: [] }
const month = (name: string): MonthView => viewMonth(name, '2026-03-01', calendar)

let fixture: Fixture
let ask: Ask
beforeAll(async () => {
  fixture = await openFixture({ seed: 11 })
  ask = askAs(fixture.semantic, reader('marketer'))
})
afterAll(() => fixture.semantic.close())

const recount = (sql: string): Promise<readonly Record<string, unknown>[]> =>
  withWarehouse(fixture.file, { readOnly: true }, (connection) => connection.query(sql))

describe('segments on the home of a marketer', () => {
  it('have the size and the moves that the months of clients have', async () => {
    const segments = await loadSegments(ask, month('2025-06'))
    const truth = await recount(`
      with now as (select * from fct_client_months where month_start = '2025-06-01'),
        names as (select distinct segment from fct_client_months where month_start between '2024-07-01' and '2025-06-01')
      select segment as name,
        (select count(distinct client_id) from now where now.segment = names.segment) as clients,
        (select count(distinct client_id) from fct_client_months as earlier where earlier.segment = names.segment and month_start = '2025-05-01') as before,
        (select count(distinct client_id) from now where now.segment = names.segment and segment_before <> now.segment) as came,
        (select count(distinct client_id) from now where segment_before = names.segment and segment_before <> now.segment) as gone
      from names order by clients desc, name`)
    expect(truth.length).toBeGreaterThan(1)
    const shown = segments.rows.map(({ name, clients, before, moved }) => [
      name,
      clients,
      before,
      moved?.in,
      moved?.out,
    ])
    expect(shown).toEqual(
      truth.map(({ name, ...numbers }) => [
        name,
        ...['clients', 'before', 'came', 'gone'].map((column) => Number(numbers[column])),
      ]),
    )
    expect(segments.passport.rows).toBe(segments.rows.length)
  })

  it('have a course of all months up to the one that is looked at', async () => {
    const { rows } = await loadSegments(ask, month('2025-06'))
    expect(rows.map(({ sizes }) => sizes.length)).toEqual(rows.map(() => 6))
    expect(rows.map(({ sizes }) => sizes.at(-1))).toEqual(rows.map(({ clients }) => clients))
    expect((await loadSegments(ask, month('2025-01'))).rows.map(({ before }) => before)).toEqual(
      rows.map(() => null),
    )
  })

  it('are none where the month has no client', async () => {
    expect((await loadSegments(ask, month('2024-02'))).rows).toEqual([])
  })
})

describe('saved segments', () => {
  it('have the size of their last day, beside that of the first of thirty', async () => {
    const { rows, passport } = await loadSavedSegments(ask, month('2025-03'))
    const truth = await recount(`
      with days as (
        select segment_id, size_on, sum(clients_count) as clients from fct_segment_sizes
        where segment_name is not null and size_on between '2025-03-02' and '2025-03-31' group by all
      )
      select segment_id as key, arg_max(clients, size_on) as clients, arg_min(clients, size_on) as before
      from days group by segment_id order by clients desc, key, key`)
    expect(truth.length).toBeGreaterThan(0)
    expect(rows.map(({ key, clients, before }) => [key, clients, before])).toEqual(
      truth.map(({ key, clients, before }) => [key, Number(clients), Number(before)]),
    )
    expect(passport.rows).toBe(rows.length)
  })
})

describe('channels', () => {
  it('stand with what they cost and brought in ninety days, the dearest first', async () => {
    const { rows, measures, hasSpend } = await loadChannels(ask, month('2025-09'))
    const truth = await recount(`
      select nullif(channel, 'unknown') as channel, sum(cost_company) as cost,
        count(*) filter (where is_lead) as leads, count(*) filter (where kind = 'deal') as deals
      from fct_marketing where day between '2025-07-03' and '2025-09-30' and not is_excluded
      group by all order by cost desc nulls last`)
    expect(measures.map(({ name }) => name.split('.')[1])).toEqual([
      'cost',
      'leads_count',
      'deals_count',
      'won_count',
      'won_amount',
      'romi',
    ])
    expect(hasSpend).toBe(true)
    expect(rows.map(({ channel, values }) => [channel, ...values.slice(0, 3).map(Number)])).toEqual(
      truth.map(({ channel, cost, leads, deals }) => [channel, ...[cost, leads, deals].map(Number)]),
    )
  })
})

describe('where attribution models disagree', () => {
  it('names the least and the most generous model of each channel, the furthest apart first', async () => {
    const { rows, passport } = await loadDisagreements(ask, month('2025-12'))
    const truth = await recount(`
      with credits as (
        select channel, model, round(sum(conversions), 6) as deals from fct_attribution
        where month_start between '2025-01-01' and '2025-12-01' group by all
      )
      select channel, min(deals) as least, max(deals) as most from credits
      group by channel having max(deals) > min(deals) order by most - least desc, channel`)
    expect(truth.length).toBeGreaterThan(1)
    expect(rows.map(({ channel }) => channel)).toEqual(truth.map(({ channel }) => channel))
    for (const [index, { least, most, spread }] of rows.entries()) {
      expect(least.deals).toBeCloseTo(Number(truth[index]?.['least']), 5)
      expect(most.deals).toBeCloseTo(Number(truth[index]?.['most']), 5)
      expect(spread).toBeCloseTo(most.deals - least.deals, 5)
    }
    const titles = passport.members.map(({ title }) => title)
    for (const { least, most } of rows)
      expect(titles).toEqual(expect.arrayContaining([least.model, most.model]))
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withWarehouse } from '#warehouse'
import { COMPANY } from './company.ts'
import { dbtBuild, IN_SHARES } from './dbt-build.ts'
import { writeRaw, type RawFixture, type RawRow } from './raw-fixture.ts'

const AT = '2026-02-21 00:00:00'

const cost = (id: string, fields: RawRow): RawRow => ({ cost_id: id, day: '2026-01-01', ...fields })
const COSTS = [
  cost('a1', {
    ...{ source: 'google', medium: 'cpc', campaign: 'Brand', campaign_id: '77', keyword: 'solar' },
    ...{ impressions: 100, clicks: 10, cost: 40, currency: 'EUR' },
  }),
  cost('a2', { channel: 'Yandex.Direct', campaign: 'Search', cost: 10, clicks: 4, currency: 'USD' }),
  cost('a3', { channel: 'Yandex.Direct', campaign: 'Search', cost: 5, currency: 'GBP' }),
  cost('a4', { channel: 'web  SITE', cost: 3, currency: 'EUR' }),
]

const SESSIONS = [
  {
    ...{ session_id: 's1', visitor: 'v1', started_at: '2026-01-01 08:00:00', phone: '93 100 00 10' },
    ...{ source: 'yandex', medium: 'cpc', campaign: 'search', term: 'panel' },
    ...{ landing_page: 'https://www.firm.example/offer/?utm_source=yandex#top' },
  },
  { session_id: 's2', visitor: 'v1', started_at: '2026-01-01 08:30:00', is_direct: true },
  { session_id: 's3', visitor: 'v2', started_at: '2026-01-01 08:00:00', click_id: 'gclid:abc' },
  { session_id: 's4', visitor: 'v3', started_at: '2026-01-03 08:00:00', source: 'news', medium: 'email' },
  {
    ...{ session_id: 's5', visitor: 'v4', started_at: '2025-06-03 08:00:00', email: ' Ada@home.example' },
    ...{ source: 'blog', medium: 'referral' },
  },
  {
    ...{ session_id: 's6', visitor: 'v5', started_at: '2026-01-01 11:00:00', deal: '21' },
    ...{ source: 'duck', medium: 'organic' },
  },
]

const wonDeal = (id: number, fields: RawRow): RawRow => ({
  ...{ id, title: `Deal ${id}`, category_id: '0', stage_id: 'WON', stage_semantic_id: 'S', closed: true },
  ...{ currency_id: 'EUR', assigned_by_id: '1', company_id: '2', created_time: '2026-01-01 12:00:00' },
  ...{ updated_time: '2026-01-09 12:00:00', closedate: '2026-01-09 12:00:00' },
  ...fields,
})

const FIXTURE: RawFixture = {
  ...COMPANY,
  sources: { ...COMPANY.sources, ads: 'files', site: 'files' },
  loads: [
    ...COMPANY.loads,
    { source: 'ads', at: AT, rows: { ad_costs: COSTS } },
    {
      ...{ source: 'site', at: AT },
      rows: {
        web_sessions: SESSIONS,
        deals: [
          {
            ...{ deal_id: 'w1', stage: 'Open', status: 'open', amount: 7, created_at: '2026-01-01 10:00:00' },
            ...{ click_id: 'gclid:abc' },
          },
        ],
      },
    },
    {
      ...{ source: 'crm', at: AT },
      rows: {
        deals: [
          wonDeal(21, {
            ...{ utm_source: 'google', utm_medium: 'cpc', utm_campaign: '77', opportunity: 300 },
            ...{ uf: { ufCost: '100' } },
          }),
          wonDeal(22, { utm_source: 'google', utm_medium: 'cpc', utm_campaign: 'brand', opportunity: 50 }),
        ],
      },
    },
  ],
}

const folder = mkdtempSync(join(tmpdir(), 'embut-marketing-'))
const files = {
  raw: join(folder, 'raw.duckdb'),
  marts: join(folder, 'marts.duckdb'),
  work: join(folder, 'work.duckdb'),
  target: join(folder, 'target'),
}

beforeAll(async () => {
  await writeRaw(files.raw, FIXTURE)
  const wanted = [
    '+fct_marketing',
    'dim_manager',
    'dim_department',
    '+dim_client',
    ...['+fct_attribution', '+fct_deal_paths', '+assert_attribution_shares_every_sale'],
    '+assert_marketing_equals_its_facts',
  ]
  await dbtBuild(files, [
    ...['--select', ...wanted, '--exclude-resource-type', 'unit_test'],
    ...['--indirect-selection', 'cautious'],
    ...IN_SHARES,
  ])
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const lines = async (sql: string): Promise<readonly string[]> => {
  const rows = await withWarehouse(files.marts, { readOnly: true }, (connection) => connection.query(sql))
  return rows.map((row) => Object.values(row).map(String).join('|').replaceAll('null', ''))
}

test('costs stand in the company currency by the rate of their day, and apart without one', async () => {
  expect(
    await lines(`select ad_cost_id, channel, cost, currency, cost_company from fct_ad_costs order by all`),
  ).toEqual([
    'ads:a1|Google Ads|40.0000|EUR|40.0000',
    'ads:a2|Yandex.Direct|10.0000|USD|9.0000',
    'ads:a3|Yandex.Direct|5.0000|GBP|',
    'ads:a4|web  SITE|3.0000|EUR|3.0000',
  ])
})

test('a visit leads to the deal that followed it, by click, telephone, address or the same browser', async () => {
  expect(
    await lines(`select touch_id, channel, deal_id, matched_by, is_direct from fct_touches order by all`),
  ).toEqual([
    'site:s1|Yandex.Direct|crm:4|client|false',
    'site:s2|Direct|crm:4|client|true',
    'site:s3|Google Ads|site:w1|click|false',
    'site:s4|Email|||false',
    'site:s5|Referrals||client|false',
    'site:s6|Organic search|crm:21|deal|false',
  ])
})

test('visits stand on the path of their client, and a deal that names its campaign is credited to it', async () => {
  const built = `select touch_id, party, channel, is_direct from intermediate.int_touches__unioned
    where touch_id like 'visit:%' or touch_id in ('deal:crm:21', 'deal:crm:8', 'deal:crm:1') order by all`
  const rows = await withWarehouse(files.work, { readOnly: true }, (connection) => connection.query(built))
  expect(rows.map((row) => Object.values(row).map(String).join('|'))).toEqual([
    'deal:crm:1|crm:company:1|unknown|true',
    'deal:crm:21|crm:company:2|Google Ads|false',
    'deal:crm:8|crm:company:1|Web site|false',
    'visit:site:s1|crm:contact:10|Yandex.Direct|false',
    'visit:site:s2|crm:contact:10|Direct|true',
    'visit:site:s3|deal:site:w1|Google Ads|false',
    'visit:site:s5|crm:contact:23|Referrals|false',
    'visit:site:s6|crm:company:2|Organic search|false',
  ])
  const paths = await withWarehouse(files.work, { readOnly: true }, (connection) =>
    connection.query(`select array_to_string(channels, ' > ') as path, conversions, amount
      from intermediate.int_touch_paths__built where list_contains(channels, 'Google Ads') order by all`),
  )
  expect(paths.map((row) => Object.values(row).map(String).join('|'))).toEqual([
    'Organic search > Google Ads > Google Ads|1|50',
    'Organic search > Google Ads > Google Ads|1|300',
    'Organic search > Google Ads > Google Ads > unknown|1|10',
  ])
})

test('the way to a request is told touch by touch, and as the channels it went through', async () => {
  const touches = `select touch_id, step, kind, channel, campaign, round(days_before_request, 2),
    round(days_before_sale, 2) from fct_deal_touches where deal_id = 'crm:22' order by step`
  expect(await lines(touches)).toEqual([
    'visit:site:s6|1|visit|Organic search||0.04|8.04',
    'deal:crm:21|2|request|Google Ads|Brand|0|8',
    'deal:crm:22|3|request|Google Ads|Brand|0|8',
  ])
  const paths = `select path, count(*), count(*) filter (is_won), round(median(days_to_sale), 2), sum(touches_count)
    from fct_deal_paths where path like '%Google Ads%' group by path order by all`
  expect(await lines(paths)).toEqual([
    'Google Ads|1|0||2',
    'Organic search → Google Ads|2|2|8.04|6',
    'Organic search → Google Ads → unknown|1|1|30.52|4',
  ])
})

test('each model credits campaigns, pages and keywords with all that their channel has', async () => {
  expect(
    await lines(`select channel, campaign, list(round(conversions, 2) order by model) from fct_attribution
      where conversions > 0 and channel in ('Google Ads', 'Organic search') group by all order by all`),
  ).toEqual(['Google Ads|Brand|2,3,1.83,1.36,1.4,1.33,1.83', 'Organic search||3,0.92,1.36,1.2,1.33,0.92'])
})

test('a page is the same with and without its scheme, query and closing slash', async () => {
  expect(await lines(`select landing_page from fct_touches where touch_id = 'site:s1'`)).toEqual([
    'firm.example/offer',
  ])
})

test('a deal came by its own marks, else by its last visit that was not direct, else by its lead source', async () => {
  expect(
    await lines(`select deal_id, channel, campaign, keyword, landing_page, found_by from fct_marketing
      where deal_id in ('crm:21', 'crm:4', 'crm:8', 'site:w1', 'crm:1') order by all`),
  ).toEqual([
    'crm:1|unknown||||unknown',
    'crm:21|Google Ads|Brand|||marks',
    'crm:4|Yandex.Direct|Search|panel|firm.example/offer|visit',
    'crm:8|Web site||||lead source',
    'site:w1|Google Ads||||marks',
  ])
})

test('spend stands beside what came of it, each once, and margin is blank where cost is unknown', async () => {
  expect(
    await lines(`select channel, campaign, sum(cost_company), count(deal_id), sum(amount_company) filter (status = 'won'),
      sum(margin_company), count(*) filter (is_new_client), sum(visits) from fct_marketing
      where channel in ('Google Ads', 'Yandex.Direct', 'Web site') group by all order by all`),
  ).toEqual([
    'Google Ads|Brand|40.0000|2|350.00|200.00|1|',
    'Google Ads|||1|||0|1',
    'Web site||3.0000|1|||0|',
    'Yandex.Direct|Search|9.0000|1|||0|1',
  ])
})

test('totals are those of the facts', async () => {
  expect(
    await lines(
      `select sum(cost_company), count(deal_id), count(*) filter (is_unpriced), sum(visits) from fct_marketing`,
    ),
  ).toEqual([`52.0000|15|1|6`])
})

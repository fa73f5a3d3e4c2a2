import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withWarehouse } from '#warehouse'
import { dbtBuild } from './dbt-build.ts'
import { DEALS, LEAD_COMPANY, LEADS } from './lead-company.ts'
import { writeRaw, type RawRow } from './raw-fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'embut-leads-'))
const place = (name: string): string => join(folder, name)
const lines = (sql: string): Promise<readonly string[]> =>
  withWarehouse(place('marts.duckdb'), { readOnly: true }, async (connection) =>
    (await connection.query(sql)).map((row) =>
      Object.values(row).map(String).join('|').replaceAll('null', ''),
    ),
  )

beforeAll(async () => {
  const files = { raw: place('raw.duckdb'), marts: place('marts.duckdb'), work: place('work.duckdb') }
  await writeRaw(files.raw, LEAD_COMPANY)
  await dbtBuild({ ...files, target: place('target') }, ['--exclude-resource-type', 'unit_test'])
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a lead', () => {
  test('became its first deal, came to nothing or is open, and is of who had it then', async () => {
    expect(
      await lines(`select lead_id, outcome, status_name, deal_id, is_won, owner_id, owner_now_id, ended_at::varchar
        from fct_leads order by lead_id`),
    ).toEqual([
      'crm:lead:1|converted|CONVERTED|crm:1|true|crm:1|crm:1|2026-01-05 09:30:00',
      'crm:lead:2|open|NEW||false|crm:1|crm:1|',
      'crm:lead:3|lost|Bad lead||false|crm:1|crm:2|2026-01-06 09:00:00',
      'crm:lead:4|open|NEW||false|crm:1|crm:1|',
      'crm:lead:5|converted|CONVERTED|crm:3|false|crm:2|crm:1|2025-12-16 09:00:00',
      'crm:lead:6|open|NEW||false|crm:2|crm:2|',
      'crm:lead:7|lost|Bad lead||false|crm:1|crm:1|2026-01-02 15:00:00',
      'crm:lead:8|open|NEW||false|crm:1|crm:1|',
      'crm:lead:9|open|NEW||false|crm:1|crm:1|',
    ])
  })

  test('is of the client that its numbers tell, else a client of its own', async () => {
    expect(await lines(`select lead_id, client_id from fct_leads order by lead_id`)).toEqual([
      'crm:lead:1|crm:contact:10',
      'crm:lead:2|crm:lead:2',
      'crm:lead:3|crm:lead:3',
      'crm:lead:4|crm:lead:4',
      'crm:lead:5|crm:company:1',
      'crm:lead:6|crm:lead:6',
      'crm:lead:7|crm:contact:10',
      'crm:lead:8|crm:lead:8',
      'crm:lead:9|crm:lead:9',
    ])
  })

  test('has its campaign or its source as channel, and its address', async () => {
    expect(
      await lines(`select lead_id, channel, campaign, source_name, source_url from fct_leads
        left join dim_source using (source_id) where lead_id in ('crm:lead:1', 'crm:lead:3', 'crm:lead:7') order by all`),
    ).toEqual([
      'crm:lead:1|Google Ads|spring|Web site|https://crm.example/lead/1/',
      'crm:lead:3|Advertising||Advertising|https://crm.example/lead/3/',
      'crm:lead:7|unknown|||https://crm.example/lead/7/',
    ])
  })

  // Counted again from the rows of the CRM by the words of the definition, in another language.
  test.each([
    ['source_name', ({ source_id: source }: RawRow) => SOURCES[String(source)] ?? ''],
    ['owner_id', ({ assigned_by_id: owner }: RawRow) => `crm:${String(owner)}`],
    [`strftime(created_at_local, '%Y-%m')`, ({ created_time: time }: RawRow) => String(time).slice(0, 7)],
  ])('is counted with its conversion by %s', async (by, slice) => {
    expect(
      await lines(`select ${by} as slice, count(*), count(*) filter (outcome = 'converted'), count(*) filter (outcome = 'lost')
        from fct_leads left join dim_source using (source_id) where not is_excluded group by 1 order by coalesce(slice, '')`),
    ).toEqual(counted(slice))
  })
})

const SOURCES: Readonly<Record<string, string>> = { WEB: 'Web site', ADS: 'Advertising', CALL: 'CALL' }

function counted(slice: (lead: RawRow) => string): readonly string[] {
  const real = LEADS.filter(({ title }) => !String(title).includes('test'))
  return [...Map.groupBy(real, slice)]
    .sort(([one], [two]) => (one < two ? -1 : 1))
    .map(([name, leads]) => {
      const converted = leads.filter(({ id }) => DEALS.some((deal) => deal['lead_id'] === id))
      const lost = leads.filter((lead) => !converted.includes(lead) && lead['stage_semantic_id'] === 'F')
      return [name, leads.length, converted.length, lost.length].join('|')
    })
}

describe('a request', () => {
  test('is the lead, and not its deal again, whatever else the client tried before the answer', async () => {
    expect(
      await lines(`select request_id, outcome, asked_count, response_seconds, is_due_15, is_in_time_15, deal_id
        from fct_requests where not is_excluded order by request_id`),
    ).toEqual([
      // The missed call and the lead that was written down after it are one, and wait from the call on.
      'call:crm:2|answered|2|1200|true|false|',
      'lead:crm:4|waiting|1||true|false|crm:4',
      'lead:crm:lead:1|answered|1|600|true|true|crm:1',
      'lead:crm:lead:2|waiting|1||true|false|',
      'lead:crm:lead:3|closed|1||true|false|',
      'lead:crm:lead:5|answered|1|1500|true|false|crm:3',
      'lead:crm:lead:6|answered|1|2400|true|false|',
      'lead:crm:lead:7|closed|1||true|false|',
    ])
  })

  test('of a test lead is left out', async () => {
    expect(await lines(`select request_id from fct_requests where is_excluded`)).toEqual(['lead:crm:lead:9'])
  })
})

test('the way to a deal begins with the leads of its client, and ends when its own lead came', async () => {
  expect(
    await lines(`select deal_id, step, kind, touch_id, touched_at::varchar, channel, campaign
      from fct_deal_touches where deal_id in ('crm:1', 'crm:2') order by deal_id, step`),
  ).toEqual([
    'crm:1|1|lead|lead:crm:lead:7|2026-01-02 09:00:00|unknown|',
    'crm:1|2|request|deal:crm:1|2026-01-05 09:00:00|Google Ads|spring',
    'crm:2|1|lead|lead:crm:lead:7|2026-01-02 09:00:00|unknown|',
    'crm:2|2|request|deal:crm:1|2026-01-05 09:00:00|Google Ads|spring',
    'crm:2|3|request|deal:crm:2|2026-01-06 09:30:00|Google Ads|spring',
  ])
})

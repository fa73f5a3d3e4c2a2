import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withWarehouse } from '#warehouse'
import type { Row } from '#warehouse'
import { COMPANY } from './company.ts'
import { customSuite } from './custom-suite.ts'
import { dbtBuild, IN_SHARES } from './dbt-build.ts'
import { layerProblems, readManifest } from './layers.ts'
import { writeRaw } from './raw-fixture.ts'
import { responseSuite } from './response-suite.ts'
import { segmentSuite } from './segment-suite.ts'

const folder = mkdtempSync(join(tmpdir(), 'embut-models-'))
const files = {
  raw: join(folder, 'raw.duckdb'),
  marts: join(folder, 'marts.duckdb'),
  work: join(folder, 'work.duckdb'),
  target: join(folder, 'target'),
}
const rows = (sql: string): Promise<readonly Row[]> =>
  withWarehouse(files.marts, { readOnly: true }, (connection) => connection.query(sql))
/** Rows as text, e.g. `crm:1|won|100.00`; null is empty. */
const lines = async (sql: string): Promise<readonly string[]> =>
  (await rows(sql)).map((row) => Object.values(row).map(String).join('|').replaceAll('null', ''))

// One build serves every test below; it runs dbt's own unit tests and data tests too.
beforeAll(async () => {
  await writeRaw(files.raw, COMPANY)
  await dbtBuild(files, IN_SHARES)
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('large tables are made in shares', () => {
  const ran = (name: string): string =>
    readFileSync(join(files.target, 'run/embut/models/marts', `${name}.sql`), 'utf8')
  expect(ran('as_of/fct_deals_as_of')).toMatch(/set variable shares = \d+::ubigint; set variable share = 0/)
  expect(ran('calls/fct_calls')).toMatch(/set variable span_to = timestamp '\d/)
})

test('lines of deals have their product, their discount, and the rate and people of their deal', async () => {
  expect(
    await lines(`select line_id, lines.product_id, quantity::double, discount_company, lines.amount_company, owner_id, is_won
      from fct_deal_lines as lines inner join fct_deals as deals using (deal_id, owner_id, is_won) order by line_id`),
  ).toEqual([
    'crm:70|unknown|2|9.00|72.00|crm:1|true',
    'sheet:l1|sheet:Cable|2|0.00|3.00|sheet:Stranger|false',
    'sheet:l2|sheet:P1|1|0.00|7.00|sheet:Stranger|false',
  ])
  expect(
    await lines(`select record_key, value from fct_data_quality where check_name = 'deal_lines_differ'
      order by record_key`),
  ).toEqual(['crm:7|80.00', 'sheet:d3|10.00'])
})

describe('deals', () => {
  test('of all sources stand in one table, those that are gone left out', async () => {
    expect(await lines(`select origin, count(*) from fct_deals group by all order by all`)).toEqual([
      'crm|9',
      'sheet|3',
    ])
  })

  test('belong to who owned them at closing, and to that department, whatever happened since', async () => {
    expect(
      await lines(`select deal_id, owner_id, department_id, owner_now_id, department_now_id, has_reliable_owner
        from fct_deals where deal_id in ('crm:5', 'crm:6', 'crm:2') order by deal_id`),
    ).toEqual([
      'crm:2|crm:1|crm:6|crm:1|crm:6|true',
      'crm:5|crm:1|crm:5|crm:2|crm:6|false',
      'crm:6|crm:1|crm:5|crm:2|crm:6|true',
    ])
  })

  test('are worth what the rate of their day says, and nothing in total without one', async () => {
    expect(
      await lines(`select deal_id, amount, currency, amount_company from fct_deals
        where deal_id in ('crm:1', 'crm:7', 'crm:8', 'sheet:d1') order by deal_id`),
    ).toEqual([
      'crm:1|100.00|EUR|100.00',
      'crm:7|100.00|USD|90.00',
      'crm:8|100.00|GBP|',
      'sheet:d1|10.00|EUR|10.00',
    ])
  })

  test('have the local time of their branch, else of the company', async () => {
    expect(
      await lines(`select deal_id, closed_at::varchar, closed_at_local::varchar from fct_deals
        where deal_id in ('crm:6', 'sheet:d1') order by deal_id`),
    ).toEqual([
      'crm:6|2026-01-25 10:00:00|2026-01-25 11:00:00',
      'sheet:d1|2026-01-31 23:30:00|2026-01-31 23:30:00',
    ])
  })

  test('without a product of their own are of that of their largest line', async () => {
    expect(
      await lines(`select deal_id, product_name, category from fct_deals inner join dim_product using (product_id)
        where deal_id = 'sheet:d3'`),
    ).toEqual(['sheet:d3|GTX Pro|GTX'])
    expect(await lines(`select category from dim_product where product_name = 'Cable'`)).toEqual(['Parts'])
  })

  test('know what was received by their invoices and payments', async () => {
    expect(
      await lines(`select deal_id, amount_paid, paid_at::varchar from fct_deals
        where origin = 'sheet' order by deal_id`),
    ).toEqual(['sheet:d1|10.00|2026-02-03 10:00:00', 'sheet:d2|5.00|', 'sheet:d3||'])
  })

  test('that were paid in a currency without a rate say so in place of a sum', async () => {
    expect(
      await lines(`select record_key from fct_data_quality where check_name = 'deal_payment_without_rate'`),
    ).toEqual(['sheet:d3'])
  })

  test('that a rule leaves out say why', async () => {
    expect(await lines(`select deal_id, exclusion_reason from fct_deals where is_excluded`)).toEqual([
      'crm:9|Test deal',
    ])
  })
})

describe('stages', () => {
  test('keep a reopened deal: lost, back, won', async () => {
    expect(
      await lines(`select stage_id, is_return, is_reopen, stay_seconds from fct_stage_events
        where deal_id = 'crm:1' order by entered_at`),
    ).toEqual([
      'crm:0:NEW|false|false|86400',
      'crm:0:OFFER|false|false|86400',
      'crm:0:LOSE|false|false|86400',
      'crm:0:TALK|true|true|183600',
      'crm:0:WON|false|false|',
    ])
  })

  test('order two moves of one second by their ids', async () => {
    expect(
      await lines(`select stage_id from fct_stage_events where deal_id = 'crm:2' order by exited_at nulls last,
        stage_order`),
    ).toEqual(['crm:0:NEW', 'crm:0:TALK', 'crm:0:OFFER'])
  })

  test('make a funnel of which each deal is strict, visited or reached by the paper calculation', async () => {
    const flags = `string_agg(concat(is_strict::int, is_visited::int, is_reached::int), ' ' order by stage_order)`
    expect(
      await lines(`select deal_id, ${flags} from fct_deal_stages where deal_id in ('crm:1', 'crm:3', 'crm:5')
        group by deal_id order by deal_id`),
    ).toEqual([
      // New, Offer, (Lost), Talk, Won: in order it was in New and Talk.
      'crm:1|111 111 011 011',
      // New, Talk, Lost.
      'crm:3|111 111 000 000',
      // No history: won, so every stage is reached and only the last was seen.
      'crm:5|001 001 001 011',
    ])
  })
})

describe('clients', () => {
  test('merge over sources by number, address and confirmed link, with the evidence', async () => {
    expect(
      await lines(`select client_record_id, other_client_record_id, rule, evidence, client_id
        from fct_client_merges order by client_record_id`),
    ).toEqual([
      'crm:company:2|sheet:company:k9|confirmed|c2|crm:company:2',
      'crm:contact:10|sheet:contact:p1|phone|+34931000010|crm:contact:10',
      'crm:contact:15|crm:contact:16|phone|+34931000015|crm:company:1',
      'crm:contact:23|crm:contact:24|email|ada@home.example|crm:contact:23',
    ])
  })

  test('that only might be one stay apart and are listed', async () => {
    expect(
      await lines(`select check_name, found_rows, value from fct_data_quality where entity = 'client'
        order by check_name, value`),
    ).toEqual([
      'client_cluster_too_large|25|25',
      'client_held_apart|2|…0017',
      'client_possible_duplicate|2|i…@shared.example',
      'client_possible_duplicate|2|…0000',
      'client_possible_duplicate|2|…0002',
      'client_possible_duplicate|4|…0011',
    ])
  })

  test('are found by each doubt about them, as many as it counts', async () => {
    expect(
      await lines(`select check_name, found_rows, count(records.client_record_id) from fct_data_quality as doubts
        left join dim_client_record as records on contains(records.doubts, doubts.finding_id || ';')
        where entity = 'client' group by doubts.finding_id, check_name, found_rows order by all`),
    ).toEqual([
      'client_cluster_too_large|25|25',
      'client_held_apart|2|2',
      ...Array.from({ length: 3 }, () => 'client_possible_duplicate|2|2'),
      'client_possible_duplicate|4|4',
    ])
  })

  test('count every record once', async () => {
    expect(
      await lines(`select (select sum(records_count) from dim_client), (select count(*) from dim_client_record),
        (select records_count from dim_client where client_id = 'crm:company:1')`),
    ).toEqual(['46|46|3'])
  })
})

describe('people', () => {
  test('are one over sources by extension, link and confirmed spelling', async () => {
    expect(await lines(`select manager_id, manager_name from dim_manager order by manager_id`)).toEqual([
      'crm:1|Anna Roca',
      'crm:2|Bruno Roca',
      'sheet:Stranger|Stranger',
      'unknown|',
    ])
    expect(
      await lines(`select deal_id, owner_id from fct_deals where origin = 'sheet' order by deal_id`),
    ).toEqual(['sheet:d1|crm:2', 'sheet:d2|crm:1', 'sheet:d3|sheet:Stranger'])
  })

  test('that nobody knows are listed', async () => {
    expect(
      await lines(`select check_name, value, origin, found_rows from fct_data_quality
        where check_name in ('person_unmatched', 'extension_unmatched') order by all`),
    ).toEqual([
      'extension_unmatched|999|tel|1',
      'person_unmatched|Somebody|tel|1',
      'person_unmatched|Stranger|sheet|2',
    ])
  })
})

describe('calls', () => {
  test('belong to who spoke, and find their client by deal or by number', async () => {
    expect(
      await lines(`select call_id, direction, owner_id, client_id, hour_of_day, is_answered, is_connected
        from fct_calls order by call_id`),
    ).toEqual([
      'crm:1|out|crm:1|crm:company:1|0|true|true',
      'crm:2|in|crm:1|crm:company:1|0|true|false',
      'crm:3|in|crm:1|crm:company:1|0|false|false',
      'crm:4|out|crm:1|crm:contact:10|0|true|true',
      'tel:t1|in|crm:1|crm:contact:10|11|true|true',
      'tel:t2|in|unknown|unknown|12|false|false',
    ])
  })
})

responseSuite(lines)
customSuite(lines)
segmentSuite(lines, files.marts)

describe('targets', () => {
  test('stand beside the results of the month', async () => {
    expect(
      await lines(`select owner_id, department_id, target_value, actual_value from fct_target_attainment
        where metric = 'won_amount' order by all`),
    ).toEqual(['crm:1|crm:5|100.00|360.00', 'crm:2|crm:6||10.00', 'unknown|crm:5|50.00|0.00'])
  })

  // January has 22 working days; Anna is away on one of them.
  test('are paced on the days on which who has them is there', async () => {
    expect(
      await lines(`select distinct owner_id, working_days from fct_target_attainment
        where month_start = '2026-01-01' and owner_id in ('crm:1', 'crm:2') order by all`),
    ).toEqual(['crm:1|21', 'crm:2|22'])
    expect(
      await lines(`select count(*) filter (won_target is not null), count(*) filter (day = '2026-01-02' and won_target is not null)
        from fct_team_days where owner_id = 'crm:1' and date_trunc('month', day) = '2026-01-01'`),
    ).toEqual(['21|0'])
  })

  test('each stand beside the results of whom and what they are for', async () => {
    const won = (who: string) => `(select coalesce(sum(amount_company), 0) from fct_deals
      where is_won and not is_excluded and date_trunc('month', won_at_local) = targets.month_start and ${who})`
    const named = `product_id in (select product_id from dim_product where product_name = 'GTXPro')`
    expect(
      await lines(`select target_id, actual_value, case target_id when 't1' then ${won('owner_id = targets.owner_id')}
          when 't3' then ${won('department_id = targets.department_id')} when 't4' then ${won(named)}
          when 't5' then ${won('true')} when 't6' then ${won(`owner_id = targets.owner_id and ${named}`)} end
        from fct_targets as targets order by target_id`),
    ).toEqual([
      't1|360.00|360.00',
      't2||',
      't3|360.00|360.00',
      't4|100.00|100.00',
      't5|370.00|370.00',
      't6|90.00|90.00',
    ])
  })

  test('keep earlier versions', async () => {
    expect(
      await lines(`select target_id, version, is_current, value from fct_targets order by target_id`),
    ).toEqual([
      't1|1|true|100.00',
      't2|0|false|80.00',
      't3|1|true|150.00',
      't4|1|true|30.00',
      't5|1|true|900.00',
      't6|1|true|20.00',
    ])
    expect(
      await lines(`select first.target_id, first.valid_to_local = second.valid_from_local, year(second.valid_to_local)
        from fct_targets as first inner join fct_targets as second on first.target_id = 't2' and second.target_id = 't1'`),
    ).toEqual(['t2|true|9999'])
  })
})

describe('a published file', () => {
  test('holds the marts, no view and nothing of the raw warehouse', async () => {
    expect(
      await lines(
        `select distinct schema_name, split_part(table_name, '_', 1) from duckdb_tables() order by all`,
      ),
    ).toEqual(['main|dim', 'main|fct', 'main|meta'])
    expect(await rows(`select view_name from duckdb_views() where not internal`)).toEqual([])
  })

  test('says since when owners are known, and what was loaded when', async () => {
    expect(await lines(`select owners_as_of::varchar from meta_build`)).toEqual(['2026-01-10 00:00:00'])
    expect(
      await lines(`select last_load_at::varchar, rows from meta_freshness
        where source_name = 'crm' and stream = 'deals'`),
    ).toEqual(['2026-02-20 00:00:00|12'])
  })

  test('has fiscal periods and working days of the company', async () => {
    expect(
      await lines(`select fiscal_year, fiscal_quarter, fiscal_period, working_day_of_month, working_days_in_month
        from dim_date where date_day = '2026-01-05'`),
    ).toEqual(['2026|4|10|3|22'])
  })
})

describe('the layers', () => {
  test('hold: what a model may read, its name, its key test, its grain and its contract', async () => {
    expect(layerProblems(await readManifest(files.target))).toEqual([])
  })
})

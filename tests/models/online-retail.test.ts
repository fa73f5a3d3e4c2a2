import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { literal, withWarehouse } from '#warehouse'
import type { Row } from '#warehouse'
import { COMPANY_SETTINGS, daysOf } from './company.ts'
import { dbtBuild } from './dbt-build.ts'
import { writeRaw } from './raw-fixture.ts'

const FILE = resolve(import.meta.dirname, '../../../shared/data/online_retail', 'online_retail.csv.gz')
const folder = mkdtempSync(join(tmpdir(), 'embut-retail-'))
const files = {
  raw: join(folder, 'raw.duckdb'),
  marts: join(folder, 'marts.duckdb'),
  work: join(folder, 'work.duckdb'),
  target: join(folder, 'target'),
}
const CLEAN = `from read_csv(${literal(FILE)}, types = {'InvoiceNo': 'VARCHAR', 'UnitPrice': 'DECIMAL(18, 4)'})
  where "CustomerID" is not null and "Quantity" > 0 and "UnitPrice" > 0`
const rows = (file: string, sql: string): Promise<readonly Row[]> =>
  withWarehouse(file, { readOnly: true }, (connection) => connection.query(sql))

/** The lines land as one won deal per invoice of its customer, as a shop's export would bring them. */
async function landInvoices(): Promise<void> {
  await writeRaw(files.raw, {
    sources: { shop: 'files' },
    loads: [
      {
        source: 'workspace',
        at: '2011-12-10 00:00:00',
        rows: { company_settings: [COMPANY_SETTINGS], calendar_days: daysOf('2010-12-01', 400) },
      },
    ],
  })
  await withWarehouse(files.raw, {}, async (connection) => {
    await connection.run(`
      insert into raw_shop.deals(deal_id, status, stage, contact, amount, created_at, closed_at, _load_id, _loaded_at, _deleted)
      select "InvoiceNo", 'won', 'Paid', any_value("CustomerID"), sum("Quantity" * "UnitPrice"), min("InvoiceDate"),
        min("InvoiceDate"), 1, timestamp '2011-12-10', false ${CLEAN} group by "InvoiceNo"`)
    await connection.run(`
      insert into raw_shop.contacts(contact_id, name, _load_id, _loaded_at, _deleted)
      select distinct "CustomerID", 'Customer ' || "CustomerID", 1, timestamp '2011-12-10', false ${CLEAN}`)
  })
}

/** The same lines in SQLite, whose own window functions compute segments and cohorts a second time. */
async function secondTool(): Promise<DatabaseSync> {
  const lines = await rows(
    files.raw,
    `select "InvoiceNo" as invoice, "CustomerID"::varchar as customer, "InvoiceDate"::date::varchar as day,
      ("Quantity" * "UnitPrice" * 1000)::bigint::varchar as thousandths ${CLEAN}`,
  )
  const sqlite = new DatabaseSync(':memory:')
  sqlite.exec('create table lines (invoice text, customer text, day text, thousandths integer); begin')
  const insert = sqlite.prepare('insert into lines values (?, ?, ?, ?)')
  for (const { invoice, customer, day, thousandths } of lines)
    insert.run(String(invoice), String(customer), String(day), Number(thousandths))
  sqlite.exec('commit')
  return sqlite
}

const RFM = `
  with bought as (
    select customer, max(day) as last_day, count(distinct invoice) as orders, sum(thousandths) as money
    from lines where day < '2011-12-01' group by customer
  ), ranked as (
    select customer, orders, money,
      percent_rank() over (order by last_day) as r,
      percent_rank() over (order by orders) as f,
      percent_rank() over (order by money) as m
    from bought
  )
  select customer, orders, money,
    min(5, 1 + cast(5 * r as integer)) || min(5, 1 + cast(5 * f as integer)) || min(5, 1 + cast(5 * m as integer)) as cell
  from ranked order by customer`

const COHORTS = `
  with active as (select distinct customer, substr(day, 1, 7) as month from lines),
  firsts as (select customer, min(month) as cohort from active group by customer)
  select cohort,
    (cast(substr(month, 1, 4) as integer) - cast(substr(cohort, 1, 4) as integer)) * 12
      + cast(substr(month, 6, 2) as integer) - cast(substr(cohort, 6, 2) as integer) as k, count(*) as buyers
  from active join firsts using (customer) where month < '2011-12' group by 1, 2 order by 1, 2`

const PURCHASES = `
  with days as (select customer, day, sum(thousandths) as money from lines group by customer, day)
  select customer, count(*) - 1 as repeats, julianday(max(day)) - julianday(min(day)) as last_age,
    (select julianday(max(day)) from lines) - julianday(min(day)) as age, avg(money) / 1000.0 as spend
  from days group by customer order by customer`

describe.skipIf(!existsSync(FILE))(
  'segments and retention of a public shop (skipped when ../shared/data/online_retail is absent)',
  () => {
    let sqlite: DatabaseSync
    beforeAll(async () => {
      await landInvoices()
      await dbtBuild(files, [
        '--select',
        '+fct_client_months',
        '+int_client_purchases__summarised',
        '--exclude-resource-type',
        'unit_test',
        'test',
      ])
      sqlite = await secondTool()
    }, 300_000)
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    test('rest on the published number of lines, customers and money', async () => {
      const [counted] = sqlite
        .prepare('select count(*) as lines, count(distinct customer) as customers from lines')
        .all()
      expect(counted).toEqual({ lines: 397_884, customers: 4_338 })
      const [built] = await rows(
        files.marts,
        `select count(distinct client_id)::int as customers, (select sum(amount_company) from fct_deals)::varchar as money
         from fct_client_months where is_latest`,
      )
      expect(built?.['customers']).toBe(4_338)
      // 18,532 invoices are rounded to the cent each.
      expect(Math.abs(Number(built?.['money']) - 8_911_407.904)).toBeLessThan(0.5)
    })

    test('score every customer as SQLite does', async () => {
      const expected = sqlite.prepare(RFM).all()
      const scored = await rows(
        files.marts,
        `select replace(client_id, 'shop:contact:', '') as customer, max(client_orders_count)::int as orders,
          concat(max(recency_score), max(frequency_score), max(monetary_score)) as cell
         from fct_client_months where month_start = '2011-11-01' group by client_id order by 1`,
      )
      expect(scored).toHaveLength(expected.length)
      expect(scored).toEqual(expected.map(({ customer, orders, cell }) => ({ customer, orders, cell })))
    })

    test('have the repeat purchases, ages and spend of each customer that SQLite counts', async () => {
      const expected = sqlite.prepare(PURCHASES).all()
      const found = await rows(
        files.work,
        `select replace(client_id, 'shop:contact:', '') as customer, repeats_count as repeats,
          round(recency_weeks * 7)::int as last_age, round(age_weeks * 7)::int as age, mean_spend as spend
         from intermediate.int_client_purchases__summarised order by 1`,
      )
      const whole = ({ customer, repeats, last_age, age }: Readonly<Record<string, unknown>>) => ({
        customer,
        repeats,
        last_age,
        age,
      })
      expect(found).toHaveLength(4_338)
      expect(found.map(whole)).toEqual(expected.map((row) => whole({ ...row })))
      // Each invoice is rounded to the cent.
      const off = found.filter(
        (row, index) => Math.abs(Number(row['spend']) - Number(expected[index]?.['spend'])) > 0.05,
      )
      expect(off).toEqual([])
    })

    test('retain as many of each cohort as SQLite counts', async () => {
      const retained = await rows(
        files.marts,
        `select strftime(first_month, '%Y-%m') as cohort, months_since_first as k,
          count(distinct client_id)::int as buyers
         from fct_client_months where has_bought and is_complete group by all order by all`,
      )
      expect(retained).toEqual(
        sqlite
          .prepare(COHORTS)
          .all()
          .map((row) => ({ ...row })),
      )
    })
  },
)

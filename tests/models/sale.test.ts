import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { syncSources } from '#ingest'
import { withWarehouse, type Row } from '#warehouse'
import { openWorkspace, workspaceOptions, type Workspace } from '#workspace'
import { dbtBuild, IN_SHARES } from './dbt-build.ts'
import {
  bookings,
  configOf,
  leftToPay,
  randomDays,
  readOn,
  receivedByMonth,
  saleOf,
  writeFiles,
} from './sale-company.ts'

const SEED = Number(process.env['EMBUT_SEED'] ?? 20_261_123)
const DAYS = randomDays(SEED)

let folder: string
let workspace: Workspace
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'embut-sale-'))
  workspace = await openWorkspace(workspaceOptions(configOf(folder, 'paid')))
  for (const [day, files] of DAYS.entries()) {
    writeFiles(folder, files)
    await land('paid', day)
  }
}, 300_000)
afterAll(async () => {
  await workspace.close()
  rmSync(folder, { recursive: true, force: true })
})

async function land(counts: 'paid' | 'invoiced', day: number): Promise<void> {
  const { failures } = await syncSources({
    ...{ config: configOf(folder, counts), workspace, progress: () => {}, now: () => readOn(day) },
  })
  expect(failures).toEqual([])
}

describe.each(['paid', 'invoiced'] as const)(`a company that counts %s sales (seed ${SEED})`, (counts) => {
  const place = (name: string) => join(folder, counts, name)
  const rows = (sql: string): Promise<readonly Row[]> =>
    withWarehouse(place('marts.duckdb'), { readOnly: true }, (connection) => connection.query(sql))

  beforeAll(async () => {
    await land(counts, DAYS.length - 1)
    const files = { marts: place('marts.duckdb'), work: place('work.duckdb'), target: place('target') }
    mkdirSync(join(folder, counts))
    await dbtBuild({ raw: join(folder, '.embut/raw.duckdb'), ...files }, [
      ...['--select', '+fct_deals', '+fct_deals_as_of', '+fct_deal_history', '+fct_payments', '+fct_sales'],
      ...['--exclude-resource-type', 'unit_test', 'test'],
      ...IN_SHARES,
    ])
  }, 300_000)

  test('has the sales that a recount of its invoices and payments finds, on their days', async () => {
    const found = await rows(
      `select source_deal_id as id, status, strftime(closed_at, '%Y-%m-%d %H:%M:%S') as at from fct_deals`,
    )
    const expected = recount(DAYS.length - 1, counts)
    expect(new Map(found.map(({ id, status, at }) => [id, { status, at }]))).toEqual(expected)
    const sales = [...expected.values()].filter(({ status }) => status === 'won')
    expect(sales.length).toBeGreaterThan(5)
    expect(sales.length).toBeLessThan(DAYS.at(-1)?.deals.filter(({ status }) => status === 'won').length ?? 0)
  })

  test('has them as of every earlier day as the files had them then', async () => {
    for (const day of DAYS.keys()) {
      const found = await rows(
        `select split_part(deal_id, ':', 2) as id, status, strftime(closed_at, '%Y-%m-%d %H:%M:%S') as at
         from fct_deals_as_of
         where known_from <= timestamp '${readOn(day).toISOString()}' and known_to_local > timestamp '${readOn(day).toISOString()}'`,
      )
      expect(found).toHaveLength(DAYS[day]?.deals.length ?? 0)
      expect(new Map(found.map(({ id, status, at }) => [id, { status, at }])), `day ${day}`).toEqual(
        recount(day, counts),
      )
    }
  })

  test('has a sale of before the first day from its own moment on', async () => {
    const [found] = await rows(
      `select count(*)::int as sales, count(*) filter (known_from = closed_at)::int as on_their_day
       from (select * from fct_deals_as_of where status = 'won' and not is_observed
         qualify row_number() over (partition by deal_id order by known_from) = 1)`,
    )
    expect(Number(found?.['sales'])).toBeGreaterThan(3)
    expect(found?.['on_their_day']).toBe(found?.['sales'])
  })

  test('has what came and was given back in the month of each, and what is left to pay', async () => {
    const found = await rows(
      `select coalesce(strftime(paid_at_local, '%Y-%m'), '') as month, (100 * sum(received_company))::int as cents
       from fct_payments group by all having cents <> 0`,
    )
    const last = DAYS.at(-1) ?? { deals: [], papers: [] }
    expect(new Map(found.map(({ month, cents }) => [month, cents]))).toEqual(receivedByMonth(last))
    const left = await rows(
      `select split_part(deal_id, ':', 2) as id, (100 * sum(unpaid_company))::int as cents
       from fct_payments group by all having cents <> 0`,
    )
    expect(new Map(left.map(({ id, cents }) => [id, cents]))).toEqual(leftToPay(last))
  })

  test('books each sale, change of it and cancellation once, on its own day', async () => {
    const found = await rows(
      `select split_part(deal_id, ':', 2) as id, kind, strftime(occurred_at, '%Y-%m-%d %H:%M:%S') as "at",
         sales_count as sales, (100 * coalesce(amount_company, 0))::int as cents
       from fct_sales order by id, "at", kind, cents`,
    )
    const expected = bookings(DAYS, counts)
    expect(found).toEqual(expected)
    expect(new Set(expected.map(({ kind }) => kind))).toEqual(new Set(['booked', 'changed', 'cancelled']))
  })

  test('has bookings that add up to what stands won', async () => {
    const wrong = await rows(
      `select deal_id from fct_sales full join fct_deals using (deal_id)
       group by deal_id, is_won, fct_deals.amount_company
       having coalesce(sum(sales_count), 0) <> is_won::int
         or coalesce(sum(fct_sales.amount_company), 0) <> if(is_won, coalesce(fct_deals.amount_company, 0), 0)`,
    )
    expect(wrong).toEqual([])
  })

  test('shows in the history of deals each sale from its day on', async () => {
    const wrong = await rows(
      `select history.deal_id from fct_deal_history as history inner join fct_deals as deals using (deal_id)
       where (history.status = 'won') <> coalesce(deals.is_won and history.valid_from >= deals.closed_at, false)`,
    )
    expect(wrong).toEqual([])
  })
})

function recount(day: number, counts: 'paid' | 'invoiced') {
  const { deals = [], papers = [] } = DAYS[day] ?? {}
  return new Map(deals.map((deal) => [deal.id, saleOf(deal, papers, counts)]))
}

import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fiscalRange, FISCAL_PARTS, type FiscalPart } from '#config/fiscal-calendar'
import type { CubeQuery } from '#semantic'
import { parseDefinition, runReport, type ReportDefinition } from '#semantic/report'
import { withWarehouse } from '#warehouse'
import { retailStartSql } from '../../semantic/retail-start.ts'
import { anyRetailCalendar, laidOut, NRF, type LaidDay } from '../report/retail-calendar.ts'
import { administrator, openFixture, type Fixture } from './harness.ts'

const SEED = Number(process.env['EMBUT_SEED'] ?? 20_261_123)
const created = 'deals_report.created_at'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture({ seed: SEED, deals: 1_500, fiscalCalendar: NRF })
})
afterAll(() => fixture.semantic.close())

const by = (granularity: FiscalPart, measure: string): CubeQuery => ({
  measures: [`deals_report.${measure}`],
  timeDimensions: [{ dimension: created, granularity }],
  order: { [created]: 'asc' },
})

/** The deals that count, by a calendar that was laid out day by day. */
async function counted(part: FiscalPart, number: string) {
  const keys: Readonly<Record<FiscalPart, keyof LaidDay>> = {
    fiscal_week: 'week',
    fiscal_period: 'period',
    fiscal_quarter: 'quarter',
    fiscal_year: 'year',
  }
  const days = laidOut([2025, 2028], NRF).map(
    (day) => `('${day.day}'::date, ${day.year}, ${day[keys[part]]})`,
  )
  return withWarehouse(fixture.file, { readOnly: true }, (connection) =>
    connection.query(
      `with laid as (select * from (values ${days.join(', ')}) as days(day, year, part)),
       starts as (select year, part, min(day) as start from laid group by all)
       select strftime(start, '%Y-%m-%dT00:00:00.000') as start, (${number})::varchar as n
       from fct_deals join laid on laid.day = created_at_local::date join starts using (year, part)
       where not is_excluded group by start order by start`,
    ),
  )
}

describe('the parts of a retail calendar', () => {
  const distinct = `count(distinct client_id) filter (client_id <> 'unknown')`
  it.each(
    FISCAL_PARTS.flatMap((part) => [
      [part, 'count', 'count(*)'] as const,
      [part, 'clients_count', distinct] as const,
    ]),
  )('group records as the calendar is laid out: %s, %s', async (part, measure, sql) => {
    const { rows } = await fixture.semantic.load(administrator, by(part, measure))
    const found = rows.map((row) => [row[`${created}.${part}`], row[`deals_report.${measure}`]])
    expect(found).toEqual((await counted(part, sql)).map(({ start, n }) => [start, n]))
    expect(found.length).toBeGreaterThan(part === 'fiscal_year' ? 1 : 4)
  })

  it('add up: the weeks and the periods of each year to the year, which is asked by itself', async () => {
    const report = (part: FiscalPart): ReportDefinition =>
      parseDefinition({
        version: 1,
        reportType: 'deals_report',
        rows: [
          { member: created, granularity: 'fiscal_year' },
          { member: created, granularity: part },
        ],
        values: [{ member: 'deals_report.count' }, { member: 'deals_report.won_amount' }],
      })
    const view = (await fixture.semantic.meta(administrator)).find(({ name }) => name === 'deals_report')
    if (view === undefined) throw new Error('no such report type')
    const context = {
      view,
      given: {},
      now: new Date('2026-03-01'),
      zone: 'UTC',
      fiscalCalendar: NRF,
      limit: 5000,
    }
    for (const part of ['fiscal_week', 'fiscal_period', 'fiscal_quarter'] as const) {
      const { rows } = await runReport(report(part), context, (query) =>
        fixture.semantic.load(administrator, query),
      )
      const years = rows.filter(({ kind }) => kind === 'subtotal')
      expect(years.length).toBeGreaterThan(1)
      for (const year of years) {
        const own = rows.filter(
          ({ kind, header }) => kind === 'leaf' && header[0]?.value === year.header[0]?.value,
        )
        for (const column of [0, 1]) {
          const cents = own.map(({ cells }) => Math.round(Number(cells[column]?.value ?? 0) * 100))
          const sum = cents.reduce((all, one) => all + one, 0)
          expect(sum).toBe(Math.round(Number(year.cells[column]?.value ?? 0) * 100))
        }
      }
    }
  })

  it('are never read from sums by month, which are no parts of them', async () => {
    const routeOf = async (query: CubeQuery) => (await fixture.semantic.sql(administrator, query)).route
    const monthly = {
      measures: ['deals_report.count'],
      timeDimensions: [{ dimension: created, granularity: 'month' }],
    }
    expect(await routeOf(monthly as CubeQuery)).toMatch(/by month/)
    for (const part of FISCAL_PARTS) expect(await routeOf(by(part, 'count'))).toBeNull()
    const quarter: CubeQuery = {
      measures: ['deals_report.count'],
      timeDimensions: [{ dimension: created, dateRange: ['2025-02-02', '2025-05-03'] }],
    }
    expect(await routeOf(quarter)).toBeNull()
  })

  it('are refused for a time that holds months, which keeps its fiscal quarters of months', async () => {
    const month = 'targets_report.month'
    const query = (granularity: FiscalPart): CubeQuery => ({
      measures: ['targets_report.target_value'],
      timeDimensions: [{ dimension: month, granularity }],
    })
    await expect(fixture.semantic.load(administrator, query('fiscal_period'))).rejects.toThrow(
      'groups targets_report.month by fiscal_period, which the published data does not have',
    )
    const { rows } = await fixture.semantic.load(administrator, query('fiscal_quarter'))
    const starts = rows.map((row) => String(row[`${month}.fiscal_quarter`]).slice(5, 10))
    expect(starts.length).toBeGreaterThan(0)
    for (const start of starts) expect(['02-01', '05-01', '08-01', '11-01']).toContain(start)
  })
})

it(`the SQL of where a part begins agrees with the calendar on any day (seed ${SEED})`, async () => {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const check = async (calendar: Parameters<typeof retailStartSql>[2], part: FiscalPart): Promise<void> => {
    const start = retailStartSql('moment', part, calendar)
    const result = await connection.runAndReadAll(
      `select strftime(moment, '%Y-%m-%d') as day, strftime(${start}, '%Y-%m-%dT%H:%M:%S') as start
       from (select timestamp '1985-01-01 23:59:59' + to_days((i * 7)::int + (i % 7)::int) as moment from range(6000) rows(i))`,
    )
    const wrong = result
      .getRowObjects()
      .filter(({ day, start: found }) => found !== `${fiscalRange(String(day), part, calendar)[0]}T00:00:00`)
    expect(wrong).toEqual([])
  }
  await fc.assert(fc.asyncProperty(anyRetailCalendar, fc.constantFrom(...FISCAL_PARTS), check), {
    seed: SEED,
    numRuns: 40,
  })
  instance.closeSync()
}, 60_000)

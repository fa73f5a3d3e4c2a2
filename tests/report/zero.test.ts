import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CALENDAR_YEARS, parseDefinition, runReport } from '#semantic/report'
import type { DuckDbCube } from './duckdb-cube.ts'
import { duckDbCube, viewOf } from './duckdb-cube.ts'

// Ana won two deals, Bo lost one, Cai won one whose amount has no exchange rate, and Di only created one.
const SOURCE = `select * from (values
  ('Ana', 'won', 10), ('Ana', 'won', 5), ('Bo', 'lost', 7), ('Cai', 'won', null), ('Di', 'open', 3)
) as rows(manager, status, amount)`
const view = viewOf('deals_report', {
  manager: 'string',
  status: 'string',
  won_amount: 'measure',
  won_count: 'measure',
  win_rate: 'measure',
})

describe('a sum over part of the records', () => {
  let cube: DuckDbCube
  beforeAll(async () => {
    cube = await duckDbCube({
      source: SOURCE,
      measures: {
        won_amount: "sum(amount) filter (status = 'won')",
        won_count: "count(*) filter (status = 'won')",
        win_rate:
          "count(*) filter (status = 'won')::double / nullif(count(*) filter (status in ('won', 'lost')), 0)",
      },
    })
  })
  afterAll(() => cube.close())

  const run = (columns: { member: string }[]) =>
    runReport(
      parseDefinition({
        version: 1,
        reportType: 'deals_report',
        rows: [{ member: 'deals_report.manager' }],
        columns,
        values: [{ member: 'deals_report.won_amount' }, { member: 'deals_report.win_rate' }],
      }),
      {
        view,
        given: {},
        now: new Date('2026-02-10'),
        zone: 'UTC',
        fiscalCalendar: CALENDAR_YEARS,
        limit: 100,
      },
      cube.load,
    )

  it('is 0 where the part is empty, unknown where its amounts are, and a rate of nothing stays unknown', async () => {
    const table = await run([])
    expect(
      table.rows.map(({ header, cells }) => [header[0]?.value, ...cells.map(({ value }) => value)]),
    ).toEqual([
      ['Ana', '15', '1.0'],
      ['Bo', '0', '0.0'],
      ['Cai', null, '1.0'],
      ['Di', '0', null],
      [null, '15', '0.75'],
    ])
  })

  it('is nothing at all where there are no records', async () => {
    const table = await run([{ member: 'deals_report.status' }])
    const won = table.columns.findIndex(({ path }) => path[0] === 'won')
    expect(table.rows.map(({ cells }) => cells[won]?.value)).toEqual(['15', null, null, null, '15'])
  })
})

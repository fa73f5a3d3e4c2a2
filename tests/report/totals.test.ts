import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CALENDAR_YEARS, parseDefinition, runReport } from '#semantic/report'
import type { DuckDbCube } from './duckdb-cube.ts'
import { duckDbCube, viewOf } from './duckdb-cube.ts'

// The four rows of superset#21455, where the total of sum(fm) / sum(gmv) was the sum of the row ratios, 2.7.
const SOURCE = `select * from (values
  ('1', '1', 'a', 1, 34523.323, 24523.323), ('1', '2', 'b', 2, 325323543.323, 125323543.323),
  ('2', '3', 'a', 3, 5764545.323, 4764545.323), ('2', '4', 'a', 4, 45254525.323, 35254525.323)
) as rows(gr, shem, client, weight, gmv, fm)`

const view = viewOf('sales', {
  gr: 'string',
  shem: 'string',
  client: 'string',
  proc: 'measure',
  clients: 'measure',
  mid: 'measure',
})
const context = {
  view,
  given: {},
  now: new Date('2026-02-10T12:00:00Z'),
  zone: 'UTC',
  fiscalCalendar: CALENDAR_YEARS,
  limit: 1000,
}

describe('totals', () => {
  let cube: DuckDbCube
  beforeAll(async () => {
    cube = await duckDbCube({
      source: SOURCE,
      measures: {
        proc: 'sum(fm)::double / sum(gmv)',
        clients: 'count(distinct client)',
        mid: 'median(weight)',
      },
    })
  })
  afterAll(() => cube.close())

  it('takes the grand total of a ratio from its own grain, not from the sum of the row ratios', async () => {
    const definition = parseDefinition({
      version: 1,
      reportType: 'sales',
      rows: [{ member: 'sales.gr' }, { member: 'sales.shem' }],
      values: [{ member: 'sales.proc' }, { member: 'sales.clients' }, { member: 'sales.mid' }],
    })
    const table = await runReport(definition, context, cube.load)
    const total = table.rows.find((row) => row.kind === 'total')
    expect(Number(total?.cells[0]?.value)).toBeCloseTo(0.43937, 5)
    expect(total?.cells[1]?.value).toBe('2')
    expect(Number(total?.cells[2]?.value)).toBe(2.5)
    const subtotals = table.rows
      .filter((row) => row.kind === 'subtotal')
      .map((row) => Number(row.cells[0]?.value))
    expect(subtotals[0]).toBeCloseTo(125348066.646 / 325358066.646, 9)
    expect(subtotals[1]).toBeCloseTo(40019070.646 / 51019070.646, 9)
  })

  it('gives a pivot its totals on both axes at their own grain', async () => {
    const definition = parseDefinition({
      version: 1,
      reportType: 'sales',
      rows: [{ member: 'sales.gr' }],
      columns: [{ member: 'sales.client' }],
      values: [{ member: 'sales.clients' }],
    })
    const table = await runReport(definition, context, cube.load)
    expect(table.rows.map((row) => row.cells.map((cell) => cell.value))).toEqual([
      ['1', '1', '2'],
      ['1', null, '1'],
      ['1', '1', '2'],
    ])
    expect(table.columns.map((column) => column.kind)).toEqual(['leaf', 'leaf', 'total'])
  })

  it('lists groups without a number, and asks nothing for their total', async () => {
    const rows = [{ member: 'sales.gr' }]
    const table = await runReport(
      parseDefinition({ version: 1, reportType: 'sales', rows }),
      context,
      cube.load,
    )
    expect(table.rows.filter(({ kind }) => kind === 'leaf').map(({ header }) => header[0]?.value)).toEqual([
      '1',
      '2',
    ])
    expect(cube.asked.at(-1)?.dimensions).toEqual(['sales.gr'])
  })
})

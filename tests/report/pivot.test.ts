import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Field, ReportTable, ResultRow } from '#semantic/report'
import { CALENDAR_YEARS, cellDrill, drillOf, fieldKey, parseDefinition, runReport } from '#semantic/report'
import type { DuckDbCube } from './duckdb-cube.ts'
import { duckDbCube, viewOf } from './duckdb-cube.ts'

// 300 deals over 4 regions (one unknown), 5 products, 7 clients and two years of days; some have no amount.
const SOURCE = `select
  case when i % 13 = 0 then null else 'R' || (i % 3) end as region,
  'P' || (i * 7 % 5) as product,
  'C' || (i * 11 % 7) as client,
  timestamp '2024-01-01' + to_days((i * 37 % 700)::int) as closed_at,
  case when i % 17 = 0 then null else (i * 13 % 100) end as amount
  from range(300) rows(i)`
const MEASURES = {
  amount: 'sum(amount)',
  count: 'count(*)',
  clients: 'count(distinct client)',
  ratio: 'sum(amount)::double / count(distinct client)',
}
const view = viewOf('sales', {
  region: 'string',
  product: 'string',
  client: 'string',
  closed_at: 'time',
  amount: 'measure',
  count: 'measure',
  clients: 'measure',
  ratio: 'measure',
})
const context = {
  view,
  given: {},
  now: new Date('2026-02-10'),
  zone: 'UTC',
  fiscalCalendar: CALENDAR_YEARS,
  limit: 5000,
}

const field: fc.Arbitrary<Field> = fc.oneof(
  fc.constantFrom('region', 'product', 'client').map((name) => ({ member: `sales.${name}` })),
  fc.constantFrom('quarter' as const, 'year' as const).map((granularity) => ({
    member: 'sales.closed_at',
    granularity,
  })),
)
const axes = fc
  .uniqueArray(field, { selector: fieldKey, maxLength: 4 })
  .chain((fields) =>
    fc.integer({ min: 0, max: fields.length }).map((cut) => [fields.slice(0, cut), fields.slice(cut)]),
  )
const someReport = fc
  .record({
    axes,
    values: fc.uniqueArray(fc.constantFrom('amount', 'count', 'clients', 'ratio'), {
      minLength: 1,
      maxLength: 2,
    }),
    sort: fc.option(fc.constantFrom('asc' as const, 'desc' as const)),
    limit: fc.option(fc.integer({ min: 1, max: 3 })),
    subtotals: fc.boolean(),
  })
  .map(({ axes: [rows = [], columns = []], values, sort, limit, subtotals }) =>
    parseDefinition({
      version: 1,
      reportType: 'sales',
      rows,
      columns: columns.slice(0, 3),
      values: values.map((name) => ({ member: `sales.${name}` })),
      options: {
        subtotals,
        ...(sort ? { sort: { member: `sales.${values[0] ?? ''}`, direction: sort } } : {}),
        ...(limit === null ? {} : { limit }),
      },
    }),
  )

describe('a pivot', () => {
  let cube: DuckDbCube
  beforeAll(async () => {
    cube = await duckDbCube({ source: SOURCE, measures: MEASURES })
  })
  afterAll(() => cube.close())

  it(
    'shows every leaf once, and every number as the data says for exactly its drill',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(someReport, fc.nat(), async (definition, seed) => {
          const table = await runReport(definition, context, cube.load)
          const leaves = table.rows
            .filter((row) => row.kind === 'leaf')
            .map((row) => JSON.stringify(row.header))
          expect(new Set(leaves).size).toBe(leaves.length)
          for (const row of table.rows) expect(row.cells).toHaveLength(table.columns.length)
          await expectCells(table, cube, seed)
          if (definition.options.limit === undefined) await expectAllLeaves(table, definition.rows, cube)
        }),
        { numRuns: process.env['EMBUT_LONG'] === '1' ? 200 : 60 },
      )
    },
  )

  it('spans its header over exactly its columns', async () => {
    const definition = parseDefinition({
      version: 1,
      reportType: 'sales',
      rows: [{ member: 'sales.region' }],
      columns: [{ member: 'sales.closed_at', granularity: 'year' }, { member: 'sales.product' }],
      values: [{ member: 'sales.amount' }, { member: 'sales.count' }],
    })
    const table = await runReport(definition, context, cube.load)
    const widths = table.columnHeaders.map((row) => row.reduce((sum, cell) => sum + cell.span, 0))
    expect(table.columnHeaders).toHaveLength(3)
    expect(widths[0]).toBe(table.columns.length)
    expect(widths[2]).toBe(table.columns.length)
    const covered = table.columnHeaders.flat().reduce((sum, cell) => sum + cell.span * cell.depth, 0)
    expect(covered).toBe(table.columns.length * 3)
  })

  it('shows the best and the others, which make the total together', async () => {
    const definition = parseDefinition({
      version: 1,
      reportType: 'sales',
      rows: [{ member: 'sales.client' }],
      values: [{ member: 'sales.amount' }],
      options: { limit: 2 },
    })
    const table = await runReport(definition, context, cube.load)
    expect(table.rows.map((row) => row.kind)).toEqual(['leaf', 'leaf', 'others', 'total'])
    const [first, second, others, total] = table.rows.map((row) => Number(row.cells[0]?.value))
    expect(first).toBeGreaterThanOrEqual(second ?? 0)
    expect((first ?? 0) + (second ?? 0) + (others ?? 0)).toBe(total)
  })

  it('asks again when new data is published between two of its queries', async () => {
    let version = 0
    const swapping = await duckDbCube({
      source: SOURCE,
      measures: MEASURES,
      version: () => `v${Math.min(3, (version += 1))}`,
    })
    const definition = parseDefinition({
      version: 1,
      reportType: 'sales',
      rows: [{ member: 'sales.region' }],
      values: [{ member: 'sales.count' }],
    })
    const table = await runReport(definition, context, swapping.load)
    expect(table.passport.version).toBe('v3')
    expect(swapping.asked).toHaveLength(4)
    swapping.close()
  })
})

/** Looks a handful of cells up by their own drill filters: leaf, subtotal, total and others alike. */
async function expectCells(table: ReportTable, cube: DuckDbCube, seed: number): Promise<void> {
  const cells = table.rows.length * table.columns.length
  for (let pick = 0; pick < Math.min(6, cells); pick += 1) {
    const place = (seed + pick * 7919) % cells
    const row = table.rows[Math.floor(place / table.columns.length)]
    const column = table.columns[place % table.columns.length]
    if (!row || !column) continue
    const measure = table.valueFields[column.value]?.member ?? ''
    const filters = cellDrill(row, column).map(({ member, operator, values }) => ({
      member,
      operator,
      values,
    }))
    const [found] = (await cube.load({ measures: [measure], filters })).rows
    const shown = row.cells[table.columns.indexOf(column)]?.value ?? null
    expect(shown === null ? emptyAs(measure) : Number(shown)).toBe(emptyAs(measure, found?.[measure]))
    expect(drillOf(table, table.rows.indexOf(row), table.columns.indexOf(column))).toEqual(
      cellDrill(row, column),
    )
  }
}

/** A pivot leaves a cell without records empty, where a query without groups counts 0. */
function emptyAs(measure: string, value: ResultRow[string] | undefined = null): number {
  return value === null ? 0 : Number(value)
}

async function expectAllLeaves(table: ReportTable, rows: readonly Field[], cube: DuckDbCube): Promise<void> {
  if (rows.length === 0) return
  const plain = rows.filter((field) => !field.granularity).map(({ member }) => member)
  const timeDimensions = rows.flatMap(({ member, granularity }) =>
    granularity ? [{ dimension: member, granularity }] : [],
  )
  const { rows: expected } = await cube.load({ dimensions: plain, timeDimensions, measures: [] })
  const shown = table.rows
    .filter((row) => row.kind === 'leaf')
    .map((row) => row.header.map((cell) => cell.value))
  const wanted = expected.map((row) => rows.map((one) => row[fieldKey(one)] ?? null))
  expect(shown.map((path) => JSON.stringify(path)).sort()).toEqual(
    wanted.map((path) => JSON.stringify(path)).sort(),
  )
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyEdit,
  CALENDAR_YEARS,
  cellFilters,
  decodeDefinition,
  differences,
  encodeDefinition,
  englishWords,
  fieldKey,
  levelsBelow,
  oneLevelDown,
  parseDefinition,
  rangeInWords,
  rangeOf,
  rangesBetween,
  rangeValue,
  runReport,
  sentenceOf,
  spanishWords,
  toQueryFilter,
  type Field,
  type ReportTable,
} from '#semantic/report'
import { duckDbCube, viewOf } from './duckdb-cube.ts'

const SEED = 20261123
/** Numbers below nothing, at borders, with decimals, and rows that have none. */
const ROWS = `select
  case when i % 13 = 0 then null else 'R' || (i % 3) end as region,
  'C' || (i * 11 % 7) as client,
  timestamp '2024-01-01' + to_days((i * 37 % 700)::int) as closed_at,
  case when i % 11 = 0 then null else ((i * 7919 % 240) - 40) / 2.0 end as size,
  case when i % 17 = 0 then null else (i * 13 % 100) end as amount,
  'D' || i as deal_id
  from range(300) rows(i)`
const MEASURES = { amount: 'sum(amount)', clients: 'count(distinct client)', middle: 'median(amount)' }
const MEMBERS = {
  ...{ region: 'string', client: 'string', closed_at: 'time', size: 'number', deal_id: 'string' },
  ...{ amount: 'measure', clients: 'measure', middle: 'measure' },
}
const view = viewOf('sales', MEMBERS)
const context = {
  ...{ view, given: {}, now: new Date('2026-02-10'), zone: 'UTC' },
  ...{ fiscalCalendar: CALENDAR_YEARS, limit: 5000 },
}
const RANGED = { member: 'sales.size', ranges: [0, 10.5, 40] }

const report = (fields: Partial<Record<'rows' | 'columns' | 'values' | 'filters', unknown>>) =>
  parseDefinition({ version: 1, reportType: 'sales', values: [{ member: 'sales.amount' }], ...fields })

const border = fc.integer({ min: -60, max: 260 }).map((half) => half / 2)
const borders = fc
  .uniqueArray(border, { minLength: 1, maxLength: 5 })
  .map((some) => some.toSorted((a, b) => a - b))
const otherField: fc.Arbitrary<Field> = fc.oneof(
  fc.constantFrom('region', 'client').map((name) => ({ member: `sales.${name}` })),
  fc.constant({ member: 'sales.closed_at', granularity: 'quarter' as const }),
)
const someReport = fc.record({
  ranges: borders,
  others: fc.uniqueArray(otherField, { selector: fieldKey, maxLength: 2 }),
  place: fc.nat({ max: 2 }),
  cut: fc.nat({ max: 3 }),
  comparison: fc.constantFrom(undefined, 'previous' as const),
  show: fc.constantFrom(undefined, ['share' as const]),
})

type Given = typeof someReport extends fc.Arbitrary<infer T> ? T : never

/** The same report with a field of the data that names each row's range, in an order of its own. */
async function counted({ ranges, others, place, cut, comparison, show }: Given) {
  const cases = ranges.map((to, index) => `when size < ${to} then '${index} range'`)
  const named = `case when size is null then null ${cases.join(' ')} else '${ranges.length} range' end`
  const cube = await duckDbCube({
    source: `select *, ${named} as size_range from (${ROWS})`,
    measures: MEASURES,
  })
  const tables = await Promise.all(
    [{ member: 'sales.size', ranges }, { member: 'sales.size_range' }].map((field) => {
      const fields = others.toSpliced(place, 0, field)
      const definition = report({
        ...{ rows: fields.slice(0, cut), columns: fields.slice(cut) },
        values: [{ member: 'sales.amount', show }, { member: 'sales.clients' }, { member: 'sales.middle' }],
        filters: [
          { member: 'sales.closed_at', operator: 'inDateRange', values: ['2025-01-01', '2025-12-31'] },
        ],
      })
      const options = { ...definition.options, ...(comparison ? { comparison } : {}) }
      const members = { ...MEMBERS, size_range: 'string' }
      return runReport({ ...definition, options }, { ...context, view: viewOf('sales', members) }, cube.load)
    }),
  )
  cube.close()
  return tables
}

/** Ranges by their place among the borders, whatever they are called. */
function shape(table: ReportTable | undefined, ranges: readonly number[]) {
  const words = rangesBetween(ranges).map((range) => rangeInWords(range, null, englishWords))
  const place = (value: string | null) =>
    value !== null && words.includes(value) ? `${words.indexOf(value)} range` : value
  return {
    rows: table?.rows.map(({ kind, level, header }) => [
      kind,
      level,
      header.map(({ value }) => place(value)),
    ]),
    heads: table?.columnHeaders.map((line) =>
      line.map(({ kind, value, span }) => [kind, span, place(value)]),
    ),
    numbers: table?.rows.map(({ cells }) => cells.map(({ value, kind }) => [kind, value])),
  }
}

describe('a field in ranges', () => {
  it(
    'has the numbers, totals and order of a field that names the range of each row',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(someReport, async (given) => {
          const [own, theirs] = await counted(given)
          expect(shape(own, given.ranges)).toEqual(shape(theirs, given.ranges))
        }),
        { seed: SEED, numRuns: process.env['EMBUT_LONG'] === '1' ? 300 : 60 },
      )
    },
  )

  it('lists the records of a range, and of those without a number', async () => {
    const cube = await duckDbCube({ source: ROWS, measures: MEASURES })
    const table = await runReport(report({ rows: [RANGED, { member: 'sales.region' }] }), context, cube.load)
    for (const [index, row] of table.rows.entries()) {
      const held = cellFilters(table, index, 0)
      if (held === null) continue
      const filters = [...held.filters, ...held.cell].map(toQueryFilter)
      const { rows } = await cube.load({
        dimensions: ['sales.deal_id'],
        measures: ['sales.amount'],
        filters,
      })
      const sum = rows.reduce((total, { 'sales.amount': amount }) => total + Number(amount ?? 0), 0)
      expect(sum, JSON.stringify(row.header)).toBe(Number(row.cells[0]?.value ?? 0))
    }
    cube.close()
  })

  it('without any value is a list of the ranges that there are', async () => {
    const cube = await duckDbCube({ source: `select * from (${ROWS}) where size < 5`, measures: MEASURES })
    const { rows } = await runReport(report({ rows: [RANGED], values: [] }), context, cube.load)
    const leaves = rows.filter(({ kind }) => kind === 'leaf')
    expect(leaves.map(({ header }) => header[0]?.value)).toEqual(['under 0', '0 to under 10.5'])
    cube.close()
  })

  it('keeps its range when a row is looked into one level down', async () => {
    const cube = await duckDbCube({ source: ROWS, measures: MEASURES })
    const definition = report({ rows: [RANGED, { member: 'sales.region' }] })
    const table = await runReport(definition, context, cube.load)
    const levelled = { ...view, hierarchies: [['sales.region', 'sales.client']] }
    const row = table.rows.find(({ kind, drill }) => kind === 'leaf' && drill.length === 3)
    const [level] = row ? levelsBelow(row, definition, { view: levelled, granularities: [] }) : []
    const down = row && level && oneLevelDown(definition, row, level)
    expect(down?.filters.map(({ operator }) => operator)).toEqual(['gte', 'lt', 'equals'])
    const below = down && (await runReport(down, context, cube.load))
    expect(below?.rows.at(-1)?.cells[0]?.value).toBe(row?.cells[0]?.value)
    cube.close()
  })
})

describe('ranges of a definition', () => {
  const plain = report({ rows: [{ member: 'sales.size' }] })
  const place = { shelf: 'rows', index: 0 } as const
  const ranged = applyEdit(plain, { kind: 'setRanges', place, ranges: [0, 10.5, 40] })

  it('are set and taken away, told as a change, and kept by the address', () => {
    expect(ranged.rows).toEqual([RANGED])
    expect(applyEdit(ranged, { kind: 'setRanges', place, ranges: null })).toEqual(plain)
    expect(differences(plain, ranged)).toEqual([{ kind: 'ranges', member: 'sales.size' }])
    expect(decodeDefinition(encodeDefinition(ranged))).toEqual(ranged)
    const moved = applyEdit(ranged, { kind: 'move', from: place, to: { shelf: 'columns', index: 0 } })
    expect(moved.columns).toEqual([RANGED])
    const filtered = applyEdit(ranged, { kind: 'move', from: place, to: { shelf: 'filters', index: 0 } })
    expect(filtered.filters).toEqual([{ member: 'sales.size', operator: 'equals', values: [] }])
  })

  it('are told in words', () => {
    expect(sentenceOf(ranged, view)).toBe('Amount by ranges of size')
    const said = (words: typeof englishWords, format: string | null) =>
      rangesBetween([0.2, 1500]).map((range) => rangeInWords(range, format, words))
    expect(said(englishWords, null)).toEqual(['under 0.2', '0.2 to under 1,500', '1,500 and more'])
    expect(said(spanishWords, 'percent')[0]).toBe('menos de 20\u00a0%')
  })

  it('are read back as they were written', () => {
    fc.assert(
      fc.property(borders, (some) => {
        for (const range of rangesBetween(some)) expect(rangeOf(rangeValue(range))).toEqual(range)
      }),
      { seed: SEED },
    )
  })

  it.each([
    [{ rows: [{ member: 'sales.size', ranges: [5, 5] }] }, 'borders ascend'],
    [{ rows: [{ member: 'sales.size', ranges: [1e20] }] }, 'a border has up to 12 digits'],
    [{ rows: [{ member: 'sales.size', ranges: [] }] }, '>=1'],
    [{ rows: [{ member: 'sales.closed_at', granularity: 'month', ranges: [1] }] }, 'a time has no ranges'],
    [
      { rows: ['a', 'b', 'c'].map((name) => ({ member: `sales.${name}`, ranges: [1] })) },
      'no more than 2 fields are grouped into ranges',
    ],
  ])('%j is refused', (fields, message) => {
    expect(() => report(fields)).toThrow(message)
  })

  it('of a field without numbers is refused by its title', async () => {
    const cube = await duckDbCube({ source: ROWS, measures: MEASURES })
    const wrong = report({ rows: [{ member: 'sales.region', ranges: [1] }] })
    await expect(runReport(wrong, context, cube.load)).rejects.toThrow('Region holds no numbers')
    cube.close()
  })
})

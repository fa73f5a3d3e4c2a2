import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  applyEdit,
  CALENDAR_YEARS,
  decodeDefinition,
  differences,
  emptyDefinition,
  encodeDefinition,
  fieldKey,
  firstOperand,
  membersOf,
  missingFields,
  parseDefinition,
  runReport,
  sentenceOf,
  type Field,
  type Formula,
  type ReportDefinition,
} from '#semantic/report'
import { duckDbCube, viewOf, type DuckDbCube } from './duckdb-cube.ts'

const SEED = 20261123
// Clients belong to several regions and products, so that a total is never the sum of its parts.
const SOURCE = `select
  case when i % 13 = 0 then null else 'R' || (i % 3) end as region,
  'P' || (i * 7 % 5) as product,
  'C' || (i * 11 % 7) as client,
  timestamp '2024-01-01' + to_days((i * 37 % 700)::int) as closed_at,
  case when i % 17 = 0 then null else (i * 13 % 100) end as amount
  from range(300) rows(i)`
const MEASURES = {
  amount: 'sum(amount)',
  clients: 'count(distinct client)',
  ratio: 'sum(amount) * 1.5 / count(distinct client)',
}
const view = viewOf('sales', {
  region: 'string',
  product: 'string',
  client: 'string',
  closed_at: 'time',
  amount: 'measure',
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
const FORMULA: Formula = {
  name: 'formula_1',
  title: 'Per client',
  expression: 'amount * 1.5 / clients',
  format: 'number',
}
const field: fc.Arbitrary<Field> = fc.oneof(
  fc.constantFrom('region', 'product', 'client').map((name) => ({ member: `sales.${name}` })),
  fc.constant({ member: 'sales.closed_at', granularity: 'quarter' as const }),
)
const someReport = fc
  .record({
    fields: fc.uniqueArray(field, { selector: fieldKey, maxLength: 4 }),
    cut: fc.nat({ max: 4 }),
    direction: fc.option(fc.constantFrom('asc' as const, 'desc' as const)),
    limit: fc.option(fc.integer({ min: 1, max: 3 })),
    comparison: fc.constantFrom(undefined, 'previous' as const),
  })
  .map(({ fields, cut, direction, limit, comparison }) => ({
    ...{
      version: 1,
      reportType: 'sales',
      rows: fields.slice(0, cut),
      columns: fields.slice(cut).slice(0, 3),
    },
    filters: [{ member: 'sales.closed_at', operator: 'inDateRange', values: ['2025-01-01', '2025-12-31'] }],
    formulas: [FORMULA],
    direction,
    options: { ...(limit === null ? {} : { limit }), ...(comparison ? { comparison } : {}) },
  }))

function reportWith(
  { direction, ...report }: ReturnType<typeof someReport.generate>['value'],
  member: string,
): ReportDefinition {
  const sort = direction === null ? {} : { sort: { member, direction } }
  return parseDefinition({ ...report, values: [{ member }], options: { ...report.options, ...sort } })
}

describe('a formula in a report', () => {
  let cube: DuckDbCube
  beforeAll(async () => {
    cube = await duckDbCube({ source: SOURCE, measures: MEASURES })
  })
  afterAll(() => cube.close())

  it(
    'is at every leaf, subtotal, total and place of the others what the data says there, in the same order',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(someReport, async (report) => {
          const [own, theirs] = await Promise.all(
            ['sales.formula_1', 'sales.ratio'].map((member) =>
              runReport(reportWith(report, member), context, cube.load),
            ),
          )
          const paths = (table: typeof own) => table?.rows.map(({ kind, header }) => [kind, header])
          const bare = (table: typeof own) => JSON.stringify(paths(table)).replaceAll(/formula_1|ratio/g, '')
          expect(bare(own)).toBe(bare(theirs))
          const numbers = (table: typeof own) =>
            table?.rows.flatMap(({ cells }) => cells.map(({ value }) => value))
          const expected = numbers(theirs) ?? []
          numbers(own)?.forEach((value, place) => {
            const other = expected[place] ?? null
            if (value === null || other === null) expect(value).toBe(other)
            else expect(Number(value)).toBeCloseTo(Number(other), 9)
          })
        }),
        { seed: SEED, numRuns: process.env['EMBUT_LONG'] === '1' ? 300 : 60 },
      )
    },
  )

  it('tells its fields, its title and how it is counted', async () => {
    const definition = parseDefinition({
      ...{ version: 1, reportType: 'sales', rows: [{ member: 'sales.region' }] },
      ...{ values: [{ member: 'sales.formula_1' }], formulas: [FORMULA] },
    })
    expect(membersOf(definition)).toEqual(['sales.region', 'sales.amount', 'sales.clients'])
    expect(firstOperand(definition, 'sales.formula_1')).toBe('sales.amount')
    expect(sentenceOf(definition, view)).toBe('Per client by region')
    const { passport, valueFields } = await runReport(definition, context, cube.load)
    expect(valueFields[0]).toMatchObject({ title: 'Per client', format: 'number' })
    expect(passport.members[0]).toMatchObject({
      title: 'Per client',
      description: '[Amount] * 1.5 / [Clients]',
    })
  })

  it('is refused with the field that a reader may not see', async () => {
    const definition = parseDefinition({
      ...{ version: 1, reportType: 'sales', values: [{ member: 'sales.formula_1' }] },
      formulas: [{ ...FORMULA, expression: 'amount / margin' }],
    })
    expect(missingFields(definition, view)).toEqual(['sales.margin'])
    await expect(runReport(definition, context, cube.load)).rejects.toThrow(/sales\.margin/)
  })

  it('asks the data for nothing but what it is made of', async () => {
    const asked = await duckDbCube({ source: SOURCE, measures: MEASURES })
    const definition = parseDefinition({
      ...{ version: 1, reportType: 'sales', values: [{ member: 'sales.formula_1' }] },
      formulas: [FORMULA, { ...FORMULA, name: 'formula_2', expression: 'ratio' }],
    })
    await runReport(definition, context, asked.load)
    expect(asked.asked.map(({ measures }) => measures)).toEqual([['sales.amount', 'sales.clients']])
    asked.close()
  })
})

describe('formulas of a definition', () => {
  const set = (definition: ReportDefinition, formula: Formula) =>
    applyEdit(definition, { kind: 'setFormula', formula })

  it('go on Values when they are new, change in their place, and go with what names them', () => {
    const first = set(emptyDefinition('sales'), FORMULA)
    expect(first.values).toEqual([{ member: 'sales.formula_1' }])
    const sort = { member: 'sales.formula_1', direction: 'desc' } as const
    const sorted = applyEdit(first, { kind: 'setSort', sort })
    expect(sorted.options.sort).toEqual(sort)
    const changed = set(sorted, { ...FORMULA, title: 'Each' })
    expect([changed.values, changed.formulas]).toEqual([first.values, [{ ...FORMULA, title: 'Each' }]])
    expect(differences(sorted, changed)).toEqual([{ kind: 'formula', title: 'Each' }])
    const gone = applyEdit(changed, { kind: 'dropFormula', name: 'formula_1' })
    expect([gone.values, gone.formulas, gone.options.sort]).toEqual([[], [], undefined])
  })

  it('stand in the address', () => {
    const definition = set(emptyDefinition('sales'), { ...FORMULA, title: 'Por cliente ½' })
    expect(decodeDefinition(encodeDefinition(definition))).toEqual(definition)
  })

  it.each([
    [{ ...FORMULA, expression: 'amount /' }, /unfinished/],
    [{ ...FORMULA, expression: 'formula_2 * 2' }, /no formula in it/],
    [{ ...FORMULA, name: 'amount' }, /formula_1 to formula_99/],
    [{ ...FORMULA, title: ' ' }, /title/],
  ])('are refused where they can’t be read: %j', (formula, problem) => {
    expect(() => parseDefinition({ version: 1, reportType: 'sales', formulas: [formula] })).toThrow(problem)
  })

  it('are refused twice under one name', () => {
    const twins = { version: 1, reportType: 'sales', formulas: [FORMULA, FORMULA] }
    expect(() => parseDefinition(twins)).toThrow(/there twice/)
  })
})

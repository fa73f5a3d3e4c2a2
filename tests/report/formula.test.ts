import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FUNCTIONS } from '#semantic/report'
import {
  evaluateFormula,
  FormulaError,
  formatOfFormula,
  parseFormula,
  writeFormula,
  type Expression,
} from '#semantic/report'

const SEED = 20261123
const FIELDS = ['won_amount', 'won_count', 'count', 'rate'] as const
const read = (text: string): Expression =>
  parseFormula(text, (written) => (FIELDS.some((field) => field === written) ? written : 'unknown'))

const number = fc
  .tuple(fc.nat({ max: 9999 }), fc.integer({ min: 0, max: 2 }))
  .map(([n, digits]): Expression => ({ kind: 'number', text: (n / 10 ** digits).toString() }))
const field = fc.constantFrom(...FIELDS).map((name): Expression => ({ kind: 'field', name }))
const { expression } = fc.letrec<{ expression: Expression; comparison: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'formula' },
    number,
    field,
    fc.record({ kind: fc.constant('negative' as const), of: tie('expression') }),
    fc.record({
      kind: fc.constant('operation' as const),
      by: fc.constantFrom('+', '-', '*', '/'),
      left: tie('expression'),
      right: tie('expression'),
    }),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom('ifempty', 'min', 'max'),
      of: fc.tuple(tie('expression'), tie('expression')),
    }),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constant('abs'),
      of: fc.tuple(tie('expression')),
    }),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constant('if'),
      of: fc.tuple(tie('comparison'), tie('expression'), tie('expression')),
    }),
  ),
  comparison: fc.record({
    kind: fc.constant('comparison' as const),
    by: fc.constantFrom('=', '<>', '<', '<=', '>', '>='),
    left: tie('expression'),
    right: tie('expression'),
  }),
})) as { expression: fc.Arbitrary<Expression> }

describe('reading a formula', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(expression, (one) => {
        expect(read(writeFormula(one, (name) => name))).toEqual(one)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  it('ends with a formula or says where it is none', () => {
    const letters = fc.constantFrom(...'count 1.5+-*/(),[]<>=×÷ifx§'.split(''), 'won_amount', 'if(', 'round(')
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 30 }), (parts) => {
        const text = parts.join('')
        try {
          read(text)
        } catch (error) {
          expect(error).toBeInstanceOf(FormulaError)
          expect((error as FormulaError).at).toBeLessThanOrEqual(text.length)
        }
      }),
      { seed: SEED, numRuns: 5_000 },
    )
  })

  it.each([
    ['', 'empty', 0],
    ['count +', 'unfinished', 7],
    ['count count', 'unexpected', 6],
    ['2 * cuont', 'unknownField', 4],
    ['sum(count)', 'unknownFunction', 0],
    ['round(count, 1, 2)', 'argumentCount', 0],
    ['count > 2', 'comparisonOutsideIf', 0],
    ['if(count, 1, 2)', 'conditionExpected', 3],
    ['(1 > 2) + 3', 'comparisonOutsideIf', 1],
    ['1 § 2', 'unexpected', 2],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, 'tooDeep', 40],
  ])('of %j is refused: %s at %i', (text, problem, at) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ problem, at }))
  })
})

describe('the format of a formula', () => {
  const units = { won_amount: 'currency', won_count: 'integer', count: 'integer', rate: 'percent' } as const
  const format = (text: string) => formatOfFormula(read(text), (name) => units[name as keyof typeof units])
  it.each([
    ['won_amount / won_count', 'currency'],
    ['won_count / count', 'percent'],
    ['won_amount * 0.1', 'currency'],
    ['won_amount * rate', 'currency'],
    ['count + won_count', 'integer'],
    ['1 - rate', 'percent'],
    ['if(count > 10, won_amount, 0)', 'currency'],
    ['count / 3', 'integer'],
  ])('%s is %s', (text, expected) => {
    expect(format(text)).toBe(expected)
  })

  it('refuses money with a count', () => {
    for (const text of ['won_amount + count', 'if(won_amount > count, 1, 2)', 'max(won_amount, rate)'])
      expect(() => format(text)).toThrow(expect.objectContaining({ problem: 'mixedUnits' }))
  })
})

describe('working a formula out', () => {
  let connection: DuckDBConnection
  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect()
  })
  afterAll(() => connection.closeSync())

  /** The formula as DuckDB's SQL over doubles, where a division by zero is null. */
  const sqlOf = (one: Expression): string => {
    switch (one.kind) {
      case 'number':
        return `${one.text}::double`
      case 'field':
        return one.name
      case 'negative':
        return `(-(${sqlOf(one.of)}))`
      case 'operation':
        return one.by === '/'
          ? `((${sqlOf(one.left)}) / nullif(${sqlOf(one.right)}, 0))`
          : `((${sqlOf(one.left)}) ${one.by} (${sqlOf(one.right)}))`
      case 'comparison':
        return `(${sqlOf(one.left)}) ${one.by} (${sqlOf(one.right)})`
      case 'call':
        return callSql(one.name, one.of.map(sqlOf))
    }
  }
  const callSql = (name: keyof typeof FUNCTIONS, of: readonly string[]): string => {
    if (name === 'if') return `(case ${of[0]} when true then ${of[1]} when false then ${of[2]} end)`
    if (name === 'ifempty') return `coalesce(${of.join(', ')})`
    if (name === 'abs' || name === 'round') return `${name}(${of.join(', ')})`
    const missing = of.map((one) => `${one} is null`).join(' or ')
    return `(case when ${missing} then null else ${name === 'min' ? 'least' : 'greatest'}(${of.join(', ')}) end)`
  }

  it('gives what DuckDB gives for the same formula', async () => {
    const value = fc.option(
      fc.integer({ min: -300, max: 300 }).map((n) => n / 4),
      { nil: null },
    )
    const numbers = fc.record({ won_amount: value, won_count: value, count: value, rate: value })
    const cases = fc.sample(fc.tuple(expression, numbers), { seed: SEED, numRuns: 400 })
    let compared = 0
    for (const [one, row] of cases) {
      const own = evaluateFormula(one, (name) => row[name as keyof typeof row]?.toString() ?? null)
      const columns = Object.entries(row).map(([name, held]) => `${held ?? 'null'}::double as ${name}`)
      const answer = await connection.runAndReadAll(
        `select ${sqlOf(one)} from (select ${columns.join(', ')})`,
      )
      const theirs = answer.getRows()[0]?.[0]
      // Doubles lose what differences of near numbers leave: a comparison or division may then go another way.
      if (own === null || theirs === null) expect([one, own]).toEqual([one, theirs])
      else if (Math.abs(Number(theirs)) > 1e-6 && Math.abs(Number(theirs)) < 1e12) {
        expect(Number(own) / Number(theirs)).toBeCloseTo(1, 6)
        compared += 1
      }
    }
    expect(compared).toBeGreaterThan(100)
  })

  it.each([
    ['0.1 + 0.2', '0.3'],
    ['1 / 3', '0.333333333333333'],
    ['-2 / 3', '-0.666666666666667'],
    ['2 / 3 * 3', '2'],
    ['1 / 3000000', '0.000000333333333333333'],
    ['12345678901234567890.55 * 2', '24691357802469135781.1'],
    ['round(2.5) + round(-2.5)', '0'],
    ['round(1.005, 2)', '1.01'],
    ['1 / 0', null],
    ['count / won_count', null],
    ['ifempty(count / won_count, 0)', '0'],
    ['if(count >= 4, 1, 2)', '1'],
    ['10 - 2 - 3', '5'],
    ['10 - (2 - 3)', '11'],
    ['-count * 2', '-8'],
  ])('%s is %s', (text, expected) => {
    const row: Readonly<Record<string, string>> = { count: '4', won_count: '0' }
    expect(evaluateFormula(read(text), (name) => row[name] ?? null)).toBe(expected)
  })

  it('reads numbers with an exponent, and none that are not numbers', () => {
    const of = (text: string) => evaluateFormula(read('count * 2'), () => text)
    expect([of('1.5e3'), of('2E-3'), of('-0.5'), of('NaN'), of('Infinity'), of('')]).toEqual([
      '3000',
      '0.004',
      '-1',
      null,
      null,
      null,
    ])
  })
})

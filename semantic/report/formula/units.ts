import type { Expression } from './expression.ts'
import { FormulaError } from './formula-error.ts'

/** How a formula can be written: each a format of values. */
export const FORMULA_FORMATS = [
  'number',
  'integer',
  'percent',
  'currency',
  'days',
  'hours',
  'seconds',
] as const
export type FormulaFormat = (typeof FORMULA_FORMATS)[number]

/** What a number is of: money, time, a rate, a count; null for a plain number, which goes with all. */
export type Unit = FormulaFormat | null

/**
 * The format that a formula's number has by its fields: money by money is a rate, money by a count is money. Throws a
 * FormulaError where it adds or compares what is not of one kind, such as money and a count.
 */
export function formatOfFormula(expression: Expression, unitOf: (field: string) => Unit): FormulaFormat {
  return unitIn(expression, unitOf) ?? 'number'
}

function unitIn(expression: Expression, unitOf: (field: string) => Unit): Unit {
  switch (expression.kind) {
    case 'number':
      return null
    case 'field':
      return unitOf(expression.name)
    case 'negative':
      return unitIn(expression.of, unitOf)
    case 'comparison':
      return common(expression.by, [expression.left, expression.right], unitOf)
    case 'operation':
      return ofOperation(expression, unitOf)
    case 'call': {
      const { name, of } = expression
      if (name === 'abs' || name === 'round') return of[0] ? unitIn(of[0], unitOf) : null
      if (name === 'if' && of[0]) unitIn(of[0], unitOf)
      return common(name, name === 'if' ? of.slice(1) : of, unitOf)
    }
  }
}

function ofOperation(
  { by, left, right }: Extract<Expression, { kind: 'operation' }>,
  unitOf: (field: string) => Unit,
): Unit {
  if (by === '+' || by === '-') return common(by, [left, right], unitOf)
  const [a, b] = [unitIn(left, unitOf), unitIn(right, unitOf)]
  if (by === '/') return quotient(a, b)
  return isBare(a) ? b : isBare(b) ? a : 'number'
}

/** A rate of money, or of a count, leaves money or a count. */
function isBare(unit: Unit): boolean {
  return unit === null || unit === 'percent' || unit === 'number'
}

function quotient(a: Unit, b: Unit): Unit {
  if (b === null) return a
  if (a === b) return a === 'percent' || a === 'number' ? 'number' : 'percent'
  if (a === null) return 'number'
  return b === 'integer' || b === 'number' || b === 'percent' ? (a === 'integer' ? 'number' : a) : 'number'
}

function common(by: string, of: readonly Expression[], unitOf: (field: string) => Unit): Unit {
  const units = [...new Set(of.map((one) => unitIn(one, unitOf)).filter((unit) => unit !== null))]
  const kinds = new Set(units.map((unit) => (unit === 'integer' ? 'number' : unit)))
  if (kinds.size > 1) throw new FormulaError('mixedUnits', `${units.join(', ')}: ${by}`, 0)
  return units.length > 1 ? 'number' : (units[0] ?? null)
}

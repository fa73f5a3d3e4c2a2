import { compare, fraction, over, plus, times, type Fraction } from '../../plan/fraction.ts'
import type { Expression, FunctionName, NumberComparison, Operation } from './expression.ts'
import { decimalText, exactNumber } from './number.ts'

/** The number of a field where the formula is worked out, as decimal text; null where there is none. */
export type NumberOf = (field: string) => string | null

/**
 * A formula worked out exactly at one place, as decimal text. Null where a number that it needs is missing, or where
 * it divides by zero: neither is zero.
 */
export function evaluateFormula(expression: Expression, numberOf: NumberOf): string | null {
  const result = evaluate(expression, numberOf)
  return result === null ? null : decimalText(result)
}

function evaluate(expression: Expression, numberOf: NumberOf): Fraction | null {
  switch (expression.kind) {
    case 'number':
      return exactNumber(expression.text)
    case 'field': {
      const text = numberOf(expression.name)
      return text === null ? null : exactNumber(text)
    }
    case 'negative':
      return applied([evaluate(expression.of, numberOf)], ([a]) => negated(a))
    case 'call':
      return call(expression.name, expression.of, numberOf)
    case 'operation': {
      const sides = [evaluate(expression.left, numberOf), evaluate(expression.right, numberOf)]
      return applied(sides, ([a, b]) => OPERATE[expression.by](a, b))
    }
    case 'comparison':
      return null
  }
}

const ZERO = fraction(0n)

const OPERATE: Readonly<Record<Operation, (a: Fraction, b: Fraction) => Fraction | null>> = {
  '+': plus,
  '-': (a, b) => plus(a, negated(b)),
  '*': times,
  '/': (a, b) => (b.n === 0n ? null : over(a, b)),
}

/** Null where one of the numbers is missing. */
function applied(
  numbers: readonly (Fraction | null)[],
  work: (known: [Fraction, Fraction, ...Fraction[]]) => Fraction | null,
): Fraction | null {
  const known = numbers.filter((one) => one !== null)
  const [a = ZERO, b = ZERO, ...rest] = known
  return known.length < numbers.length ? null : work([a, b, ...rest])
}

function negated({ n, d }: Fraction): Fraction {
  return { n: -n, d }
}

function call(name: FunctionName, of: readonly Expression[], numberOf: NumberOf): Fraction | null {
  if (name === 'if') return chosen(of, numberOf)
  const numbers = of.map((one) => evaluate(one, numberOf))
  if (name === 'ifempty') return numbers[0] ?? numbers[1] ?? null
  return applied(numbers, ([a, b, ...rest]) => {
    const all = of.length === 1 ? [a] : [a, b, ...rest]
    switch (name) {
      case 'abs':
        return a.n < 0n ? negated(a) : a
      case 'round':
        return roundedTo(a, of.length === 1 ? ZERO : b)
      case 'min':
        return all.reduce((least, one) => (compare(one, least) < 0 ? one : least))
      case 'max':
        return all.reduce((most, one) => (compare(one, most) > 0 ? one : most))
    }
  })
}

/** The argument that the condition names; null where the condition has no answer. */
function chosen([condition, yes, no]: readonly Expression[], numberOf: NumberOf): Fraction | null {
  if (condition?.kind !== 'comparison' || !yes || !no) return null
  const [left, right] = [evaluate(condition.left, numberOf), evaluate(condition.right, numberOf)]
  if (left === null || right === null) return null
  return evaluate(HOLDS[condition.by](compare(left, right)) ? yes : no, numberOf)
}

const HOLDS: Readonly<Record<NumberComparison, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

const MOST_DECIMALS = 10

/** To whole decimals, a half away from zero; null where the count of decimals is none. */
function roundedTo(number: Fraction, decimals: Fraction): Fraction | null {
  if (decimals.d !== 1n || decimals.n < 0n || decimals.n > BigInt(MOST_DECIMALS)) return null
  const scale = 10n ** decimals.n
  const size = (number.n < 0n ? -number.n : number.n) * scale
  const whole = (2n * size + number.d) / (2n * number.d)
  return fraction(number.n < 0n ? -whole : whole, scale)
}

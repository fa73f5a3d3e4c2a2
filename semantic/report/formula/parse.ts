import {
  FUNCTIONS,
  OPERATIONS,
  type Expression,
  type FunctionName,
  type NumberComparison,
  type Operation,
} from './expression.ts'
import { FormulaError } from './formula-error.ts'
import { tokensOf, type Token } from './tokens.ts'

/** The name of the field that somebody wrote, by its name or by its title in brackets. */
export type FindField = (written: string, kind: 'name' | 'title') => string | 'unknown' | 'ambiguous'

/** Operators by how strongly they bind. */
const STRENGTH: Readonly<Record<string, number>> = {
  ...{ '=': 1, '<>': 1, '<': 1, '<=': 1, '>': 1, '>=': 1 },
  ...{ '+': 2, '-': 2, '*': 3, '/': 3 },
}
const DEEPEST = 40

/**
 * Reads a formula: numbers, fields by `name` or `[Title]`, + − × ÷, parentheses and functions; comparisons only as
 * the first argument of `if`. Throws a FormulaError that says where.
 */
export function parseFormula(text: string, find: FindField): Expression {
  const reading = { tokens: tokensOf(text), place: 0, find, depth: 0 }
  if (peek(reading).kind === 'end') throw new FormulaError('empty', '', 0)
  const expression = readNumber(reading)
  expectEnd(reading)
  return expression
}

type Reading = { readonly tokens: readonly Token[]; place: number; readonly find: FindField; depth: number }

function peek({ tokens, place }: Reading): Token {
  return tokens[place] ?? { kind: 'end', text: '', at: 0 }
}

function take(reading: Reading): Token {
  const token = peek(reading)
  reading.place += 1
  return token
}

function unexpected({ kind, text, at }: Token): FormulaError {
  return new FormulaError(kind === 'end' ? 'unfinished' : 'unexpected', text, at)
}

function expectEnd(reading: Reading): void {
  const token = peek(reading)
  if (token.kind !== 'end') throw unexpected(token)
}

function expectSign(reading: Reading, sign: string): void {
  const token = take(reading)
  if (token.kind !== 'sign' || token.text !== sign) throw unexpected(token)
}

/** A number; a comparison is none. */
function readNumber(reading: Reading): Expression {
  const { at } = peek(reading)
  const expression = readFrom(reading, 0)
  if (expression.kind === 'comparison') throw new FormulaError('comparisonOutsideIf', expression.by, at)
  return expression
}

/** Pratt's way: what binds at least as strongly as `strength` belongs to the left side. */
function readFrom(reading: Reading, strength: number): Expression {
  reading.depth += 1
  if (reading.depth > DEEPEST) throw new FormulaError('tooDeep', '', peek(reading).at)
  let left = readPart(reading)
  for (;;) {
    const { kind, text, at } = peek(reading)
    const own = kind === 'sign' ? STRENGTH[text] : undefined
    if (own === undefined || own <= strength) break
    take(reading)
    left = joined({ kind, text, at }, left, readFrom(reading, own))
  }
  reading.depth -= 1
  return left
}

function joined({ text: by, at }: Token, left: Expression, right: Expression): Expression {
  if (left.kind === 'comparison' || right.kind === 'comparison') {
    throw new FormulaError('comparisonOutsideIf', by, at)
  }
  return isOperation(by)
    ? { kind: 'operation', by, left, right }
    : { kind: 'comparison', by: by as NumberComparison, left, right }
}

function isOperation(sign: string): sign is Operation {
  return (OPERATIONS as readonly string[]).includes(sign)
}

function readPart(reading: Reading): Expression {
  const token = take(reading)
  switch (token.kind) {
    case 'number':
      return { kind: 'number', text: token.text }
    case 'title':
      return { kind: 'field', name: fieldOf(reading, token) }
    case 'name':
      return peek(reading).text === '('
        ? readCall(reading, token)
        : { kind: 'field', name: fieldOf(reading, token) }
    default:
      return readSigned(reading, token)
  }
}

function readSigned(reading: Reading, token: Token): Expression {
  if (token.text === '-') return { kind: 'negative', of: readOperand(reading) }
  if (token.text !== '(') throw unexpected(token)
  const inner = readNumber(reading)
  expectSign(reading, ')')
  return inner
}

/** A minus binds more strongly than × and ÷. */
function readOperand(reading: Reading): Expression {
  return readFrom(reading, 3)
}

function fieldOf({ find }: Reading, { kind, text, at }: Token): string {
  const written = kind === 'title' ? text.slice(1, -1).trim() : text
  const name = find(written, kind === 'title' ? 'title' : 'name')
  if (name === 'unknown') throw new FormulaError('unknownField', written, at)
  if (name === 'ambiguous') throw new FormulaError('ambiguousField', written, at)
  return name
}

function readCall(reading: Reading, { text, at }: Token): Expression {
  const name = text.toLowerCase()
  if (!isFunction(name)) throw new FormulaError('unknownFunction', text, at)
  expectSign(reading, '(')
  const of = [name === 'if' ? readCondition(reading) : readNumber(reading)]
  while (peek(reading).text === ',') {
    take(reading)
    of.push(readNumber(reading))
  }
  expectSign(reading, ')')
  const [fewest, most] = FUNCTIONS[name]
  if (of.length < fewest || of.length > most) throw new FormulaError('argumentCount', name, at)
  return { kind: 'call', name, of }
}

function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name)
}

function readCondition(reading: Reading): Expression {
  const { at, text } = peek(reading)
  const condition = readFrom(reading, 0)
  if (condition.kind !== 'comparison') throw new FormulaError('conditionExpected', text, at)
  return condition
}

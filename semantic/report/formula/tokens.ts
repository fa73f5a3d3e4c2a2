import { FormulaError } from './formula-error.ts'

export type TokenKind = 'number' | 'name' | 'title' | 'sign' | 'end'
export type Token = { readonly kind: TokenKind; readonly text: string; readonly at: number }

const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['number', /\d+(?:\.\d+)?/y],
  ['name', /[A-Za-z_]\w*/y],
  ['title', /\[[^\][]+\]/y],
  ['sign', /<>|<=|>=|≠|≤|≥|[-+*/×·÷−(),;=<>]/y],
]

/** Signs as people write them, by the one that is kept. */
const SIGNS: Readonly<Record<string, string>> = {
  ...{ '×': '*', '·': '*', '÷': '/', '−': '-', ';': ',' },
  ...{ '≠': '<>', '≤': '<=', '≥': '>=' },
}

/** The words and signs of a formula, an end after the last. Throws a FormulaError at a character that is none. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = skipSpace(text, 0)
  while (at < text.length) {
    const token = tokenAt(text, at)
    tokens.push(token.kind === 'sign' ? { ...token, text: SIGNS[token.text] ?? token.text } : token)
    at = skipSpace(text, at + token.text.length)
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }]
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) return { kind, text: found[0], at }
  }
  throw new FormulaError('unexpected', String.fromCodePoint(text.codePointAt(at) ?? 0), at)
}

function skipSpace(text: string, from: number): number {
  const space = /\s*/y
  space.lastIndex = from
  return from + (space.exec(text)?.[0].length ?? 0)
}

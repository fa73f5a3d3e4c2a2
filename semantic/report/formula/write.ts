import type { Expression } from './expression.ts'

const STRENGTH = { '+': 2, '-': 2, '*': 3, '/': 3 } as const

/** A formula as text, its fields by `nameOf`; reading it gives the same formula. */
export function writeFormula(expression: Expression, nameOf: (name: string) => string): string {
  switch (expression.kind) {
    case 'number':
      return expression.text
    case 'field':
      return nameOf(expression.name)
    case 'negative':
      return `-${inParentheses(expression.of, nameOf, 4)}`
    case 'call':
      return `${expression.name}(${expression.of.map((one) => writeFormula(one, nameOf)).join(', ')})`
    case 'comparison':
      return `${writeFormula(expression.left, nameOf)} ${expression.by} ${writeFormula(expression.right, nameOf)}`
    case 'operation': {
      const strength = STRENGTH[expression.by]
      const left = inParentheses(expression.left, nameOf, strength)
      // The right side of equal strength was written in parentheses: a - (b - c).
      return `${left} ${expression.by} ${inParentheses(expression.right, nameOf, strength + 1)}`
    }
  }
}

function inParentheses(expression: Expression, nameOf: (name: string) => string, least: number): string {
  const text = writeFormula(expression, nameOf)
  const own = expression.kind === 'operation' ? STRENGTH[expression.by] : 9
  return own < least ? `(${text})` : text
}

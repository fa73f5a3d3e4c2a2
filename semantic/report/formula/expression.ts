/** What a formula may do with two numbers. */
export const OPERATIONS = ['+', '-', '*', '/'] as const
export type Operation = (typeof OPERATIONS)[number]

export const COMPARISONS_OF_NUMBERS = ['=', '<>', '<', '<=', '>', '>='] as const
export type NumberComparison = (typeof COMPARISONS_OF_NUMBERS)[number]

/** Functions by name, with the fewest and the most arguments they take. */
export const FUNCTIONS = {
  if: [3, 3],
  ifempty: [2, 2],
  abs: [1, 1],
  round: [1, 2],
  min: [2, 8],
  max: [2, 8],
} as const
export type FunctionName = keyof typeof FUNCTIONS

/** A formula as a tree. A field is a value of the report type, by its name without the report type. */
export type Expression =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'negative'; readonly of: Expression }
  | {
      readonly kind: 'operation'
      readonly by: Operation
      readonly left: Expression
      readonly right: Expression
    }
  | {
      readonly kind: 'comparison'
      readonly by: NumberComparison
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly of: readonly Expression[] }

/** Names of the fields that a formula is made of, each once, in their order. */
export function fieldsIn(expression: Expression): readonly string[] {
  return [...new Set(namesIn(expression))]
}

function namesIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'number':
      return []
    case 'field':
      return [expression.name]
    case 'negative':
      return namesIn(expression.of)
    case 'call':
      return expression.of.flatMap(namesIn)
    case 'operation':
    case 'comparison':
      return [...namesIn(expression.left), ...namesIn(expression.right)]
  }
}

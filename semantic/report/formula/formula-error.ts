/** What can be wrong with a formula. */
export type FormulaProblem =
  | 'empty'
  | 'unexpected'
  | 'unfinished'
  | 'unknownField'
  | 'ambiguousField'
  | 'unknownFunction'
  | 'argumentCount'
  | 'comparisonOutsideIf'
  | 'conditionExpected'
  | 'mixedUnits'
  | 'tooDeep'

/** A formula that can't be read: what is wrong, with what, and from which character of the text. */
export class FormulaError extends Error {
  readonly problem: FormulaProblem
  readonly what: string
  readonly at: number

  constructor(problem: FormulaProblem, what: string, at: number) {
    super(`The formula can't be read at character ${at + 1} (${what || 'its end'}): ${problem}`)
    this.name = 'FormulaError'
    this.problem = problem
    this.what = what
    this.at = at
  }
}

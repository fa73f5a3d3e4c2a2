import {
  FormulaError,
  fieldFinder,
  formatOfFormula,
  isOperand,
  parseFormula,
  titledFormula,
  unitFinder,
  writeFormula,
  type FormulaFormat,
  type FormulaProblem,
  type ReportMember,
  type ReportView,
} from '#semantic/report'

/** A formula as somebody wrote it: how it is saved and shown, or what is wrong and where. */
export type ReadText =
  | { readonly expression: string; readonly format: FormulaFormat }
  | { readonly problem: FormulaProblem; readonly what: string; readonly at: number }

/** Reads what somebody wrote over the numbers of a report type. */
export function readText(text: string, view: ReportView): ReadText {
  try {
    const expression = parseFormula(text, fieldFinder(view))
    const format = formatOfFormula(expression, unitFinder(view))
    return { expression: writeFormula(expression, (name) => name), format }
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error
    const { problem, what, at } = error
    return { problem, what, at }
  }
}

/** How a field is written in a formula. */
export function fieldText({ name }: ReportMember, view: ReportView): string {
  return titledFormula({ kind: 'field', name: name.slice(name.indexOf('.') + 1) }, view)
}

/** What is being written before the caret: words since the last sign or bracket, as titles have several. */
export function wordBefore(text: string, caret: number): { readonly from: number; readonly word: string } {
  const found = /\[[^\][]*$|\p{L}[^-+*/×·÷−()<>=≠≤≥,;\][]*$/u.exec(text.slice(0, caret))
  return found ? { from: found.index, word: found[0].replace(/^\[/, '') } : { from: caret, word: '' }
}

/** Numbers of a report type whose title or name has these letters; those whose title begins with them first. */
export function fieldsLike(word: string, view: ReportView): readonly ReportMember[] {
  const letters = word.trim().toLowerCase()
  const begins = ({ title }: ReportMember) => Number(!title.toLowerCase().startsWith(letters))
  return view.members
    .filter((member) => isOperand(member))
    .filter(
      ({ title, name }) => title.toLowerCase().includes(letters) || name.split('.')[1]?.includes(letters),
    )
    .toSorted((a, b) => begins(a) - begins(b))
}

import type { ReportDefinition } from '../definition.ts'
import { fieldsIn } from './expression.ts'
import { formulaMember, readFormula } from './read.ts'

/** The first value that a formula of the report is made of, whose records stand behind its number; null for no formula. */
export function firstOperand({ formulas, reportType }: ReportDefinition, member: string): string | null {
  const formula = formulas.find(({ name }) => formulaMember(reportType, name) === member)
  if (formula === undefined) return null
  const [first] = fieldsIn(readFormula(formula))
  return first === undefined ? null : `${reportType}.${first}`
}

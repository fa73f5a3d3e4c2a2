import type { Formula, ReportDefinition } from '../definition.ts'
import type { ReportMember, ReportView } from '../types.ts'
import type { Expression } from './expression.ts'
import { parseFormula, type FindField } from './parse.ts'
import { FORMULA_FORMATS, type FormulaFormat, type Unit } from './units.ts'
import { writeFormula } from './write.ts'

/** Names of formulas, which no measure of a model has. */
export const FORMULA_NAME = /^formula_[1-9]\d?$/

/** The member that a formula is in its report. */
export function formulaMember(reportType: string, name: string): string {
  return `${reportType}.${name}`
}

/** A saved formula, whose fields are names. Throws a FormulaError where it is none. */
export function readFormula({ expression }: Pick<Formula, 'expression'>): Expression {
  return parseFormula(expression, (written, kind) => (kind === 'name' ? written : 'unknown'))
}

/** Finds fields as people write them: measures of this report type by name or by title, in any case. */
export function fieldFinder(view: ReportView): FindField {
  const measures = view.members.filter((member) => isOperand(member))
  return (written, kind) => {
    const same = (text: string) => text.toLowerCase() === written.toLowerCase()
    const found = measures.filter(({ name, title }) => same(kind === 'name' ? bareName(name) : title))
    const [first] = found
    if (found.length > 1) return 'ambiguous'
    return first ? bareName(first.name) : 'unknown'
  }
}

/** A formula with the titles of its fields in brackets, as it is shown and written. */
export function titledFormula(expression: Expression, view: ReportView): string {
  const titles = new Map(view.members.map(({ name, title }) => [bareName(name), title]))
  const count = (title: string) => [...titles.values()].filter((one) => one === title).length
  return writeFormula(expression, (name) => {
    const title = titles.get(name)
    return title === undefined || count(title) > 1 || /[[\]]/.test(title) ? name : `[${title}]`
  })
}

/** What a field's numbers are of, by its format. */
export function unitFinder(view: ReportView): (field: string) => Unit {
  return (field) => {
    const format = view.members.find(({ name }) => bareName(name) === field)?.format
    return FORMULA_FORMATS.find((one): one is FormulaFormat => one === format) ?? null
  }
}

/** Whether a formula can be made of this member: a number of the report type that is no formula itself. */
export function isOperand({ kind, name, type }: ReportMember): boolean {
  return kind === 'measure' && type !== 'string' && type !== 'time' && !FORMULA_NAME.test(bareName(name))
}

/** The formulas of a report that stand on its shelves or sort it. */
export function usedFormulas({
  formulas,
  values,
  options,
  reportType,
}: ReportDefinition): readonly Formula[] {
  const used = new Set([...values.map(({ member }) => member), options.sort?.member])
  return formulas.filter(({ name }) => used.has(formulaMember(reportType, name)))
}

function bareName(member: string): string {
  return member.slice(member.indexOf('.') + 1)
}

import type { Formula, ReportDefinition } from '../definition.ts'
import type { ReportMember, ReportView } from '../types.ts'
import { fieldsIn } from './expression.ts'
import { formulaMember, readFormula, titledFormula } from './read.ts'

/** A report type with the formulas of a report as measures of it; once more, nothing is added. */
export function withFormulas<View extends ReportView>(
  view: View,
  { formulas, reportType }: Pick<ReportDefinition, 'formulas' | 'reportType'>,
): View {
  if (formulas.length === 0 || view.name !== reportType) return view
  const known = new Set(view.members.map(({ name }) => name))
  const own = formulas
    .map((formula): ReportMember => {
      const description = titledFormula(readFormula(formula), view)
      const name = formulaMember(reportType, formula.name)
      const { title, format } = formula
      return { name, title, shortTitle: title, description, kind: 'measure', type: 'number', format }
    })
    .filter(({ name }) => !known.has(name))
  if (own.length === 0) return view
  const { unknownAsOf } = view
  const unknown = unknownAsOf && { unknownAsOf: [...unknownAsOf, ...unknownOf(formulas, view)] }
  return { ...view, members: [...view.members, ...own], ...unknown }
}

/** Formulas made of a number whose past nobody knows. */
function unknownOf(formulas: readonly Formula[], { name, unknownAsOf }: ReportView): string[] {
  const unknown = new Set(unknownAsOf)
  const made = formulas.filter((formula) =>
    fieldsIn(readFormula(formula)).some((field) => unknown.has(`${name}.${field}`)),
  )
  return made.map((formula) => formulaMember(name, formula.name))
}

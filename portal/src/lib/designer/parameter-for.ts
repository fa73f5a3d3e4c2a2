import type { FilterClause, Parameter, ParameterType, ReportMember } from '#semantic/report'
import { isRelativePeriod } from '#semantic/report'

/** The parameter a filter becomes: its kind from its field, its present value as the usual one. */
export function parameterFor(
  member: ReportMember,
  clause: FilterClause,
  taken: readonly Parameter[],
): Parameter {
  const type = typeOf(member)
  const field = member.name.slice(member.name.indexOf('.') + 1)
  const base = type === 'period' ? 'period' : field
  const names = new Set(taken.map(({ name }) => name))
  const free = [base, ...Array.from({ length: 20 }, (_, index) => `${base}_${index + 2}`)].find(
    (name) => !names.has(name),
  )
  return { name: free ?? base, label: member.title, type, default: usualOf(clause) }
}

function typeOf({ name, kind, type }: ReportMember): ParameterType {
  if (kind === 'time') return 'period'
  if (/\.department(_now)?$/.test(name)) return 'department'
  if (/\.manager(_now)?$/.test(name)) return 'manager'
  if (/\.product$/.test(name)) return 'product'
  if (/\.source$/.test(name)) return 'source'
  if (/\.segment(_before)?$/.test(name)) return 'segment'
  return type === 'number' ? 'number' : 'text'
}

function usualOf({ values }: FilterClause): Parameter['default'] {
  const [first] = values
  if (first === undefined) return { kind: 'relative', value: 'all' }
  const isRelative = isRelativePeriod(first) || first === 'my_department' || first === 'all'
  return isRelative ? { kind: 'relative', value: first } : { kind: 'value', values: [...values] }
}

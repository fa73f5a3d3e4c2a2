import type { Formatter } from '#lib/format/index.ts'
import type { Messages } from '#lib/messages/index.ts'
import type { FilterClause } from '#semantic/report'
import { isRelativePeriod } from '#semantic/report'

type Words = { readonly t: Messages; readonly f: Formatter }

/** What a filter holds, short enough for a chip: "this year", "Retail, Web +2", "> 1000". */
export function filterText({ operator, values }: FilterClause, { t, f }: Words): string {
  const { operators, any, signs } = {
    operators: t.reports.options.operators,
    any: t.reports.options.anyValue,
    signs: SIGNS,
  }
  if (operator === 'set' || operator === 'notSet') return operators[operator]
  const [first] = values
  if (first === undefined || first === 'all') return any
  if (operator === 'inDateRange') return periodText(values, { t, f })
  if (first === 'my_department') return t.reports.options.myDepartment
  const shown = values.slice(0, 2).join(', ')
  const rest = values.length > 2 ? ` +${values.length - 2}` : ''
  return `${signs[operator] ?? ''}${shown}${rest}`
}

const SIGNS: Readonly<Record<string, string>> = {
  notEquals: '≠ ',
  contains: '~ ',
  gt: '> ',
  gte: '≥ ',
  lt: '< ',
  lte: '≤ ',
}

function periodText(values: readonly string[], { t, f }: Words): string {
  const [first = '', second] = values
  if (isRelativePeriod(first)) return t.reports.words.periods[first]
  const [from = '', to = second ?? from] = first.split('..')
  return Number.isNaN(Date.parse(from) + Date.parse(to)) ? first : f.dayRange(from, to)
}

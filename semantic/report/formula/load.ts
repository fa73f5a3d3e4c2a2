import type { Formula, ReportDefinition } from '../definition.ts'
import { nameOrder, numberOrder } from '../order.ts'
import type { GrainResult, ReportQuery, ReportView, ResultRow } from '../types.ts'
import { textOf } from '../values.ts'
import { countsFor, measureOf } from '../zero.ts'
import { evaluateFormula } from './evaluate.ts'
import { fieldsIn, type Expression } from './expression.ts'
import { formulaMember, readFormula, titledFormula } from './read.ts'

type Load = (query: ReportQuery) => Promise<GrainResult>
type Worked = { readonly member: string; readonly formula: Formula; readonly expression: Expression }

/**
 * A loader that knows a report's formulas: it asks for the values that they are made of, at the very grain of the
 * query, and works them out row by row. So a total's formula is of the totals, and what a reader may not see stays
 * refused.
 * @param limit the most rows of a grain, for an order that only the formulas' numbers tell
 */
export function withFormulaNumbers(
  load: Load,
  { formulas, reportType }: ReportDefinition,
  { view, limit }: { readonly view: ReportView; readonly limit: number },
): Load {
  if (formulas.length === 0) return load
  const all = formulas.map((formula): Worked => {
    return { formula, member: formulaMember(reportType, formula.name), expression: readFormula(formula) }
  })
  return async (query) => {
    const asked = all.filter(({ member }) => query.measures?.includes(member))
    if (asked.length === 0) return load(query)
    const result = await load(operandQuery(query, asked, { view, limit }))
    const rows = result.rows.map((row) => workedOut(row, asked, reportType))
    return withPassport({ ...result, rows: ordered(rows, query, asked) }, asked, view)
  }
}

/** The query for what the formulas are made of; ordered only by what the data can order by. */
function operandQuery(
  query: ReportQuery,
  asked: readonly Worked[],
  { view, limit }: { readonly view: ReportView; readonly limit: number },
): ReportQuery {
  const own = new Set(asked.map(({ member }) => member))
  const operands = asked.flatMap(({ expression }) =>
    fieldsIn(expression).map((name) => `${view.name}.${name}`),
  )
  const plain = (query.measures ?? []).filter((measure) => !own.has(measure))
  const measures = [...new Set([...plain, ...operands, ...countsFor(operands, view)])]
  if (!isOrderedBy(query, asked)) return { ...query, measures }
  const { order: _order, ...unordered } = query
  return { ...unordered, measures, limit }
}

function isOrderedBy({ order = [] }: ReportQuery, asked: readonly Worked[]): boolean {
  return order.some(([by]) => asked.some(({ member }) => member === by))
}

function workedOut(row: ResultRow, asked: readonly Worked[], reportType: string): ResultRow {
  const numbers = asked.map(({ member, expression }) => {
    return [member, evaluateFormula(expression, (name) => measureOf(row, `${reportType}.${name}`))] as const
  })
  return { ...row, ...Object.fromEntries(numbers) }
}

function ordered(
  rows: readonly ResultRow[],
  query: ReportQuery,
  asked: readonly Worked[],
): readonly ResultRow[] {
  if (!isOrderedBy(query, asked)) return rows
  const { order = [], limit } = query
  const keys = order.map(([by, direction]) => {
    const isNumber = query.measures?.includes(by) === true
    return { by, compare: isNumber ? numberOrder(direction) : nameOrder() }
  })
  const sorted = rows.toSorted((a, b) =>
    keys.reduce((sign, { by, compare }) => sign || compare(textOf(a[by]), textOf(b[by])), 0),
  )
  return sorted.slice(0, limit)
}

function withPassport(result: GrainResult, asked: readonly Worked[], view: ReportView): GrainResult {
  const own = asked.map(({ member, formula, expression }) => {
    const { title, format } = formula
    return { name: member, title, description: titledFormula(expression, view), format }
  })
  return { ...result, passport: { ...result.passport, members: [...own, ...result.passport.members] } }
}

import type { Field } from './definition.ts'
import { membersOf, shownMembers } from './definition.ts'
import { cellsOf } from './cells.ts'
import { columnHeaders, columnSlots } from './columns.ts'
import type { ColumnSlot } from './columns.ts'
import { fewCases } from './few-cases.ts'
import type { FewCases } from './few-cases.ts'
import type { Cube, GrainResults } from './cube.ts'
import { indexResults, placeOf, resultOf } from './cube.ts'
import { pathFilters } from './drill.ts'
import { shownPath } from './ranges/words.ts'
import type { Compare } from './order.ts'
import { fieldOrder, numberOrder } from './order.ts'
import type { ReportPlan, Time } from './plan.ts'
import { grainKey, topFilters } from './plan.ts'
import { asOfPhrase, filtersInWords, sentenceOf } from './sentence.ts'
import type { Part, ShownValue } from './shown.ts'
import { formatOfPart } from './shown.ts'
import type { HeaderCell, ReportColumn, ReportTable, TableField } from './table.ts'
import type { Line } from './tree.ts'
import { layAxis } from './tree.ts'
import type { ReportPassport } from './types.ts'
import type { Path } from './values.ts'
import { hasNumber, pathKey, pathOf, textOf } from './values.ts'
import { requireMember } from './view.ts'

/**
 * Puts the results of a plan together: each leaf once, subtotals and totals taken from the query of their
 * own grain. Throws a ReportError when a planned query has no result.
 */
export function assembleReport(plan: ReportPlan, results: GrainResults): ReportTable {
  const cube = indexResults(plan, results)
  const { rows, columns } = plan.definition
  const slots = columnSlots(columnAxis(plan, results), plan.shown.length)
  const few = fewCases(plan, cube)
  const lines = rowAxis({ plan, results, cube, few })
  const cells = cellsOf(lines, slots, { plan, cube })
  const sentence = sentenceOf(plan.definition, plan.view, { chosen: plan.chosen, words: plan.words })
  return {
    title: plan.definition.title ?? sentence,
    sentence,
    columnHeaders: columnHeaders(inWords(slots, plan), columns, plan.shown),
    columns: slots.map((slot) => reportColumn(slot, plan)),
    rows: lines.map((line, index) => ({
      ...{ kind: line.kind, level: line.level, header: rowHeader(line, { plan, few }) },
      cells: cells[index] ?? [],
      drill: rowDrill(line, plan),
    })),
    rowFields: rows.map((field) => tableField(plan, field)),
    columnFields: columns.map((field) => tableField(plan, field)),
    valueFields: plan.shown.map((shown) => valueField(plan, shown)),
    ...{ filters: plan.filters, comparison: plan.comparison, today: plan.today, asOf: plan.asOf },
    fiscalCalendar: plan.fiscalCalendar,
    passport: passportOf(plan, results),
    durationMs: Math.max(0, ...[...results.values()].map((result) => result.durationMs)),
  }
}

function columnAxis(plan: ReportPlan, results: GrainResults): Line[] {
  const { columns, options } = plan.definition
  const orders = columns.map((field) => fieldOrder(field, plan, results))
  return layAxis(leafPaths(plan, results, 'columns'), {
    fields: columns.length,
    subtotals: options.subtotals,
    total: options.rowTotals,
    others: false,
    compare: (left, right) => comparePaths(left, right, orders),
  })
}

type RowSource = {
  readonly plan: ReportPlan
  readonly results: GrainResults
  readonly cube: Cube
  readonly few: FewCases
}

function rowAxis({ plan, results, cube, few }: RowSource): Line[] {
  const { rows, options } = plan.definition
  const orders = rows.map((field) => rowOrder(field, plan, results))
  const byValue = valueOrder(plan, cube, few)
  return layAxis(leafPaths(plan, results, 'rows'), {
    fields: rows.length,
    subtotals: options.subtotals,
    total: options.columnTotals,
    others: plan.queries.some((query) => query.purpose === 'others') && hasOthers(cube),
    compare: (left, right) => byValue(left, right) || comparePaths(left, right, orders),
  })
}

/** Paths of the finest grain on one axis, those of the compared period too, those outside the shown top left out. */
function* leafPaths(plan: ReportPlan, results: GrainResults, axis: 'rows' | 'columns'): Generator<Path> {
  const { rows, columns } = plan.definition
  const shown = plan.top && new Set(plan.top)
  const [times, fields] = [timesOf(plan), plan.definition[axis]]
  for (const time of times) {
    const leaf = resultOf(results, grainKey('grain', { rows: rows.length, columns: columns.length }, time))
    for (const row of leaf.rows) {
      if (axis === 'rows' && shown && !shown.has(pathOf(row, rows.slice(0, 1))[0] ?? null)) continue
      const path = placeOf(row, fields, { plan, time })
      if (path) yield path
    }
    if (axis === 'rows' || !plan.top) continue
    const others = results.get(grainKey('others', { rows: 0, columns: columns.length }, time))
    for (const row of others?.rows ?? []) yield placeOf(row, columns, { plan, time }) ?? []
  }
}

function timesOf({ comparison }: ReportPlan): readonly Time[] {
  return comparison === null ? ['now'] : ['now', 'before']
}

function hasOthers(cube: Cube): boolean {
  return [...cube].some(([key, rows]) => key.includes('others:') && [...rows.values()].some(hasNumber))
}

function rowOrder(field: Field, plan: ReportPlan, results: GrainResults): Compare {
  const compare = fieldOrder(field, plan, results)
  const ranked =
    plan.top && plan.definition.rows[0] === field && plan.definition.options.sort?.member !== field.member
  if (!ranked) return compare
  const ranks = new Map(plan.top?.map((value, index) => [value, index]))
  return (left, right) => (ranks.get(left) ?? 0) - (ranks.get(right) ?? 0)
}

/** By the value sorted by; people of whom too little is known stand below, by their names. */
function valueOrder(plan: ReportPlan, cube: Cube, few: FewCases): (left: Path, right: Path) => number {
  const { sort } = plan.definition.options
  if (!sort || !plan.definition.values.some(({ member }) => member === sort.member)) return () => 0
  const compare = numberOrder(sort.direction)
  const numberAt = (path: Path) => {
    const rows = cube.get(grainKey('grain', { rows: path.length, columns: 0 }))
    return textOf(rows?.get(pathKey(path))?.[sort.member])
  }
  return (left, right) => {
    const [isLeftFew, isRightFew] = [few(left) !== null, few(right) !== null]
    if (isLeftFew || isRightFew) return Number(isLeftFew) - Number(isRightFew)
    return compare(numberAt(left), numberAt(right))
  }
}

/** Compares by the last part: the parts before it are equal among neighbours of one parent. */
function comparePaths(left: Path, right: Path, orders: readonly Compare[]): number {
  const last = left.length - 1
  return orders[last]?.(left[last] ?? null, right[last] ?? null) ?? 0
}

function inWords(slots: readonly ColumnSlot[], plan: ReportPlan): ColumnSlot[] {
  return slots.map(({ line, value }) => {
    return { line: { ...line, path: shownPath(line.path, plan.definition.columns, plan) }, value }
  })
}

function reportColumn({ line, value }: ColumnSlot, plan: ReportPlan): ReportColumn {
  const { definition, fiscalCalendar } = plan
  const { kind, level, path } = line
  const drill = pathFilters(path, definition.columns, fiscalCalendar)
  return { kind, level, value, path: shownPath(path, definition.columns, plan), drill }
}

function rowHeader(
  { kind, path }: Line,
  { plan, few }: { readonly plan: ReportPlan; readonly few: FewCases },
): HeaderCell[] {
  const { rows } = plan.definition
  const members = shownPath(path, rows, plan).map((value, index): HeaderCell => {
    const { member = null, granularity } = rows[index] ?? {}
    const cases = few(path.slice(0, index + 1))
    const note = cases === null ? {} : { note: plan.words.fewCases(cases) }
    return { kind: 'member', value, member, granularity, ...note, span: 1, depth: 1 }
  })
  if (kind === 'leaf') return members
  return [...members, { kind, value: null, member: null, span: rows.length - path.length, depth: 1 }]
}

function rowDrill({ kind, path }: Line, plan: ReportPlan) {
  const [first] = plan.definition.rows
  if (kind === 'others' && first && plan.top) return topFilters(first, plan.top, true)
  return pathFilters(path, plan.definition.rows, plan.fiscalCalendar)
}

function tableField({ view }: ReportPlan, { member, granularity, ranges }: Field): TableField {
  const { title, shortTitle, type, format } = requireMember(view, member)
  const isInWords = ranges !== undefined
  const shown = isInWords ? { type: 'string', format: null } : { type, format: format ?? null }
  return { member, title: shortTitle ?? title, ...shown, granularity }
}

function valueField(plan: ReportPlan, { value, part, colour }: ShownValue): TableField {
  const field = tableField(plan, value)
  const format = formatOfPart(part, value.format ?? field.format)
  const partTitle = titleOfPart(plan, part, format)
  return { ...field, title: plan.words.parts[part](field.title), partTitle, format, part, colour }
}

function titleOfPart({ words, comparison }: ReportPlan, part: Part, format: string | null): string {
  if (format === 'points') return words.changeInPoints
  return part === 'value' && comparison === null ? words.valueAlone : words.partTitles[part]
}

function passportOf(plan: ReportPlan, results: GrainResults): ReportPassport {
  const { rows, columns } = plan.definition
  const leaf = resultOf(results, grainKey('grain', { rows: rows.length, columns: columns.length }))
  const { passport } = leaf
  // Counts that were asked only to tell a zero from an unknown sum are no numbers of the report.
  const asked = new Set([...membersOf(plan.definition), ...shownMembers(plan.definition)])
  const members = passport.members.filter(({ name }) => asked.has(name))
  const stood = plan.asOf === null ? '' : asOfPhrase(plan.asOf, plan.words)
  return {
    ...passport,
    members,
    filters: [stood, filtersInWords(plan.filters, plan)].filter((words) => words !== '').join('; '),
    isComplete: [...results.values()].every((result) => result.isComplete),
  }
}

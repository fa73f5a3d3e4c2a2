import { cubeDrill } from '#lib/components/drill/cube-drill.ts'
import type { DrillColumn, DrillSource } from '#lib/components/drill/drill-source.ts'
import type { FilterClause, ReportView } from '#semantic/report'
import {
  countsRecords,
  drillQuery,
  findMember,
  isDistinct,
  recordColumns,
  recordKey,
  requireMember,
} from '#semantic/report'

export type DrillTarget = {
  readonly view: ReportView
  readonly filters: readonly FilterClause[]
  readonly cell: readonly FilterClause[]
  readonly measure: string
  /** The day at whose end the report stands; null for now. */
  readonly asOf: string | null
  /** The number itself; null where it is not the number of the records, such as a change. */
  readonly value: string | null
  readonly title: string
  readonly description: string
}

/** The records behind one number of a report: exactly those its measure counts under the cell's filters. */
export function reportDrill({
  view,
  filters: own,
  cell,
  measure: name,
  asOf,
  value,
  title,
  description,
}: DrillTarget): DrillSource {
  const measure = requireMember(view, name)
  const { filters = [] } = drillQuery({ view, filters: own, cell, measure: name, limit: 1 })
  const keys = recordKey(view, measure)
  const columns = recordColumns(view, measure).filter((column) => !column.endsWith('_id') || keys.length > 1)
  const isCount = countsRecords(measure)
  const measured = isCount ? [] : [name]
  const shown = [...new Set([...columns.slice(0, 1), ...measured, ...columns.slice(1)])]
  const link = findMember(view, `${view.name}.source_url`)?.name
  return cubeDrill({
    title,
    description,
    count: isCount && value !== null ? Number(value) : null,
    choices: choicesOf(view, isDistinct(name) ? [...keys, ...shown] : null, measured),
    columns: shown.length > 0 ? shown : keys,
    filters,
    asOf,
    keys,
    searchIn: searchMember(view, columns, keys),
    ...(link === undefined || isDistinct(name) ? {} : { link }),
  })
}

/** Every field of the report type, or only those that don't split the records of a distinct count. */
function choicesOf(view: ReportView, only: readonly string[] | null, own: readonly string[]): DrillColumn[] {
  return view.members
    .filter(({ name, kind }) => (only ? only.includes(name) : kind !== 'measure' || own.includes(name)))
    .map(({ name, title, type, format, kind }) => ({ name, title, type, format: format ?? null, kind }))
}

/** Words are looked for in the first text that names a record. */
function searchMember(view: ReportView, columns: readonly string[], keys: readonly string[]): string {
  const texts = columns.filter((name) => findMember(view, name)?.type === 'string')
  return (
    texts.find((name) => /\.(title|client|subject|record_label)$/.test(name)) ?? texts[0] ?? keys[0] ?? ''
  )
}

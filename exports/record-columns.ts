import type { CubeQuery, Passport } from '#semantic'
import { isFiscal } from '#semantic/report'
import type { ColumnFormat } from './member-format.ts'
import { memberFormat } from './member-format.ts'

export type CompiledColumn = { readonly member: string; readonly alias: string; readonly type: string }

/** A column of a flat export: where its value stands in the SQL, its title in words, and how it is written. */
export type RecordColumn = ColumnFormat & {
  readonly alias: string
  readonly title: string
  readonly granularity: string | undefined
}

/** The columns of a compiled query with the titles and formats of their members. */
export function recordColumns(
  compiled: readonly CompiledColumn[],
  query: CubeQuery,
  { members, currency }: { readonly members: Passport['members']; readonly currency: string },
): readonly RecordColumn[] {
  return compiled.map(({ member, alias, type }) => {
    const { name, granularity } = splitTime(member, query)
    const described = members.find((candidate) => candidate.name === name)
    const format = memberFormat(type, described?.format, { currency, granularity })
    return { ...format, alias, title: described?.title ?? name, granularity }
  })
}

/** A grouped time is named `<member>.<granularity>` in results, or by its member alone. */
function splitTime(member: string, query: CubeQuery): { name: string; granularity: string | undefined } {
  const [view = '', field = '', suffix] = member.split('.')
  const name = `${view}.${field}`
  const asked = query.timeDimensions?.find((time) => time.dimension === name)
  return { name, granularity: suffix ?? asked?.granularity }
}

/** The SQL of one column as a plain number, text or boolean that a spreadsheet cell takes as it is. */
export function cellSql(column: RecordColumn): string {
  const value = identifier(column.alias)
  if (column.kind === 'number') return `cast(${value} as double)`
  if (column.kind === 'boolean') return `cast(${value} as boolean)`
  if (column.kind === 'text') return `cast(${value} as varchar)`
  return `epoch_ms(cast(${value} as timestamp)) / 86400000.0 + 25569`
}

/** The SQL of one column as CSV text; text that a spreadsheet would run as a formula gets a leading apostrophe. */
export function csvSql(column: RecordColumn): string {
  const value = identifier(column.alias)
  if (column.kind === 'number' || column.kind === 'boolean') return value
  if (column.kind === 'text') return guardedSql(`cast(${value} as varchar)`)
  return csvTime(value, column.granularity)
}

function guardedSql(text: string): string {
  return `case when regexp_matches(${text}, '^[=+\\-@\\t\\r]') then '''' || ${text} else ${text} end`
}

function csvTime(value: string, granularity: string | undefined): string {
  if (granularity === 'year') return `strftime(cast(${value} as timestamp), '%Y')`
  if (granularity === 'month') return `strftime(cast(${value} as timestamp), '%Y-%m')`
  if (granularity === 'quarter') return `year(${value}) || '-Q' || quarter(${value})`
  if (granularity === 'day' || granularity === 'week' || isFiscal(granularity))
    return `cast(${value} as date)`
  return value
}

/** A name quoted for SQL. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

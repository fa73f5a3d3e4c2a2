import type { ReportDefinition, Shelf } from './definition.ts'
import { SHELF_LIMITS } from './definition.ts'
import type { ReportMember, ReportView } from './types.ts'

export type Refusal = 'numbers_only' | 'no_numbers' | 'shelf_full' | 'already_there' | 'not_known_then'

/** A report that is being built and its type, without which nothing is asked of an earlier day. */
export type Building = {
  readonly definition: ReportDefinition
  readonly view?: Pick<ReportView, 'unknownAsOf'> | undefined
}

/** Why a field can't go on a shelf of this report, or null when it can. */
export function refusalOf(report: Building, member: ReportMember, shelf: Shelf): Refusal | null {
  const { definition } = report
  const isNumber = member.kind === 'measure'
  if (shelf === 'values' && !isNumber) return 'numbers_only'
  if (shelf !== 'values' && isNumber) return 'no_numbers'
  if (isNotKnownThen(report, member.name)) return 'not_known_then'
  if (definition[shelf].length >= SHELF_LIMITS[shelf]) return 'shelf_full'
  return isThere(definition, member, shelf) ? 'already_there' : null
}

/** Whether a report stands as of an earlier day of which nobody knows this field. */
export function isNotKnownThen({ definition, view }: Building, member: string): boolean {
  return definition.options.asOf !== undefined && view?.unknownAsOf?.includes(member) === true
}

/** Shelves that take this field now. */
export function shelvesFor(report: Building, member: ReportMember): Shelf[] {
  const shelves: Shelf[] = ['rows', 'columns', 'values', 'filters']
  return shelves.filter((shelf) => refusalOf(report, member, shelf) === null)
}

/** A time may stand on rows and columns twice, by year and by month; a filter may name a field again. */
function isThere(definition: ReportDefinition, { name, kind }: ReportMember, shelf: Shelf): boolean {
  const onAxes = [...definition.rows, ...definition.columns].filter(({ member }) => member === name)
  if (shelf === 'values') return definition.values.some(({ member }) => member === name)
  if (shelf === 'filters') return definition.filters.some(({ member }) => member === name)
  return kind === 'time' ? onAxes.length >= 5 : onAxes.length > 0
}

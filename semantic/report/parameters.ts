import { isDay } from './calendar.ts'
import type { FilterClause, Parameter, ReportDefinition } from './definition.ts'
import { calendarOf } from './fiscal.ts'
import type { Clock, DateRange } from './periods.ts'
import { isRelativePeriod, RELATIVE_PERIODS, resolvePeriod } from './periods.ts'
import { ReportError } from './report-error.ts'

/** What a reader chose, by parameter name; a name left out takes the parameter's default. */
export type GivenParameters = Readonly<Record<string, readonly string[]>>

export type ParameterContext = Clock & {
  /** The departments that "my department" stands for; none stands for all. */
  readonly departmentIds?: readonly string[] | undefined
}

export type ResolvedParameter = { readonly name: string; readonly values: readonly string[] }

export type ResolvedParameters = {
  /** Values as chosen, relative words kept, to show in the form and to keep in the URL. */
  readonly chosen: readonly ResolvedParameter[]
  /** The definition's filters with the chosen values in place and every period as two dates. */
  readonly filters: readonly FilterClause[]
}

const ALL = 'all'
const MY_DEPARTMENT = 'my_department'

/**
 * Puts parameter values into a definition's filters. A filter without a value (all) falls away; a relative
 * period becomes two dates in the company's zone. Throws a ReportError for a period that is neither.
 */
export function resolveParameters(
  definition: ReportDefinition,
  given: GivenParameters,
  context: ParameterContext,
): ResolvedParameters {
  const chosen = definition.parameters.map((parameter) => {
    const values = valuesOf(parameter, given[parameter.name])
    refuseForeign(parameter, values)
    return { name: parameter.name, values }
  })
  const byName = new Map(chosen.map((parameter) => [parameter.name, parameter.values]))
  const filters = definition.filters.flatMap((clause) => {
    const values = clause.parameter === undefined ? undefined : byName.get(clause.parameter)
    return resolveClause(values ? { ...clause, values: [...values] } : clause, context)
  })
  return { chosen, filters }
}

/** The dates of a period given as a relative word, as two dates, or as `2026-01-01..2026-01-31`. */
export function periodRange(values: readonly string[], clock: Clock): DateRange | null {
  const [first = '', second] = values
  if (isRelativePeriod(first)) return resolvePeriod(first, clock)
  const [from = '', to = second ?? from] = first.split('..')
  return isDay(from) && isDay(to) ? [from, to] : null
}

function valuesOf(parameter: Parameter, given: readonly string[] | undefined): readonly string[] {
  const kept = given?.filter((value) => value !== '')
  if (kept && kept.length > 0) return kept
  return parameter.default.kind === 'relative' ? [parameter.default.value] : parameter.default.values
}

function refuseForeign({ label, allowed, default: usual }: Parameter, values: readonly string[]): void {
  if (allowed === undefined) return
  const open = new Set([...allowed, ...(usual.kind === 'relative' ? [usual.value] : usual.values)])
  const foreign = values.find((value) => !open.has(value))
  if (foreign === undefined) return
  throw new ReportError(`"${foreign}" may not be chosen for ${label}: choose one of ${[...open].join(', ')}`)
}

function resolveClause(clause: FilterClause, context: ParameterContext): FilterClause[] {
  const { member, operator, values } = clause
  if (operator === 'set' || operator === 'notSet') return [{ member, operator, values: [] }]
  if (values.length === 0 || values[0] === ALL) return []
  if (operator === 'inDateRange') return resolveRange(clause, context)
  if (values[0] === MY_DEPARTMENT) return myDepartment(member, context.departmentIds ?? [])
  return [{ member, operator, values }]
}

function resolveRange({ member, values }: FilterClause, clock: Clock): FilterClause[] {
  const range = periodRange(values, { ...clock, fiscalCalendar: calendarOf(member, clock.fiscalCalendar) })
  if (range) return [{ member, operator: 'inDateRange', values: [...range] }]
  const words = RELATIVE_PERIODS.join(', ')
  throw new ReportError(
    `The period "${values.join('..')}" is not known: give two dates like 2026-01-01..2026-01-31, or ${words}`,
  )
}

function myDepartment(member: string, ids: readonly string[]): FilterClause[] {
  if (ids.length === 0) return []
  // Two departments can bear one name, so "mine" is compared by id.
  const idMember = member.endsWith('_id') ? member : `${member}_id`
  return [{ member: idMember, operator: 'equals', values: [...ids] }]
}

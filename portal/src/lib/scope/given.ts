import { isMonth, viewMonth, type Calendar } from '#lib/period/month.ts'
import { periodsInMonth } from '#lib/period/of-month.ts'
import {
  localDate,
  periodRange,
  type Clock,
  type GivenParameters,
  type ReportDefinition,
} from '#semantic/report'
import type { Scope } from './page-scope.ts'

type ScopeClock = Clock & { readonly calendar: Calendar }

/**
 * The parameters of a template as the scope of the page before has them: those of a month become that month, any other
 * period the first that is asked for. What has only a few values to choose from keeps its own.
 */
export function givenInScope(
  definition: ReportDefinition,
  { period, department }: Pick<Scope, 'period' | 'department'>,
  clock: ScopeClock,
): GivenParameters {
  return { ...periodsIn(definition, period, clock), ...departmentsIn(definition, department) }
}

/** Each free parameter over names of departments as those that are chosen; none leaves its own. */
export function departmentsIn(
  { parameters, filters }: ReportDefinition,
  departments: readonly string[],
): GivenParameters {
  if (departments.length === 0) return {}
  const named = new Set(
    filters.filter(({ member }) => member.endsWith('.department')).map(({ parameter }) => parameter),
  )
  const free = parameters.filter(({ name, allowed }) => allowed === undefined && named.has(name))
  return Object.fromEntries(free.map(({ name }) => [name, departments]))
}

function periodsIn(definition: ReportDefinition, period: string, clock: ScopeClock): GivenParameters {
  if (isMonth(period)) {
    const month = viewMonth(period, localDate(clock), clock.calendar)
    return periodsInMonth(definition, month, clock.fiscalCalendar)
  }
  const first = definition.parameters.find(({ type, allowed }) => type === 'period' && allowed === undefined)
  return first !== undefined && periodRange([period], clock) !== null ? { [first.name]: [period] } : {}
}

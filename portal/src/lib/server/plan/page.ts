import { addMonths, workingDaysIn } from '#lib/period/month.ts'
import { absentDaysIn } from '#lib/plan/absent-days.ts'
import { whyNoPace, type Paces } from '#lib/plan/pace.ts'
import type { DepartmentPlan, PlannedNumber } from '#lib/plan/agreement.ts'
import { daysAwayOf, isMonth, type PlanChoice, type PlanMetric } from '#lib/plan/state.ts'
import { askAs, type Ask } from '#lib/server/home/ask.ts'
import { isSyncing } from '#lib/server/syncing.ts'
import {
  fromHundredths,
  propose,
  rampOf,
  seasonOf,
  sumOfAmounts,
  toHundredths,
  type Proposal,
  type Proposed,
} from '#semantic/plan'
import { localDate } from '#semantic/report'
import type { Reader, Services } from '#services'
import { agreementsOf, newestPlans, plannedOf, type Documents } from './agreements.ts'
import { loadExpected, loadForecastTotal } from './outlook.ts'
import { loadPaces } from './pace.ts'
import { loadPeople, type Planned } from './people.ts'
import { loadResults, type Results } from './results.ts'
import { loadTargets, type PersonTarget, type Targets } from './targets.ts'

export type PlanRow = Planned & {
  readonly lastYear: string | null
  /** Mean of the months of the base; null for those who have none. */
  readonly average: string | null
  readonly target: PersonTarget
  /** The number in the plan that somebody works on; null where there is none. */
  readonly planned: PlannedNumber | null
  /** The target that a change is limited against; null without one. */
  readonly limitedBy: string | null
  readonly proposal: Proposal | null
  /** Working days away that the proposal counts with, and those of the company's absences. */
  readonly daysAway: number
  readonly absentDays: number
}
export type Plan = {
  /** YYYY-MM */
  readonly month: string
  readonly metric: PlanMetric
  readonly present: string
  readonly isClosed: boolean
  readonly workingDays: number
  readonly departments: readonly { readonly value: string; readonly label: string }[]
  readonly rows: readonly PlanRow[]
  /** How far the plan of each department shown is. */
  readonly agreements: readonly DepartmentPlan[]
  readonly proposed: Pick<Proposed, 'total' | 'fromHistory'>
  readonly forecast: string | null
  /** Null for a month that does not run. */
  readonly paces: Paces | null
  /** Whether the reports still lack a change, and whether a build is on its way. */
  readonly isPending: boolean
  readonly isBuilding: boolean
}
type From = Pick<Services, 'semantic' | 'workspace' | 'config' | 'now'>

/** The month of today, and the one that is planned: the one asked for, else the next. */
export function monthsOf({ config, now }: Pick<From, 'config' | 'now'>, choice: PlanChoice) {
  const present = localDate({ now: now(), zone: config.company.timezone }).slice(0, 7)
  return { present, month: isMonth(choice.month) ? choice.month : addMonths(present, 1) }
}

/** The plan of a month for everybody whom the reader may plan for, with a proposal for each. */
export async function loadPlan(from: From, reader: Reader, choice: PlanChoice): Promise<Plan> {
  const ask = askAs(from.semantic, reader)
  const { present, month } = monthsOf(from, choice)
  const { metric } = choice
  const everybody = await loadPeople(ask)
  const departments = departmentsOf(everybody)
  const people = everybody.filter(
    ({ department }) => choice.department === '' || department === choice.department,
  )
  const keys = new Set(people.map(({ key }) => key))
  const [results, expected, targets, before, closed, isBuilding, forecast, plans] = await Promise.all([
    loadResults(ask, { month, present, metric }),
    loadExpected(ask, month, metric),
    loadTargets(ask, from.workspace, { month, metric, people: keys }),
    loadBefore(ask, from.workspace, { month, choice, people: keys }),
    from.workspace.closings.list(),
    isSyncing(from.workspace),
    forecastFor(ask, reader, { month, choice, departments }),
    from.workspace.plans.list({ month, metric }),
  ])
  const isClosed = closed.some((closing) => closing.month === month)
  const runs = whyNoPace({ month, present, isClosed }) === null
  const given = {
    ...{ results, expected, targets, before, month, choice, documents: newestPlans(plans) },
    daysAway: daysAwayOf(choice.away),
    absentDays: absentDaysIn(month, from.config.company),
    workingDaysOf: (one: string) => workingDaysIn(one, from.config.company.calendar),
  }
  const proposed = proposeFor(people, given)
  const byKey = new Map(proposed.proposals.map((proposal) => [proposal.key, proposal]))
  return {
    ...{ month, metric, present, departments, isBuilding, forecast },
    isClosed,
    paces: runs ? await loadPaces(ask, { month, metric }) : null,
    workingDays: given.workingDaysOf(month),
    rows: people.map((person) => rowOf(person, byKey.get(person.key) ?? null, given)).filter(isShown),
    agreements: agreementsOf(
      departments.filter(({ value }) => choice.department === '' || value === choice.department),
      given.documents,
    ),
    proposed: { total: proposed.total, fromHistory: proposed.fromHistory },
    isPending: targets.isPending,
  }
}

type Given = {
  readonly results: Results
  readonly expected: ReadonlyMap<string, string>
  readonly targets: Targets
  readonly before: Targets['of'] | null
  readonly documents: Documents
  readonly month: string
  readonly choice: PlanChoice
  /** Working days away by person: what somebody typed, and before that the company's absences. */
  readonly daysAway: ReadonlyMap<string, number>
  readonly absentDays: ReadonlyMap<string, number>
  readonly workingDaysOf: (month: string) => number
}

function proposeFor(people: readonly Planned[], given: Given): Proposed {
  const { results, expected, month, choice, workingDaysOf } = given
  const months = results.team.map(({ month: one, value }) => ({
    ...{ month: one, value: toHundredths(value) },
    workingDays: workingDaysOf(one),
  }))
  return propose({
    month,
    workingDaysOf,
    season: seasonOf(months),
    total: choice.total === '' ? null : choice.total,
    people: people
      .filter((person) => isPlannedFor(person, given))
      .map(({ key, isActive }) => ({
        key,
        history: historyOf(key, results),
        expected: expected.get(key) ?? '0',
        ramp: isActive ? rampIn(month, results.began(key)) : 0,
        daysAway: daysAwayIn(given, key),
      })),
  })
}

function absentDaysOf({ absentDays }: Given, person: string): number {
  return absentDays.get(person.toLowerCase()) ?? 0
}

function daysAwayIn(given: Given, person: string): number {
  return given.daysAway.get(person) ?? absentDaysOf(given, person)
}

/** Those who work here and have results or a target; or as somebody chose. */
function isPlannedFor({ key, isActive }: Planned, { results, targets, choice }: Given): boolean {
  if (choice.without.includes(key)) return false
  if (choice.with.includes(key)) return true
  return isActive && (results.began(key) !== null || targets.of(key).value !== null)
}

function historyOf(person: string, results: Results) {
  const began = results.began(person)
  const known = began === null ? [] : results.months.filter((month) => month >= began)
  return known.map((month) => ({ month, value: results.of(person, month) }))
}

/** Capacity in a month of somebody who began in `began`; who has no results yet begins in it. */
function rampIn(month: string, began: string | null): number {
  if (began === '') return 100
  const [year = 0, number = 0] = month.split('-').map(Number)
  const [firstYear = year, firstNumber = number] = (began ?? month).split('-').map(Number)
  return rampOf((year - firstYear) * 12 + number - firstNumber + 1)
}

function rowOf(person: Planned, proposal: Proposal | null, given: Given): PlanRow {
  const { results, targets, before, documents } = given
  const history = historyOf(person.key, results)
  const sum = toHundredths(sumOfAmounts(history.map(({ value }) => value)))
  return {
    ...person,
    lastYear: results.lastYear(person.key),
    average: history.length === 0 ? null : fromHundredths(sum / BigInt(history.length)),
    target: targets.of(person.key),
    planned: plannedOf(person, documents),
    limitedBy: before?.(person.key).value ?? null,
    proposal,
    daysAway: daysAwayIn(given, person.key),
    absentDays: absentDaysOf(given, person.key),
  }
}

/** Who left is shown while a target or a result of last year is. */
function isShown({ isActive, target, lastYear, average, proposal }: PlanRow): boolean {
  return isActive || target.value !== null || lastYear !== null || average !== null || proposal !== null
}

function departmentsOf(people: readonly Planned[]): Plan['departments'] {
  return [...new Map(people.map(({ department, departmentName }) => [department, departmentName]))].map(
    ([value, name]) => ({ value, label: name ?? '–' }),
  )
}

/** The targets that changes are limited against; null where they are not. */
async function loadBefore(
  ask: Ask,
  workspace: From['workspace'],
  {
    month,
    choice: { limitedBy, metric },
    people,
  }: Pick<Given, 'month' | 'choice'> & { readonly people: ReadonlySet<string> },
): Promise<Targets['of'] | null> {
  if (limitedBy === 'nothing') return null
  const earlier = addMonths(month, limitedBy === 'month' ? -1 : -12)
  return (await loadTargets(ask, workspace, { month: earlier, metric, people })).of
}

async function forecastFor(
  ask: Ask,
  reader: Reader,
  { month, choice, departments }: Pick<Given, 'month' | 'choice'> & Pick<Plan, 'departments'>,
): Promise<string | null> {
  const isCompany = choice.department === '' && reader.role === 'administrator'
  const some = choice.department === '' ? departments.map(({ value }) => value) : [choice.department]
  return loadForecastTotal(ask, { month, metric: choice.metric, departments: isCompany ? null : some })
}

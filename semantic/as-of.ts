import { UserError } from '#config'
import type { ViewMeta } from './meta.ts'
import { mapMembers, membersOf, type CubeQuery } from './query.ts'

/** The cube that answers for a report type as of an earlier day, and the fields whose past nobody has kept. */
type Twin = { readonly cube: string; readonly unknown: readonly string[] }

const TWINS: Readonly<Record<string, Twin>> = {
  deals_report: {
    cube: 'deals_as_of',
    unknown: [
      ...['amount_paid', 'balance', 'cost', 'margin', 'margin_rate', 'paid_at', 'completed_at'],
      ...['is_qualified', 'qualified_open_count', 'velocity', 'overdue_open_count'],
      ...['open_age', 'average_open_age_days', 'average_days_in_stage', 'stage_entered_at'],
      ...['expected_won_count', 'win_index', 'win_index_low', 'win_index_high'],
    ],
  },
  pipeline_report: {
    cube: 'deal_stages_as_of',
    unknown: ['entered_at', 'average_stay_days', 'average_observed_days', 'observed_days'],
  },
  targets_report: { cube: 'targets_as_of', unknown: [] },
  plan_report: {
    cube: 'target_versions_as_of',
    unknown: ['versions_count', 'revisions_count', 'is_original', 'actual_value', 'attainment'],
  },
}

/** The members of a report type that are not known as of an earlier day; null where none of them is. */
export function notKnownAsOf(view: string): readonly string[] | null {
  return TWINS[view]?.unknown.map((field) => `${view}.${field}`) ?? null
}

/**
 * The same question to what was known at the end of a day by the company's clock: to a cube with the fields and policies
 * of the view's own. Throws UserError where the report type, or one of its fields, is not known as of an earlier day.
 */
export function askAsOf(query: CubeQuery, view: ViewMeta, asOf: string): CubeQuery {
  const twin = TWINS[view.name]
  if (twin === undefined) {
    throw new UserError(
      `${view.title} can't be shown as it stood on an earlier day. Deals, Pipeline, Targets and Plan can.`,
    )
  }
  refuseUnknown(query, view)
  const { filters = [], ...renamed } = mapMembers(query, (member) =>
    member.replace(`${view.name}.`, `${twin.cube}.`),
  )
  const end = nextDay(asOf)
  return {
    ...renamed,
    filters: [
      ...filters,
      { member: `${twin.cube}.known_from`, operator: 'beforeDate', values: [end] },
      { member: `${twin.cube}.known_to`, operator: 'afterOrOnDate', values: [end] },
    ],
  }
}

function refuseUnknown(query: CubeQuery, view: ViewMeta): void {
  const names = new Set(view.unknownAsOf)
  const titles = membersOf(query).flatMap((name) =>
    names.has(name) ? (view.members.find((member) => member.name === name)?.title ?? name) : [],
  )
  if (titles.length === 0) return
  throw new UserError(
    `${titles.join(', ')} ${titles.length === 1 ? 'is' : 'are'} not known as of an earlier day. ` +
      'Take it out of the report, or show the report as it stands now.',
  )
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}

import type { CubeQuery, Filter } from '#services'
import type { FunnelState } from './funnel-state.ts'

export type FunnelAsk = Pick<FunnelState, 'basis' | 'manager' | 'department' | 'source'> & {
  readonly pipeline: string
  /** The version of the pipeline by which deals are judged; empty for all of them, and always for moves. */
  readonly version: string
  readonly range: readonly [from: string, to: string]
  /** The day at whose end the funnel stands; null for now, and always for moves. */
  readonly asOf: string | null
}

const COHORT = 'pipeline_report'
const MOVES = 'stage_history_report'
const MOST_STAGES = 200

const COHORT_NUMBERS = [
  'deals_reached',
  'deals_visited',
  'deals_strict',
  'deals_skipped',
  'deals_returned',
  'deals_open',
  'deals_lost',
  'deals_advanced',
  'amount_reached',
]
const MOVE_NUMBERS = ['moves_count', 'deals_count', 'returns_count', 'median_stay_hours']

export function viewOf(basis: FunnelState['basis']): string {
  return basis === 'cohort' ? COHORT : MOVES
}

/** What every number of the page stands under. Moves know no source: the filter is left out there. */
export function funnelFilters(ask: Omit<FunnelAsk, 'asOf'>): Filter[] {
  const { basis, pipeline, version, range, ...picked } = ask
  const view = viewOf(basis)
  const time = basis === 'cohort' ? `${view}.created_at` : `${view}.entered_at`
  return [
    { member: time, operator: 'inDateRange', values: [...range] },
    ...oneOf(`${view}.pipeline`, pipeline === '' ? [] : [pipeline]),
    ...oneOf(`${view}.pipeline_version`, version === '' ? [] : [version]),
    ...oneOf(`${view}.manager`, picked.manager),
    ...oneOf(`${view}.department`, picked.department),
    ...(basis === 'cohort' ? oneOf(`${view}.source`, picked.source) : []),
  ]
}

function oneOf(member: string, values: readonly string[]): Filter[] {
  return values.length === 0 ? [] : [{ member, operator: 'equals', values: [...values] }]
}

/** Every number of every stage, in the order of the pipeline. */
export function stagesQuery(ask: FunnelAsk): CubeQuery {
  const view = viewOf(ask.basis)
  const numbers = ask.basis === 'cohort' ? COHORT_NUMBERS : MOVE_NUMBERS
  return {
    measures: numbers.map((number) => `${view}.${number}`),
    dimensions: [`${view}.stage`, `${view}.stage_order`],
    filters: funnelFilters(ask),
    ...dayOf(ask),
    order: [[`${view}.stage_order`, 'asc']],
    limit: MOST_STAGES,
  }
}

function dayOf({ asOf }: FunnelAsk): Pick<CubeQuery, 'asOf'> {
  return asOf === null ? {} : { asOf }
}

export const OUTCOME_MEMBERS = ['is_advanced', 'is_open', 'is_lost'].map((name) => `${COHORT}.${name}`)

/** What became of the deals of each stage, whichever rule counts them; needs the outcomes as fields. */
export function outcomesQuery(ask: FunnelAsk): CubeQuery {
  return {
    measures: ['deals_reached', 'deals_visited', 'deals_strict', 'amount_reached'].map(
      (name) => `${COHORT}.${name}`,
    ),
    dimensions: [`${COHORT}.stage`, `${COHORT}.stage_order`, ...OUTCOME_MEMBERS],
    filters: funnelFilters(ask),
    ...dayOf(ask),
    limit: MOST_STAGES * 8,
  }
}

/** Pipelines by how many deals they have under the same filters. */
export function pipelinesQuery(ask: FunnelAsk): CubeQuery {
  const view = viewOf(ask.basis)
  const count = ask.basis === 'cohort' ? `${view}.deals_reached` : `${view}.moves_count`
  return {
    measures: [count],
    dimensions: [`${view}.pipeline`],
    filters: funnelFilters({ ...ask, pipeline: '', version: '' }),
    ...dayOf(ask),
    order: [[count, 'desc']],
    limit: 100,
  }
}

/** Versions of the pipeline by how many deals are judged by them. */
export function versionsQuery(ask: FunnelAsk): CubeQuery {
  return {
    measures: [`${COHORT}.deals_reached`],
    dimensions: [`${COHORT}.pipeline_version`],
    filters: funnelFilters({ ...ask, version: '' }),
    ...dayOf(ask),
    order: [[`${COHORT}.deals_reached`, 'desc']],
    limit: 100,
  }
}

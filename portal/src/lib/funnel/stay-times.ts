import type { CubeQuery, Passport, QueryResult, Row } from '#services'
import type { FunnelStage } from './funnel.ts'
import { funnelFilters, type FunnelAsk } from './funnel-query.ts'

/** Deals that have been in a stage for so many whole days, and how many of them have left it since. */
export type Stays = { readonly days: number; readonly deals: number; readonly left: number }

/** Days after which a quarter, a half and three quarters of the deals have left; null where that is not reached yet. */
export type Quartiles = {
  readonly lower: number | null
  readonly median: number | null
  readonly upper: number | null
}

/** How long deals stay in a stage; those still in it are counted for as long as they have been there. */
export type StayTime = Quartiles & {
  readonly name: string
  readonly order: string
  readonly deals: number
  readonly left: number
}
export type StayTimes = { readonly stages: readonly StayTime[]; readonly passport: Passport }

const VIEW = 'pipeline_report'
const MOST_ROWS = 100_000
/** Products of many shares end a hair above a half that they stand for. */
const ROUNDING = 1e-9

/** Deals that were in a stage, by stage, whole days there, and whether they have left it. */
export function staysQuery(ask: FunnelAsk): CubeQuery {
  const field = (name: string): string => `${VIEW}.${name}`
  return {
    measures: [field('deals_visited')],
    dimensions: ['stage', 'stage_order', 'observed_days', 'is_advanced', 'is_lost'].map(field),
    filters: [...funnelFilters(ask), { member: field('observed_days'), operator: 'set' }],
    limit: MOST_ROWS,
  }
}

/** The times of every stage but the last, which nothing follows, from the answer to `staysQuery`. */
export function stayTimes(
  stages: readonly FunnelStage[],
  { rows, passport }: Pick<QueryResult, 'rows' | 'passport'>,
): StayTimes {
  const times = stages.slice(0, -1).map(({ name, order }) => {
    const stays = rows
      .filter((row) => row[`${VIEW}.stage`] === name && String(row[`${VIEW}.stage_order`]) === order)
      .map(staysOf)
    const total = (part: 'deals' | 'left'): number => stays.reduce((sum, one) => sum + one[part], 0)
    return { name, order, deals: total('deals'), left: total('left'), ...quartilesOf(stays) }
  })
  return { stages: times, passport: { ...passport, rows: times.length } }
}

function staysOf(row: Row): Stays {
  const deals = Number(row[`${VIEW}.deals_visited`] ?? 0)
  const hasLeft = ['is_advanced', 'is_lost'].some((name) => String(row[`${VIEW}.${name}`]) === 'true')
  return { days: Number(row[`${VIEW}.observed_days`] ?? 0), deals, left: hasLeft ? deals : 0 }
}

/**
 * Quartiles of the time to leaving by Kaplan and Meier: on each day the share still there shrinks by those who left of
 * those who had been there that long; a deal that is still there leaves the count without having left the stage.
 */
export function quartilesOf(stays: readonly Stays[]): Quartiles {
  const days = [...Map.groupBy(stays, (one) => one.days)].sort(([a], [b]) => a - b)
  let atRisk = stays.reduce((sum, { deals }) => sum + deals, 0)
  let share = 1
  const curve = days.map(([day, ended]) => {
    const left = ended.reduce((sum, one) => sum + one.left, 0)
    share *= atRisk === 0 ? 1 : 1 - left / atRisk
    atRisk -= ended.reduce((sum, { deals }) => sum + deals, 0)
    return { day, share }
  })
  const reached = (level: number): number | null =>
    curve.find((point) => point.share <= level + ROUNDING)?.day ?? null
  return { lower: reached(0.75), median: reached(0.5), upper: reached(0.25) }
}

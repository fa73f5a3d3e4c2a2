import type { Filter } from '#services'
import { cubeDrill, type CubeDrill } from '#lib/components/drill/cube-drill.ts'
import type { DrillColumn, DrillSource } from '#lib/components/drill/drill-source.ts'
import { funnelFilters, viewOf, type FunnelAsk } from './funnel-query.ts'

/** Which deals of a stage: those a measure counts, and of them those with an outcome. */
export type FunnelPick = {
  readonly title: string
  readonly description?: string
  readonly stage: { readonly name: string; readonly order: string }
  readonly measure: string
  /** Fields that are true of the deals. */
  readonly holds?: readonly string[]
  /** Measures that count none of the deals. */
  readonly lacks?: readonly string[]
  /** Records to expect; null where the number counts something else. */
  readonly count: number | null
}

type Page = { readonly ask: FunnelAsk; readonly columns: readonly DrillColumn[]; readonly hasLinks: boolean }

const SHOWN = {
  cohort: ['title', 'manager', 'source', 'created_at', 'entered_at', 'amount_reached'],
  moves: ['title', 'manager', 'how', 'entered_at', 'exited_at'],
}
const KEYS = { cohort: ['deal_id'], moves: ['entered_at', 'deal_id'] }

/** The records behind one number of the funnel, ready for the panel. */
export function funnelDrill(page: Page, pick: FunnelPick): DrillSource {
  return cubeDrill(cubeDrillOf(page, pick))
}

/** Which records a number of the funnel is made of, and what to show of them. */
export function cubeDrillOf(page: Page, pick: FunnelPick): CubeDrill {
  const { basis } = page.ask
  const view = viewOf(basis)
  const names = (fields: readonly string[]): string[] => fields.map((field) => `${view}.${field}`)
  const known = new Set(page.columns.map(({ name }) => name))
  return {
    title: pick.title,
    ...(pick.description === undefined ? {} : { description: pick.description }),
    count: pick.count,
    choices: page.columns,
    columns: names(SHOWN[basis]).filter((name) => known.has(name)),
    filters: [...funnelFilters(page.ask), ...pickFilters(view, pick)],
    asOf: page.ask.asOf,
    keys: names(KEYS[basis]),
    searchIn: `${view}.title`,
    ...(page.hasLinks ? { link: `${view}.source_url` } : {}),
  }
}

function pickFilters(view: string, { stage, measure, holds = [], lacks = [] }: FunnelPick): Filter[] {
  return [
    { member: `${view}.stage`, operator: 'equals', values: [stage.name] },
    { member: `${view}.stage_order`, operator: 'equals', values: [stage.order] },
    ...holds.map((name): Filter => ({ member: `${view}.${name}`, operator: 'equals', values: ['true'] })),
    // One row per deal: it is listed when the measure counts it.
    { member: `${view}.${measure}`, operator: 'gt', values: ['0'] },
    ...lacks.map((name): Filter => ({ member: `${view}.${name}`, operator: 'equals', values: ['0'] })),
  ]
}

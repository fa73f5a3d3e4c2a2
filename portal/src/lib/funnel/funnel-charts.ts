import type { ChartSpec } from '#lib/components/chart/chart-spec.ts'
import type { Formatter } from '#lib/format/index.ts'
import type { Messages } from '#lib/messages/index.ts'
import type { FunnelStage, MoveStage } from './funnel.ts'
import { RULES, type Rule } from './funnel-state.ts'
import type { Side } from './sides.ts'

type Words = { readonly t: Messages; readonly f: Formatter }

/** The three rules side by side on the same deals, widest rule first. */
export function rulesChart(stages: readonly FunnelStage[], { t, f }: Words): ChartSpec {
  return {
    kind: 'bar',
    title: t.funnel.comparing,
    points: pointsOf(stages),
    series: RULES.map((rule, colour) => ({
      key: rule,
      name: t.funnel.rules[rule],
      values: stages.map((stage) => stage[rule]),
      colour,
    })),
    format: (value) => f.number(value),
    formatAxis: (value) => f.compact(value),
    isHorizontal: true,
  }
}

/** How far the deals of each compared funnel got, as a share of all of them. */
export function sidesChart(sides: readonly Side[], rule: Rule, { t, f }: Words): ChartSpec {
  const stages = longestOf(sides)
  return {
    kind: 'bar',
    title: t.funnel.against.title,
    points: pointsOf(stages),
    series: sides.map((side, index) => ({
      key: String(index),
      name: sideName(side, { t, f }),
      values: stages.map((stage) => shareAt(side, stage, rule)),
      colour: index,
    })),
    format: (value) => f.percent(value, 0),
    isHorizontal: true,
  }
}

/** The person or source of a side, or its days. */
export function sideName({ name, ask }: Side, { f }: Words): string {
  return name ?? f.dayRange(ask.range[0], ask.range[1])
}

/** The stage of a side at a stage of another one. */
export function stageAt(side: Side, stage: FunnelStage): FunnelStage | undefined {
  return side.stages.find(({ name, order }) => name === stage.name && order === stage.order)
}

/** The share of a side's deals that a stage counts; null where it has none. */
export function shareAt(side: Side, stage: FunnelStage, rule: Rule): number | null {
  const all = side.stages[0]?.[rule] ?? 0
  return all === 0 ? null : (stageAt(side, stage)?.[rule] ?? 0) / all
}

export function longestOf(sides: readonly Side[]): readonly FunnelStage[] {
  return sides.reduce<readonly FunnelStage[]>(
    (longest, { stages }) => (stages.length > longest.length ? stages : longest),
    [],
  )
}

/** How long single stays last, the middle one of each stage. */
export function timeChart(moves: readonly MoveStage[], { t, f }: Words): ChartSpec {
  const values = moves.map(({ stayHours }) => stayHours)
  return {
    kind: 'bar',
    title: t.funnel.medianHours,
    points: pointsOf(moves),
    series: [{ key: 'stay', name: t.funnel.medianHours, values, colour: 0 }],
    format: (value) => f.number(value, 1),
    formatAxis: (value) => f.number(value),
    isHorizontal: true,
  }
}

function pointsOf(stages: readonly { readonly name: string; readonly order: string }[]) {
  return stages.map(({ name, order }) => ({ key: `${order} ${name}`, label: name }))
}

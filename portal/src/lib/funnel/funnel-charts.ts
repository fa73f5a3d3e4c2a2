import type { ChartSpec } from '#lib/components/chart/chart-spec.ts'
import type { Formatter } from '#lib/format/index.ts'
import type { Messages } from '#lib/messages/index.ts'
import type { FunnelStage, MoveStage } from './funnel.ts'
import { RULES } from './funnel-state.ts'

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

/** How long deals stay: average days of a deal, or the middle of single stays. */
export function timeChart(
  page: { stages: readonly FunnelStage[]; moves: readonly MoveStage[] },
  { t, f }: Words,
): ChartSpec {
  const isMoves = page.moves.length > 0
  const values = isMoves
    ? page.moves.map(({ stayHours }) => stayHours)
    : page.stages.map(({ stayDays }) => stayDays)
  return {
    kind: 'bar',
    title: isMoves ? t.funnel.medianHours : t.funnel.averageDays,
    points: pointsOf(isMoves ? page.moves : page.stages),
    series: [{ key: 'stay', name: isMoves ? t.funnel.medianHours : t.funnel.averageDays, values, colour: 0 }],
    format: (value) => f.number(value, 1),
    formatAxis: (value) => f.number(value),
    isHorizontal: true,
  }
}

function pointsOf(stages: readonly { readonly name: string; readonly order: string }[]) {
  return stages.map(({ name, order }) => ({ key: `${order} ${name}`, label: name }))
}

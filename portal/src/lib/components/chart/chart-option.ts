import type { ChartSeries, ChartSpec, ChartTheme } from './chart-spec.ts'
import { paletteOf } from './palette.ts'
import { waterfallSeries } from './waterfall.ts'

/** Said outright: a font that is still loading measures too low, and lines then run into each other. */
const LINE = 16

type Words = { readonly incomplete: string }
type Dressed = { readonly series: ChartSeries; readonly colour: string }

/** The ECharts option of a chart. Bars start at zero; lines are labelled at their end instead of in a legend. */
export function chartOption(spec: ChartSpec, theme: ChartTheme, words: Words) {
  const dressed = dress(spec, theme)
  const categories = categoryAxis(spec, theme, words)
  const values = valueAxis(spec, theme)
  const hasLegend = spec.series.length > 1 && spec.kind !== 'line'
  return {
    animationDuration: 200,
    textStyle: { fontFamily: theme.font, color: theme.ink, fontSize: 12 },
    aria: { enabled: true, label: { enabled: false } },
    grid: gridOf(spec, hasLegend),
    legend: hasLegend ? legendOf(theme) : { show: false },
    // The bars of a waterfall bear their numbers, and its stack is no sum to be read.
    tooltip: spec.kind === 'waterfall' ? { show: false } : tooltipOf(spec, theme),
    xAxis: spec.isHorizontal === true ? values : categories,
    yAxis: spec.isHorizontal === true ? categories : values,
    series:
      spec.kind === 'waterfall'
        ? waterfallSeries(spec, theme)
        : dressed.map((one) => seriesOf(spec, one, theme)),
  }
}

function dress(spec: ChartSpec, theme: ChartTheme): readonly Dressed[] {
  const places = paletteOf(spec.series.map(({ name }) => name))
  return spec.series.map((series, index) => {
    const place = spec.series.length === 1 ? 0 : (places[index] ?? 0)
    const colour = theme.palette[series.colour ?? place] ?? theme.ink
    return { series, colour: series.isComparison === true ? theme.compare : colour }
  })
}

function gridOf(spec: ChartSpec, hasLegend: boolean) {
  const right = { line: 120, waterfall: 76, bar: 12, stacked: 12 }[spec.kind]
  const lying = spec.isHorizontal === true ? 48 : 0
  return { left: 8, right: Math.max(right, lying), top: hasLegend ? 36 : 12, bottom: 8, containLabel: true }
}

function legendOf(theme: ChartTheme) {
  return {
    type: 'plain',
    top: 0,
    left: 0,
    itemWidth: 12,
    itemHeight: 8,
    icon: 'roundRect',
    textStyle: { color: theme.muted, fontSize: 12 },
  }
}

function tooltipOf(spec: ChartSpec, theme: ChartTheme) {
  return {
    trigger: 'axis',
    confine: true,
    axisPointer: { type: spec.kind === 'line' ? 'line' : 'shadow' },
    backgroundColor: theme.surface,
    borderColor: theme.line,
    borderWidth: 1,
    padding: [6, 10],
    extraCssText: 'box-shadow:none;border-radius:6px',
    textStyle: { color: theme.ink, fontSize: 12, fontFamily: theme.font },
    valueFormatter: (value: unknown) => (typeof value === 'number' ? spec.format(value) : '–'),
  }
}

function categoryAxis(spec: ChartSpec, theme: ChartTheme, words: Words) {
  return {
    type: 'category',
    data: spec.points.map(({ label, isIncomplete }) =>
      isIncomplete === true ? `${label}\n${words.incomplete}` : label,
    ),
    inverse: spec.isHorizontal === true,
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { show: false },
    axisLabel: {
      color: theme.muted,
      lineHeight: LINE,
      hideOverlap: spec.isHorizontal !== true,
      showMaxLabel: spec.points.at(-1)?.isIncomplete === true ? true : undefined,
      width: 108,
      overflow: 'truncate',
    },
  }
}

function valueAxis(spec: ChartSpec, theme: ChartTheme) {
  const short = spec.formatAxis ?? spec.format
  return {
    type: 'value',
    min: spec.kind === 'line' ? undefined : (extent: { min: number }) => Math.min(0, extent.min),
    axisLabel: { color: theme.muted, formatter: (value: number) => short(value), hideOverlap: true },
    splitLine: { lineStyle: { color: theme.grid } },
    splitNumber: 4,
  }
}

function seriesOf(spec: ChartSpec, { series, colour }: Dressed, theme: ChartTheme) {
  const data = spec.points.map((point, index) =>
    datum(series.values[index] ?? null, point.isIncomplete === true),
  )
  const base = { id: series.key, name: series.name, data, itemStyle: { color: colour }, cursor: 'pointer' }
  if (series.isTarget === true) return targetSeries(base, theme)
  if (spec.kind === 'line' || series.isComparison === true)
    return lineSeries(base, { colour, isComparison: series.isComparison === true })
  return {
    ...base,
    type: 'bar',
    stack: spec.kind === 'stacked' ? 'all' : undefined,
    barMaxWidth: 28,
    label: barLabel(spec, theme),
  }
}

/** Long bars that lie have room for their number at the end. */
function barLabel(spec: ChartSpec, theme: ChartTheme) {
  if (spec.isHorizontal !== true || spec.kind !== 'bar') return { show: false }
  const formatter = ({ value }: { value: unknown }) => (typeof value === 'number' ? spec.format(value) : '')
  return { show: true, position: 'right', distance: 6, color: theme.muted, fontSize: 12, formatter }
}

/** A period that is not over is hatched: its bar is going to grow. */
function datum(value: number | null, isIncomplete: boolean) {
  if (!isIncomplete) return { value }
  const decal = { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: -Math.PI / 4 }
  return { value, itemStyle: { opacity: 0.7, decal } }
}

type Line = { readonly colour: string; readonly isComparison: boolean }
type Base = { readonly data: readonly { readonly value: number | null }[] }

/** A line bears its name at its last known point, which need not be the last one of the axis. */
function lineSeries(base: Base, { colour, isComparison }: Line) {
  const last = base.data.findLastIndex(({ value }) => value !== null)
  const cut = { width: 112, overflow: 'truncate' }
  const label = { show: true, formatter: '{a}', color: colour, fontSize: 12, lineHeight: LINE, ...cut }
  const isOnEdge = last === base.data.length - 1
  const data = base.data.map((point, index) =>
    index === last && !isOnEdge ? { ...point, label: { ...label, position: 'right' } } : point,
  )
  return {
    ...base,
    data,
    type: 'line',
    symbolSize: 5,
    showSymbol: !isComparison,
    connectNulls: false,
    lineStyle: { color: colour, width: 2, type: isComparison ? 'dashed' : 'solid' },
    endLabel: { ...label, show: isOnEdge },
    labelLayout: { moveOverlap: 'shiftY' },
  }
}

function targetSeries(base: object, theme: ChartTheme) {
  return {
    ...base,
    type: 'scatter',
    symbol: 'rect',
    symbolSize: [28, 3],
    itemStyle: { color: theme.ink },
    z: 5,
  }
}

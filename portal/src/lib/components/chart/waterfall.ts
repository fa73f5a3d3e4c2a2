import type { ChartSpec, ChartTheme } from './chart-spec.ts'

/** A bar of a waterfall: it hangs between two sums, or stands from zero where it is one. */
export type WaterfallBar = {
  readonly from: number
  readonly size: number
  readonly direction: 'sum' | 'up' | 'down'
}

/** Where the bars of steps stand: each begins where the sum of those before it ends; none of these sums is below zero. */
export function waterfallBars(
  steps: readonly { readonly value: number; readonly isSum: boolean }[],
): readonly WaterfallBar[] {
  let sum = 0
  return steps.map(({ value, isSum }) => {
    if (isSum) {
      sum = value
      return { from: 0, size: value, direction: 'sum' }
    }
    const before = sum
    sum += value
    return {
      from: Math.min(before, sum),
      size: Math.abs(value),
      direction: value < 0 ? 'down' : 'up',
    }
  })
}

/** The ECharts series of a waterfall: bars on a stack whose lower part is not drawn. Steps bear their sign. */
export function waterfallSeries({ points, series, format }: ChartSpec, theme: ChartTheme) {
  const values = series[0]?.values ?? []
  const steps = points.map(({ isSum }, index) => ({
    value: values[index] ?? 0,
    isSum: isSum === true,
  }))
  const bars = waterfallBars(steps)
  const [sum, down, up] = theme.palette
  const colours = { sum, up, down }
  const stacked = { type: 'bar', stack: 'steps', barMaxWidth: 20 }
  const text = (value: number, isSum: boolean): string =>
    isSum ? format(value) : `${value < 0 ? '−' : '+'}${format(Math.abs(value))}`
  return [
    {
      ...stacked,
      silent: true,
      itemStyle: { color: 'transparent' },
      data: bars.map(({ from }) => from),
    },
    {
      ...stacked,
      name: series[0]?.name,
      label: { show: true, position: 'right', distance: 6, color: theme.muted, fontSize: 12 },
      data: bars.map(({ size, direction }, index) => ({
        value: size,
        itemStyle: { color: colours[direction] },
        label: { formatter: text(steps[index]?.value ?? 0, direction === 'sum') },
      })),
    },
  ]
}

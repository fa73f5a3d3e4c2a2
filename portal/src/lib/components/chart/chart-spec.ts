/** A chart in the words of a page; how it is drawn is decided in one place for all of them. */
export type ChartSpec = {
  /** In a waterfall each value of the one series is added to the sum of those before it. */
  readonly kind: 'bar' | 'stacked' | 'line' | 'waterfall'
  /** The measure in words. */
  readonly title: string
  readonly points: readonly ChartPoint[]
  readonly series: readonly ChartSeries[]
  /** Shows a value with its unit, e.g. as money. */
  readonly format: (value: number) => string
  /** Short form for an axis; `format` when left out. */
  readonly formatAxis?: (value: number) => string
  /** Long names read better beside horizontal bars. */
  readonly isHorizontal?: boolean
}

export type ChartPoint = {
  readonly key: string
  readonly label: string
  /** A period that is not over yet: hatched, and said in words. */
  readonly isIncomplete?: boolean
  /** In a waterfall: a sum, which stands from zero. */
  readonly isSum?: boolean
}

export type ChartSeries = {
  readonly key: string
  readonly name: string
  /** One per point; null is a gap. */
  readonly values: readonly (number | null)[]
  /** Grey and dashed: what the others are compared with. */
  readonly isComparison?: boolean
  /** A mark across each bar instead of a bar. */
  readonly isTarget?: boolean
  /** 0–7; from the series' name when left out, so that it is the same everywhere. */
  readonly colour?: number
}

export type ChartClick = { readonly point: number; readonly series: number }

/** The colours and the font of the page the chart stands on. */
export type ChartTheme = {
  readonly palette: readonly string[]
  readonly ink: string
  readonly muted: string
  readonly line: string
  readonly grid: string
  readonly surface: string
  readonly compare: string
  readonly font: string
}

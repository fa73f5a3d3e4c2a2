export type Window = {
  readonly from: number
  readonly to: number
  /** Pixels that stand for the rows above and below. */
  readonly before: number
  readonly after: number
}

type View = {
  readonly count: number
  readonly row: number
  readonly scrollTop: number
  readonly viewHeight: number
}

/** Up to this many rows are drawn all at once, so that finding in the page has them. */
const ALL_AT_ONCE = 500
const MARGIN = 12

/** The rows to draw for what is in sight; all of them when they are few. */
export function shownRange({ count, row, scrollTop, viewHeight }: View): Window {
  if (count <= ALL_AT_ONCE) return everyRow(count)
  const from = Math.max(0, Math.floor(scrollTop / row) - MARGIN)
  const to = Math.min(count, Math.ceil((scrollTop + viewHeight) / row) + MARGIN)
  return { from, to, before: from * row, after: (count - to) * row }
}

/** All rows, as paper needs them. */
export function everyRow(count: number): Window {
  return { from: 0, to: count, before: 0, after: 0 }
}

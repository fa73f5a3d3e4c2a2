import type { FiscalCalendar } from '#config/fiscal-calendar'
import type { Comparison } from './comparison.ts'
import type { Colour, FilterClause } from './definition.ts'
import type { Likely } from './likely.ts'
import type { Part } from './shown.ts'
import type { ReportPassport } from './types.ts'

/** A raw value to be formatted by whoever shows it; words for totals come from there too. */
export type HeaderCell = {
  readonly kind: 'member' | 'measure' | 'part' | 'subtotal' | 'total' | 'others'
  /** The member's value as text; null is "no value". Times are ISO starts of their bucket. */
  readonly value: string | null
  readonly member: string | null
  readonly granularity?: string | undefined
  /** What is to be said beside the value: why a person stands outside the order. */
  readonly note?: string | undefined
  /** Of a measure or a part of it: index into valueFields. */
  readonly field?: number | undefined
  /** Columns it covers. */
  readonly span: number
  /** Header rows it covers. */
  readonly depth: number
}

export type LineKind = 'leaf' | 'subtotal' | 'total' | 'others'

export type Cell = {
  readonly value: string | null
  readonly kind: LineKind
  /** Of a rate that is so many of its cases. */
  readonly likely?: Likely | undefined
}

export type ReportColumn = {
  readonly kind: LineKind
  readonly level: number
  /** Index into valueFields. */
  readonly value: number
  readonly path: readonly (string | null)[]
  readonly drill: readonly FilterClause[]
}

export type ReportRow = {
  readonly kind: LineKind
  /** Row fields that are set: all of them for a leaf, none for the total. */
  readonly level: number
  readonly header: readonly HeaderCell[]
  readonly cells: readonly Cell[]
  readonly drill: readonly FilterClause[]
}

export type TableField = {
  readonly member: string
  readonly title: string
  readonly type: string
  readonly format: string | null
  readonly granularity?: string | undefined
  /** What a column of numbers says of its value: itself, its share, what it was before. */
  readonly part?: Part | undefined
  /** The part alone, under the title of its value: share, before, change. */
  readonly partTitle?: string | undefined
  readonly colour?: Colour | undefined
}

/** A report ready to be shown or written: numbers are decimal strings, one cell per column in each row. */
export type ReportTable = {
  readonly title: string
  readonly sentence: string
  readonly columnHeaders: readonly (readonly HeaderCell[])[]
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly ReportRow[]
  readonly rowFields: readonly TableField[]
  readonly columnFields: readonly TableField[]
  readonly valueFields: readonly TableField[]
  /** The filters every number stands under; a cell's own come from cellDrill. */
  readonly filters: readonly FilterClause[]
  /** What the numbers stand beside, with the days of both periods. */
  readonly comparison: Comparison | null
  /** The day at whose end the numbers stood so; null for now. */
  readonly asOf: string | null
  /** The local day on which the report was asked: a bucket it falls into is not over. */
  readonly today: string
  /** Into what the company parts its years, and how those parts are named. */
  readonly fiscalCalendar: FiscalCalendar
  readonly passport: ReportPassport
  readonly durationMs: number
}

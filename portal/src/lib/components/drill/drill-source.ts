import type { CellValue, TableColumn } from '#lib/components/table/cell.ts'

export type DrillColumn = TableColumn & { readonly kind?: 'measure' | 'dimension' | 'time' }

export type DrillAsk = {
  /** Names of the columns to show, in order. */
  readonly columns: readonly string[]
  readonly search: string
}

/** Records as they were read: cells in the order of the columns. */
export type DrillPage = {
  readonly columns: readonly DrillColumn[]
  readonly rows: readonly (readonly CellValue[])[]
  /** Address of each record in its CRM, where it has one. */
  readonly links?: readonly (string | null)[]
  readonly isComplete: boolean
}

export type DrillFormat = 'xlsx' | 'csv'

/** A number and the way to the records it is made of. */
export type DrillSource = {
  readonly title: string
  readonly description?: string | undefined
  /** How many records there are by the number itself; null when the number counts something else. */
  readonly count: number | null
  /** Every column that may be shown. */
  readonly choices: readonly DrillColumn[]
  /** Names of those shown at first. */
  readonly columns: readonly string[]
  /** Throws an Error whose message may be shown. */
  load(ask: DrillAsk, signal: AbortSignal): Promise<DrillPage>
  /** Saves all the records as a file. Throws an Error whose message may be shown. */
  save?(ask: DrillAsk, format: DrillFormat): Promise<void>
}

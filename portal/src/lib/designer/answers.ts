import type { Chart, ReportTable } from '#semantic/report'

/** What the page gets for a report it runs. */
export type RunAnswer = {
  readonly table: ReportTable
  /** Places of the filters that left nothing to show; empty when there is something. */
  readonly emptiedBy: readonly number[]
  readonly closed: ClosedMonths | null
  readonly tookMs: number
}

/** Closed months, YYYY-MM, that a report reaches into, and what is different of them since they were published. */
export type ClosedMonths = {
  readonly months: readonly string[]
  /** Deals, targets and rules that are not as they were. */
  readonly changes: number
  /** Won value now less that published, in company currency. */
  readonly difference: number
}

/** Who may run and who may change a report. */
export type Rights = {
  readonly visibility: 'private' | 'department' | 'company'
  readonly editBy: 'owner' | 'runners' | 'people'
  /** Users, where people are chosen. */
  readonly editorIds: readonly string[]
}
export type Person = { readonly id: string; readonly name: string }

/** A saved report that is open in the designer. */
export type OpenTemplate = {
  readonly id: string
  readonly name: string
  readonly folder: string
  readonly rights: Rights
  readonly owner: string
  readonly version: number
  readonly isEditable: boolean
  /** Whether the reader says who may run and change it. */
  readonly isManaged: boolean
}

export type TemplateCard = {
  readonly id: string
  readonly name: string
  readonly folder: string
  readonly visibility: 'private' | 'department' | 'company'
  readonly isMine: boolean
  readonly isEditable: boolean
  /** Whether the reader may delete it and say who may run and change it. */
  readonly isManaged: boolean
  /** In the reader's meeting pack. */
  readonly isPinned: boolean
  readonly owner: string
  /** UTC instant. */
  readonly updatedAt: string
  readonly type: string
  readonly chart: Chart
  /** UTC instant of the last run by anybody; null when it never ran. */
  readonly lastRunAt: string | null
  readonly runs: number
}

export type VersionCard = {
  readonly version: number
  readonly name: string
  readonly sentence: string
  readonly author: string
  readonly at: string
  /** The definition as it stands in an address, or null when it can't be read any more. */
  readonly code: string | null
}

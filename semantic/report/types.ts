import type { Granularity, Operator } from './definition.ts'

/**
 * The part of the semantic service's contract that a report needs, declared here so that a report stays
 * pure and runs in a browser.
 */
export type QueryFilter = { member: string; operator: Operator; values?: string[] }

export type ReportQuery = {
  measures?: string[]
  dimensions?: string[]
  timeDimensions?: { dimension: string; granularity: Granularity }[]
  filters?: QueryFilter[]
  order?: [string, 'asc' | 'desc'][]
  limit?: number
  asOf?: string
}

export type ReportMember = {
  readonly name: string
  readonly title: string
  readonly shortTitle?: string | undefined
  readonly description?: string | undefined
  readonly kind: 'measure' | 'dimension' | 'time'
  readonly type: string
  readonly format?: string | null | undefined
  readonly folder?: string | null | undefined
  readonly isPersonal?: boolean | undefined
  /** True for counts and sums: the whole is the sum of its parts. */
  readonly isAdditive?: boolean | undefined
}

/** One report type, with the members that this reader may use. */
export type ReportView = {
  readonly name: string
  readonly title: string
  readonly description?: string | undefined
  readonly members: readonly ReportMember[]
  /** Fields that list the records behind a number. */
  readonly drillMembers?: readonly string[] | undefined
  /** Fields of which each holds the next, e.g. department and manager, from the widest to the narrowest. */
  readonly hierarchies?: readonly (readonly string[])[] | undefined
  /** Members that are not known as of an earlier day; absent where no member of the report type is. */
  readonly unknownAsOf?: readonly string[] | undefined
}

export type ResultRow = Readonly<Record<string, string | boolean | null>>

export type ReportPassport = {
  readonly version: string
  readonly publishedAt: string
  readonly freshness: readonly { readonly source: string; readonly at: string | null }[]
  readonly members: readonly {
    readonly name: string
    readonly title: string
    readonly description: string
    readonly format?: string | null | undefined
  }[]
  readonly filters: string
  readonly asOf?: string | undefined
  /** Closed months, YYYY-MM, whose results are among the numbers, as they are by today’s data and rules. */
  readonly closedMonths?: readonly string[] | undefined
  readonly rows: number
  readonly isComplete: boolean
  readonly note?: string | undefined
  readonly definition: string
}

export type GrainResult = {
  readonly rows: readonly ResultRow[]
  readonly isComplete: boolean
  readonly passport: ReportPassport
  readonly durationMs: number
}

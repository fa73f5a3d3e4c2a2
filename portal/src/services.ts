import type { Auth } from '#lib/server/auth.ts'
import type { PortalWorkspace } from '#lib/server/workspace.ts'

export type { Auth, PortalWorkspace }

export const ROLES = ['administrator', 'head', 'manager', 'marketer', 'analyst'] as const
export type Role = (typeof ROLES)[number]

/** Whose rows a request may see. A head without departments or a manager without a person sees none. */
export type Reader = {
  readonly userId: string
  readonly role: Role
  readonly personId: string | null
  readonly departmentIds: readonly string[]
  readonly canSeePersonal: boolean
}

export type MemberFilter = {
  readonly member: string
  readonly operator: string
  readonly values?: readonly string[]
}
export type Filter = MemberFilter | { readonly or: readonly Filter[] } | { readonly and: readonly Filter[] }
export type Granularity = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'hour'
export type TimeDimension = {
  readonly dimension: string
  readonly granularity?: Granularity
  readonly dateRange?: readonly [string, string] | string
}
export type CubeQuery = {
  readonly measures?: readonly string[]
  readonly dimensions?: readonly string[]
  readonly timeDimensions?: readonly TimeDimension[]
  readonly filters?: readonly Filter[]
  readonly segments?: readonly string[]
  readonly order?: Readonly<Record<string, 'asc' | 'desc'>> | readonly (readonly [string, 'asc' | 'desc'])[]
  readonly limit?: number
  readonly offset?: number
  readonly ungrouped?: boolean
}

export type Row = Readonly<Record<string, string | boolean | null>>

/** What stands under every number: what it means, how fresh it is, whether it is whole. */
export type Passport = {
  readonly version: string
  readonly publishedAt: string
  readonly freshness: readonly { readonly source: string; readonly at: string | null }[]
  readonly members: readonly {
    readonly name: string
    readonly title: string
    readonly description: string
    readonly format?: string | undefined
  }[]
  readonly filters: string
  readonly rows: number
  readonly isComplete: boolean
  readonly note?: string | undefined
  readonly definition: string
}
export type QueryResult = {
  readonly rows: readonly Row[]
  readonly isComplete: boolean
  readonly passport: Passport
  readonly durationMs: number
}
export type MemberMeta = {
  readonly name: string
  readonly title: string
  readonly shortTitle: string
  readonly description: string
  readonly kind: 'measure' | 'dimension' | 'time'
  readonly type: string
  readonly format?: string | undefined
  readonly folder?: string | undefined
  readonly isPersonal: boolean
}
export type ViewMeta = {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly members: readonly MemberMeta[]
}
export type CompiledSql = {
  readonly sql: string
  readonly params: readonly unknown[]
  readonly columns: readonly { readonly member: string; readonly alias: string; readonly type: string }[]
  readonly version: string
  readonly file: string
}

/** The slice of the semantic layer that pages use; every call is made as one reader. */
export type SemanticService = {
  meta(reader: Reader): Promise<readonly ViewMeta[]>
  load(reader: Reader, query: CubeQuery, options?: { readonly signal?: AbortSignal }): Promise<QueryResult>
  sql(reader: Reader, query: CubeQuery): Promise<CompiledSql>
  values(reader: Reader, member: string, search?: string, limit?: number): Promise<readonly string[]>
  version(): string
}

/** The slice of the company's configuration that pages show or count with. */
export type PortalConfig = {
  readonly company: {
    readonly name: string
    readonly timezone: string
    readonly currency: string
    readonly locale: string
    readonly fiscalYearStart: number
    readonly country: string
    readonly calendar: {
      readonly workingDays: readonly number[]
      readonly holidays: readonly { readonly date: string; readonly name: string }[]
    }
  }
  readonly sources: readonly { readonly name: string; readonly connector: string }[]
  readonly schedule: { readonly syncMinutes: number }
}

export type Progress = {
  readonly step: string
  readonly done: number
  readonly total: number | null
  readonly at: string
}
/** Starts a run of the sources and reads how far it is. */
export type Control = {
  requestSync(request: { readonly sources?: readonly string[]; readonly userId: string }): Promise<void>
  readProgress(): Promise<Progress | null>
}

export type Services = {
  readonly config: PortalConfig
  readonly workspace: PortalWorkspace
  readonly semantic: SemanticService
  readonly exports: unknown
  readonly control: Control
  readonly auth: Auth
  readonly now: () => Date
  readonly publicUrl: string
}

declare global {
  var __embut: Services | undefined
}

/**
 * The services that `embut serve` made once for this process.
 * @throws Error when the portal runs without them.
 */
export function services(): Services {
  const found = globalThis.__embut
  if (found === undefined) {
    throw new Error(
      'The portal was started without its services: globalThis.__embut is not set. Start it with `embut serve`, which sets it before it loads the portal.',
    )
  }
  return found
}

import type { Config } from '#config'
import type { ExportService } from '#exports'
import type { Auth } from '#lib/server/auth.ts'
import type { Control } from '#ingest/control'
import type { SemanticService } from '#semantic'
import type { TemplateRepository, Workspace } from '#workspace'

export type {
  CubeQuery,
  Filter,
  MemberFilter,
  MemberMeta,
  Passport,
  QueryResult,
  Reader,
  Role,
  Row,
  SemanticService,
  ViewMeta,
} from '#semantic'
export type { Auth, Control, Workspace }

/** Closes a month, YYYY-MM, as it is published, or opens it again; throws UserError where that may not be. */
export type Months = Readonly<
  Record<'close' | 'reopen', (asked: { month: string; userId: string; author: string }) => Promise<unknown>>
>

/** What `embut serve` makes once per process and hands to the pages. */
export type Services = {
  readonly config: Config
  readonly workspace: Workspace
  readonly semantic: SemanticService
  readonly exports: ExportService
  /** Saved reports with their versions. */
  readonly templates: TemplateRepository
  readonly control: Control
  readonly months: Months
  readonly auth: Auth
  readonly now: () => Date
  /** The address people open, e.g. http://localhost:4380 */
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

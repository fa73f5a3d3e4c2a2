import type { Generated, Kysely, Transaction } from 'kysely'

export const DATABASE_KINDS = ['sqlite', 'postgres'] as const
export type DatabaseKind = (typeof DATABASE_KINDS)[number]

/** What every repository works with. Times are ISO 8601 UTC text, flags 0 or 1, JSON is text, in both databases. */
export type Context = {
  readonly db: Kysely<WorkspaceDatabase>
  readonly kind: DatabaseKind
  readonly now: () => Date
}

export type WorkspaceTransaction = Transaction<WorkspaceDatabase>

// The five tables of better-auth keep its column names and types: SQLite has text and 0/1 where PostgreSQL has
// timestamptz and boolean. Whoever reads them parses them.
type Moment = string | Date
type Flag = number | boolean

export type UserTable = {
  id: string
  name: string
  email: string
  emailVerified: Flag
  image: string | null
  createdAt: Moment
  updatedAt: Moment
  role: string
  personId: string | null
  departmentIds: string
  canSeePersonal: Flag
  locale: string | null
}

type SessionTable = {
  id: string
  userId: string
  token: string
  expiresAt: Moment
  ipAddress: string | null
  userAgent: string | null
  createdAt: Moment
  updatedAt: Moment
}

type AccountTable = {
  id: string
  userId: string
  accountId: string
  providerId: string
  accessToken: string | null
  refreshToken: string | null
  idToken: string | null
  accessTokenExpiresAt: Moment | null
  refreshTokenExpiresAt: Moment | null
  scope: string | null
  password: string | null
  createdAt: Moment
  updatedAt: Moment
}

type VerificationTable = {
  id: string
  identifier: string
  value: string
  expiresAt: Moment
  createdAt: Moment
  updatedAt: Moment
}

type RateLimitTable = { id: string; key: string; count: number; lastRequest: number }

export type TemplateTable = {
  id: string
  name: string
  folder: string
  question: string
  definition: string
  owner_id: string
  visibility: string
  department_ids: string
  edit_by: string
  editor_ids: string
  version: number
  created_at: string
  updated_at: string
  updated_by: string
  deleted_at: string | null
}

export type TemplateVersionTable = {
  template_id: string
  version: number
  name: string
  question: string
  definition: string
  readable: string
  author: string
  at: string
}

export type RuleVersionTable = {
  rule_id: string
  version: number
  kind: string
  content: string
  is_active: number
  valid_from: string | null
  author: string
  reason: string | null
  origin: string
  at: string
}

export type TargetVersionTable = {
  target_key: string
  version: number
  metric: string
  month: string
  person: string | null
  department: string | null
  product: string | null
  source: string | null
  value: string | null
  author: string
  reason: string | null
  origin: string
  at: string
  explanation: string | null
}

export type PlanTable = { id: string; month: string; metric: string; department: string; at: string }

export type PlanCellTable = {
  plan_id: string
  person: string
  version: number
  value: string | null
  author: string
  reason: string | null
  at: string
  explanation: string | null
}

export type PlanMoveTable = {
  plan_id: string
  state: string
  author: string
  reason: string | null
  at: string
}

export type PlanAnswerTable = {
  plan_id: string
  person: string
  version: number
  answer: string
  value: string | null
  author: string
  reason: string | null
  at: string
}

type Numbered<Row> = Row & { id: Generated<number> }

export type SegmentTable = {
  id: string
  name: string
  description: string
  definition: string
  owner_id: string
  visibility: string
  created_at: string
  updated_at: string
  updated_by: string
}

export type LoadTable = {
  load_id: number
  source_name: string
  stream: string
  started_at: string
  finished_at: string | null
  rows_read: number
  rows_inserted: number
  rows_updated: number
  rows_deleted: number
  rows_quarantined: number
  bytes: number
  duration_ms: number
  flags: string
}

export type LockTable = {
  name: string
  owner: string
  token: string
  host: string
  pid: number
  process_started: string | null
  acquired_at: string
  heartbeat_at: string
  expires_at: string
}

export type JobTable = {
  id: string
  kind: string
  unique_key: string | null
  payload: string
  status: string
  run_at: string
  attempts: number
  max_attempts: number
  lease_token: string | null
  lease_owner: string | null
  lease_expires_at: string | null
  result: string | null
  error: string | null
  created_at: string
  finished_at: string | null
}

export type AuditTable = {
  id: Generated<number>
  at: string
  user_id: string | null
  action: string
  subject: string
  detail: string
}

export type MonthClosingTable = {
  id: Generated<number>
  month: string
  version: string
  results: number
  is_closed: number
  author: string
  at: string
}

type SettingTable = {
  user_id: string
  key: string
  value: string
  updated_at: string
  updated_by: string | null
}

export type ProgressTable = {
  run_id: string
  step: string
  done: number
  total: number | null
  message: string
  started_at: string
  updated_at: string
  finished_at: string | null
  error: string | null
}

export type DiscoveredFieldTable = {
  source_name: string
  entity: string
  field: string
  name: string | null
  records: number
  filled: number
  type: string
  samples: string
  seen_at: string
}

type SecretTable = { key: string; value: string; updated_at: string }

export type WorkspaceDatabase = {
  user: UserTable
  session: SessionTable
  account: AccountTable
  verification: VerificationTable
  rateLimit: RateLimitTable
  templates: TemplateTable
  template_versions: TemplateVersionTable
  rule_versions: RuleVersionTable
  target_versions: TargetVersionTable
  plans: PlanTable
  plan_cells: PlanCellTable
  plan_moves: Numbered<PlanMoveTable>
  plan_answers: Numbered<PlanAnswerTable>
  segments: SegmentTable
  loads: LoadTable
  locks: LockTable
  jobs: JobTable
  audit: AuditTable
  month_closings: MonthClosingTable
  settings: SettingTable
  progress: ProgressTable
  secrets: SecretTable
  discovered_fields: DiscoveredFieldTable
}

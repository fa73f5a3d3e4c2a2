export type { AuditEntry, AuditRepository } from './audit.ts'
export type { Closing, ClosingEvent, ClosingRepository } from './closings.ts'
export type { DatabaseKind, WorkspaceDatabase } from './database.ts'
export type { DiscoveredFieldRepository, SeenField } from './discovered-fields.ts'
export type { ClaimedJob, ClaimOptions, Job, JobRepository, JobStatus, NewJob } from './jobs.ts'
export type { Load, LoadRepository } from './loads.ts'
export { isLease, type Lease, type LockHolder, type LockOptions, type LockRepository } from './locks.ts'
export { openWorkspace, workspaceOptions, type Workspace, type WorkspaceOptions } from './open.ts'
export type { ProgressReport, ProgressRepository, StepProgress } from './progress.ts'
export type { PlanAnswer, PlanCell, PlanDocument, PlanMove } from './plan.ts'
export type { PlanRepository } from './plans.ts'
export { factsOf } from './plan.ts'
export {
  isOpenState,
  needsReason,
  PLAN_STEPS,
  stepsFrom,
  type PlanState,
  type PlanStep,
} from './plan-state.ts'
export { ROLES, type Reader, type Role } from '#config'
export { readerOf } from './reader.ts'
export { RULE_KINDS, type Origin, type RuleContent, type RuleKind, type RuleStatement } from './rule.ts'
export type { Decision, NewRule, Rule, RuleOf, RuleRepository } from './rules.ts'
export type { SecretRepository } from './secrets.ts'
export type { SeedSummary } from './seed.ts'
export type { Segment, SegmentDraft, SegmentRepository } from './segments.ts'
export type { SettingRepository } from './settings.ts'
export type { NewTarget, TargetRepository, TargetScope, TargetVersion } from './targets.ts'
export {
  EDITORS,
  isVisibleTo,
  VISIBILITIES,
  type Editors,
  type Template,
  type TemplateDraft,
  type TemplateRepository,
  type TemplateRights,
  type TemplateVersion,
  type Visibility,
} from './templates.ts'
export {
  PASSWORD_LENGTH,
  userAdditionalFields,
  type NewUser,
  type User,
  type UserFields,
  type UserRepository,
} from './users.ts'

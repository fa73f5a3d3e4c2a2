import { chmodSync, closeSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Kysely, sql } from 'kysely'
import { reasonOf, UserError, type Config, type Settings } from '#config'
import { auditRepository, type AuditRepository } from './audit.ts'
import { closingRepository, type ClosingRepository } from './closings.ts'
import type { Context, DatabaseKind, WorkspaceDatabase } from './database.ts'
import { discoveredFieldRepository, type DiscoveredFieldRepository } from './discovered-fields.ts'
import { jobRepository, type JobRepository } from './jobs.ts'
import { loadRepository, type LoadRepository } from './loads.ts'
import { lockRepository, type LockRepository } from './locks.ts'
import { migrate } from './migrate.ts'
import { planRepository, type PlanRepository } from './plans.ts'
import { postgresDialect } from './postgres.ts'
import { progressRepository, type ProgressRepository } from './progress.ts'
import { ruleRepository, type RuleRepository } from './rules.ts'
import { loadSecretKey } from './secret-key.ts'
import { secretRepository, type SecretRepository } from './secrets.ts'
import { seedFromConfig, type SeedSummary } from './seed.ts'
import { segmentRepository, type SegmentRepository } from './segments.ts'
import { settingRepository, type SettingRepository } from './settings.ts'
import { NodeSqliteDialect, openSqlite } from './sqlite-dialect.ts'
import { targetRepository, type TargetRepository } from './targets.ts'
import { templateRepository, type TemplateRepository } from './templates.ts'
import { userRepository, type UserRepository } from './users.ts'

/** Where the workspace is: a SQLite `file`, or the `url` of a PostgreSQL database. */
export type WorkspaceOptions = {
  readonly file?: string
  readonly url?: string
  /** Folder of the key file; default the folder of `file`. */
  readonly dataDir?: string
  readonly env?: NodeJS.ProcessEnv
  readonly now?: () => Date
}

/** The open workspace: what people made and what runs left. `db` and `kind` are for better-auth. */
export type Workspace = {
  readonly kind: DatabaseKind
  readonly db: Kysely<WorkspaceDatabase>
  readonly users: UserRepository
  readonly templates: TemplateRepository
  readonly rules: RuleRepository
  readonly targets: TargetRepository
  readonly plans: PlanRepository
  readonly segments: SegmentRepository
  readonly loads: LoadRepository
  readonly locks: LockRepository
  readonly jobs: JobRepository
  readonly audit: AuditRepository
  readonly closings: ClosingRepository
  readonly settings: SettingRepository
  readonly progress: ProgressRepository
  readonly secrets: SecretRepository
  readonly discoveredFields: DiscoveredFieldRepository
  /** Brings the rules and targets of embut.yaml in; the second time it writes nothing. */
  readonly seedFromConfig: (config: Config) => Promise<SeedSummary>
  /** Writes a whole, consistent copy of a SQLite workspace to `file` while others go on working. */
  readonly backup: (file: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** The options of the workspace that a configuration names. */
export function workspaceOptions(config: Settings, env: NodeJS.ProcessEnv = process.env): WorkspaceOptions {
  const { dataDir, workspace } = config
  if (workspace.url !== null) return { url: workspace.url, dataDir, env }
  return { file: join(dataDir, 'workspace.sqlite'), dataDir, env }
}

/**
 * Opens the workspace, makes it when it is new and brings it to the newest schema.
 * @throws UserError when it cannot be reached, without password or key in the message
 */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const opened = openDatabase(options)
  try {
    await migrate(opened.db, opened.kind)
  } catch (cause) {
    await opened.db.destroy()
    throw unreachable(options, cause)
  }
  const context: Context = { ...opened, now: options.now ?? (() => new Date()) }
  return assemble(context, options)
}

function openDatabase(options: WorkspaceOptions): Pick<Context, 'db' | 'kind'> {
  if (options.url !== undefined) {
    return { kind: 'postgres', db: new Kysely({ dialect: postgresDialect(options.url) }) }
  }
  if (options.file === undefined) throw new Error('openWorkspace needs a file or a url')
  try {
    return { kind: 'sqlite', db: new Kysely({ dialect: new NodeSqliteDialect(prepareFile(options.file)) }) }
  } catch (cause) {
    throw unreachable(options, cause)
  }
}

// The file holds password hashes and sessions: nobody else on the machine may read it.
function prepareFile(file: string) {
  if (file === ':memory:') return openSqlite(file)
  mkdirSync(dirname(resolve(file)), { recursive: true })
  closeSync(openSync(file, 'a', 0o600))
  return openSqlite(file)
}

function assemble(context: Context, options: WorkspaceOptions): Workspace {
  const { db, kind } = context
  const keyFolder = options.dataDir ?? (options.file === undefined ? null : dirname(resolve(options.file)))
  return {
    kind,
    db,
    users: userRepository(context),
    templates: templateRepository(context),
    rules: ruleRepository(context),
    targets: targetRepository(context),
    plans: planRepository(context),
    segments: segmentRepository(context),
    loads: loadRepository(context),
    locks: lockRepository(context),
    jobs: jobRepository(context),
    audit: auditRepository(context),
    closings: closingRepository(context),
    settings: settingRepository(context),
    progress: progressRepository(context),
    secrets: secretRepository(context, () => loadSecretKey(keyFolder, options.env ?? process.env)),
    discoveredFields: discoveredFieldRepository(context),
    seedFromConfig: (config) => seedFromConfig(context, config),
    backup: (file) => backup(context, file),
    close: () => db.destroy(),
  }
}

async function backup(context: Context, file: string): Promise<void> {
  if (context.kind === 'postgres') {
    throw new UserError('The workspace is in PostgreSQL. Back it up with pg_dump, together with the key.')
  }
  rmSync(file, { force: true })
  mkdirSync(dirname(resolve(file)), { recursive: true })
  await sql`vacuum into ${file}`.execute(context.db)
  chmodSync(file, 0o600)
}

function unreachable(options: WorkspaceOptions, cause: unknown): UserError {
  const reason = reasonOf(cause)
  if (options.url !== undefined) {
    const { host, pathname } = new URL(options.url)
    return new UserError(
      `Cannot open the workspace in PostgreSQL at ${host}${pathname}: ${reason}. Check workspace.url or DATABASE_URL.`,
      { cause },
    )
  }
  return new UserError(
    `Cannot open the workspace file ${options.file ?? ''}: ${reason}. Check the folder's rights.`,
    {
      cause,
    },
  )
}

import { z } from 'zod'
import { TARGET_METRICS, UserError } from '#config'
import type { Context, TargetVersionTable, WorkspaceTransaction } from './database.ts'
import { digest, ORIGINS, type Origin } from './rule.ts'
import { fromJson, inTurn, instant } from './transaction.ts'

/** What a target is set for. `month` is YYYY-MM; a null dimension means all. */
export type TargetScope = {
  readonly metric: (typeof TARGET_METRICS)[number]
  readonly month: string
  readonly person?: string | null
  readonly department?: string | null
  readonly product?: string | null
  readonly source?: string | null
}

/** One version of a target. `value` is a decimal text; null means the target was withdrawn. */
export type TargetVersion = Required<TargetScope> & {
  /** Unique per version: `<targetKey>:<version>`. */
  readonly targetId: string
  /** The same for all versions of one target. */
  readonly targetKey: string
  readonly version: number
  readonly value: string | null
  readonly validFrom: string
  readonly author: string
  readonly reason: string | null
  readonly origin: Origin
  /** How the value was proposed, as it was when this version was set; null where nothing was. */
  readonly explanation: unknown
  readonly isCurrent: boolean
}

export type NewTarget = TargetScope & {
  readonly value: string | null
  readonly author: string
  readonly reason?: string | null
  readonly explanation?: unknown
  /** The version that this one is meant to follow, 0 for none: refused where another came in between. */
  readonly after?: number
}

export type TargetRepository = ReturnType<typeof targetRepository>

const newTarget = z.object({
  metric: z.enum(TARGET_METRICS),
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'month must be YYYY-MM'),
  value: z
    .string()
    .regex(/^-?\d{1,14}(\.\d{1,4})?$/, 'value must be a number with at most 4 decimals')
    .nullable(),
})

/** The value of a target as it may be kept. @throws UserError for what is no number */
export function targetValue(value: string | null): string | null {
  if (newTarget.shape.value.safeParse(value).success) return value
  throw new UserError(`A target is a number with at most 4 decimals, not ${value}.`)
}

/** Targets: an original and its revisions; nothing is ever overwritten. */
export function targetRepository(context: Context) {
  return {
    /** Sets a target; the same value again changes nothing. `value: null` withdraws it. */
    set: (target: NewTarget): Promise<TargetVersion> => setTarget(context, target),
    /** Sets many at once: all or none. */
    setMany: (targets: readonly NewTarget[]): Promise<TargetVersion[]> => setMany(context, targets),
    /** The versions in force, withdrawn ones left out, of one month or all. */
    current: async (month?: string): Promise<TargetVersion[]> =>
      (await listVersions(context, month)).filter((each) => each.isCurrent && each.value !== null),
    /** Every version of every target, of one month or all, oldest first. */
    versions: (month?: string): Promise<TargetVersion[]> => listVersions(context, month),
    /** All versions of one target, original first. */
    history: async (targetKey: string): Promise<TargetVersion[]> =>
      versionsOf(await rowsOf(context.db, targetKey)),
  }
}

/** The key of the target of a scope. */
export function targetKeyOf(scope: TargetScope): string {
  const { metric, month, person, department, product, source } = scope
  return digest([
    'target',
    metric,
    month,
    person ?? null,
    department ?? null,
    product ?? null,
    source ?? null,
  ])
}

/** Stored versions of one target, original first. */
export async function rowsOf(db: Context['db'], targetKey: string): Promise<TargetVersionTable[]> {
  const query = db.selectFrom('target_versions').selectAll().where('target_key', '=', targetKey)
  return await query.orderBy('version').execute()
}

/** Appends a version with its author and origin after `rows`. */
export async function appendTarget(
  transaction: WorkspaceTransaction,
  rows: readonly TargetVersionTable[],
  target: NewTarget & { readonly origin: Origin; readonly at: string },
): Promise<TargetVersionTable> {
  checkTarget(target)
  const row: TargetVersionTable = {
    target_key: targetKeyOf(target),
    version: (rows.at(-1)?.version ?? 0) + 1,
    metric: target.metric,
    month: target.month,
    person: target.person ?? null,
    department: target.department ?? null,
    product: target.product ?? null,
    source: target.source ?? null,
    value: target.value,
    author: target.author,
    reason: target.reason ?? null,
    origin: target.origin,
    at: target.at,
    explanation: target.explanation === undefined ? null : JSON.stringify(target.explanation),
  }
  await transaction.insertInto('target_versions').values(row).execute()
  return row
}

async function setTarget(context: Context, target: NewTarget): Promise<TargetVersion> {
  return await inTurn(context, 'targets', (transaction) => setIn(transaction, target, instant(context)))
}

async function setMany(context: Context, targets: readonly NewTarget[]): Promise<TargetVersion[]> {
  return await inTurn(context, 'targets', (transaction) =>
    setTargetsIn(transaction, targets, instant(context)),
  )
}

/** Sets targets within a transaction that holds the turn of targets. */
export async function setTargetsIn(
  transaction: WorkspaceTransaction,
  targets: readonly NewTarget[],
  at: string,
): Promise<TargetVersion[]> {
  const set: TargetVersion[] = []
  for (const target of targets) set.push(await setIn(transaction, target, at))
  return set
}

async function setIn(
  transaction: WorkspaceTransaction,
  target: NewTarget,
  at: string,
): Promise<TargetVersion> {
  const rows = await rowsOf(transaction, targetKeyOf(target))
  const latest = rows.at(-1)
  if (target.after !== undefined && target.after !== (latest?.version ?? 0)) {
    throw new UserError(
      `The target of ${target.month} for ${target.person ?? target.department ?? 'all'} was changed by ${latest?.author} meanwhile. Load it again.`,
    )
  }
  const row =
    latest !== undefined && latest.value === target.value
      ? latest
      : await appendTarget(transaction, rows, { ...target, origin: 'person', at })
  return versionOf(row, true)
}

function checkTarget(target: NewTarget): void {
  const parsed = newTarget.safeParse(target)
  if (parsed.success) return
  const wrong = parsed.error.issues.map((issue) => issue.message).join('; ')
  throw new UserError(`This target cannot be saved: ${wrong}.`, { cause: parsed.error })
}

async function listVersions(context: Context, month: string | undefined): Promise<TargetVersion[]> {
  const query = context.db.selectFrom('target_versions').selectAll()
  const rows = await (month === undefined ? query : query.where('month', '=', month))
    .orderBy('month')
    .orderBy('target_key')
    .orderBy('version')
    .execute()
  return versionsOf(rows)
}

// Rows come ordered by target and version, so a row is the newest when the next one is of another target.
function versionsOf(rows: readonly TargetVersionTable[]): TargetVersion[] {
  return rows.map((row, index) => versionOf(row, rows[index + 1]?.target_key !== row.target_key))
}

function versionOf(row: TargetVersionTable, isCurrent: boolean): TargetVersion {
  const { metric, month, person, department, product, source, value, author, reason, version } = row
  return {
    targetId: `${row.target_key}:${version}`,
    targetKey: row.target_key,
    metric: z.enum(TARGET_METRICS).parse(metric),
    ...{ month, person, department, product, source, value, author, reason, version },
    validFrom: row.at,
    origin: z.enum(ORIGINS).parse(row.origin),
    explanation: row.explanation === null ? null : fromJson(row.explanation),
    isCurrent,
  }
}

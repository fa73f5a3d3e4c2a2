import { z } from 'zod'
import { UserError } from '#config'
import type { Context, RuleVersionTable, WorkspaceTransaction } from './database.ts'
import {
  ORIGINS,
  parseStatement,
  ruleIdOf,
  type Origin,
  type RuleContent,
  type RuleKind,
  type RuleStatement,
} from './rule.ts'
import { fromJson, inTurn, instant } from './transaction.ts'

/** One version of a rule. The newest version is the one in force; `isActive` false means it was taken back. */
export type Rule = RuleStatement & {
  readonly ruleId: string
  readonly version: number
  readonly isActive: boolean
  readonly validFrom: string | null
  readonly author: string
  readonly reason: string | null
  readonly origin: Origin
  readonly at: string
}
export type RuleOf<K extends RuleKind> = Extract<Rule, { kind: K }>

/** Who decides and why. */
export type Decision = { readonly author: string; readonly reason: string | null }
export type NewRule = RuleStatement & Decision & { readonly validFrom?: string | null }

export type RuleRepository = ReturnType<typeof ruleRepository>

/** Rules that people make: append-only versions, so every decision and its undoing stays readable. */
export function ruleRepository(context: Context) {
  return {
    /** Saves a rule; one that decides the same thing from the same day becomes its next version. */
    add: (rule: NewRule): Promise<Rule> => addRule(context, rule),
    /** Changes what a rule says; kind and first day stay. */
    revise: (ruleId: string, content: RuleContent, decision: Decision): Promise<Rule> =>
      reviseRule(context, ruleId, { ...decision, content }),
    /** Takes back the last change; a rule just made ends. Undoing an undo does it again. */
    undo: (ruleId: string, decision: Decision): Promise<Rule> => undoRule(context, ruleId, decision),
    /** Ends a rule whatever its versions. */
    remove: (ruleId: string, decision: Decision): Promise<Rule> => removeRule(context, ruleId, decision),
    /** The rules in force, of one kind or all, oldest decision first. */
    list: (kind?: RuleKind): Promise<Rule[]> => listRules(context, kind),
    /** The rules of one kind in force, with its content typed. */
    ofKind: async <K extends RuleKind>(kind: K): Promise<RuleOf<K>[]> =>
      (await listRules(context, kind)).filter((rule): rule is RuleOf<K> => rule.kind === kind),
    /** All versions of one rule, newest first. */
    history: async (ruleId: string): Promise<Rule[]> => (await versionsOf(context.db, ruleId)).map(ruleOf),
    /** All versions of all rules, newest first. */
    versions: (): Promise<Rule[]> => allVersions(context),
  }
}

/** The versions of a rule, newest first. */
export async function versionsOf(db: Context['db'], ruleId: string): Promise<RuleVersionTable[]> {
  const query = db.selectFrom('rule_versions').selectAll().where('rule_id', '=', ruleId)
  return await query.orderBy('version', 'desc').execute()
}

/** Appends `row` after `versions` (newest first) and returns it as a rule. */
export async function appendRule(
  transaction: WorkspaceTransaction,
  versions: readonly RuleVersionTable[],
  row: Omit<RuleVersionTable, 'version'>,
): Promise<Rule> {
  const next = { ...row, version: (versions[0]?.version ?? 0) + 1 }
  await transaction.insertInto('rule_versions').values(next).execute()
  return ruleOf(next)
}

/** A stored row as a rule. */
export function ruleOf(row: RuleVersionTable): Rule {
  return {
    ...parseStatement({ kind: row.kind, content: fromJson(row.content) }),
    ruleId: row.rule_id,
    version: row.version,
    isActive: row.is_active === 1,
    validFrom: row.valid_from,
    author: row.author,
    reason: row.reason,
    origin: z.enum(ORIGINS).parse(row.origin),
    at: row.at,
  }
}

async function addRule(context: Context, rule: NewRule): Promise<Rule> {
  const { kind, content } = parseStatement({ kind: rule.kind, content: rule.content })
  const validFrom = checkDay(rule.validFrom ?? null)
  const ruleId = ruleIdOf(parseStatement({ kind, content }), validFrom)
  return await inTurn(context, 'rules', async (transaction) =>
    appendRule(transaction, await versionsOf(transaction, ruleId), {
      rule_id: ruleId,
      kind,
      content: JSON.stringify(content),
      is_active: 1,
      valid_from: validFrom,
      ...decided(rule, context),
    }),
  )
}

async function reviseRule(
  context: Context,
  ruleId: string,
  { content, ...decision }: Decision & { readonly content: RuleContent },
): Promise<Rule> {
  return await change(context, { ruleId, ...decision }, ([latest]) => ({
    ...latest,
    is_active: 1,
    content: JSON.stringify(parseStatement({ kind: latest.kind, content }).content),
  }))
}

async function undoRule(context: Context, ruleId: string, decision: Decision): Promise<Rule> {
  return await change(
    context,
    { ruleId, ...decision },
    ([latest, before]) => before ?? { ...latest, is_active: 0 },
  )
}

async function removeRule(context: Context, ruleId: string, decision: Decision): Promise<Rule> {
  return await change(context, { ruleId, ...decision }, ([latest]) => ({ ...latest, is_active: 0 }))
}

type Versions = readonly [RuleVersionTable, ...RuleVersionTable[]]

async function change(
  context: Context,
  { ruleId, ...decision }: Decision & { readonly ruleId: string },
  next: (versions: Versions) => RuleVersionTable,
): Promise<Rule> {
  return await inTurn(context, 'rules', async (transaction) => {
    const [latest, ...older] = await versionsOf(transaction, ruleId)
    if (latest === undefined) throw new UserError(`There is no rule ${ruleId}. Load the list of rules again.`)
    const row = next([latest, ...older])
    return await appendRule(transaction, [latest], { ...row, ...decided(decision, context) })
  })
}

function decided({ author, reason }: Decision, context: Context) {
  return { author, reason, origin: 'person' satisfies Origin, at: instant(context) }
}

async function listRules(context: Context, kind: RuleKind | undefined): Promise<Rule[]> {
  const query = context.db
    .selectFrom('rule_versions')
    .selectAll()
    .where('is_active', '=', 1)
    .where('version', '=', (eb) =>
      eb
        .selectFrom('rule_versions as newer')
        .select((inner) => inner.fn.max('newer.version').as('version'))
        .whereRef('newer.rule_id', '=', 'rule_versions.rule_id'),
    )
  const rows = await (kind === undefined ? query : query.where('kind', '=', kind))
    .orderBy('at')
    .orderBy('rule_id')
    .execute()
  return rows.map(ruleOf)
}

async function allVersions(context: Context): Promise<Rule[]> {
  const query = context.db.selectFrom('rule_versions').selectAll()
  const rows = await query.orderBy('at', 'desc').orderBy('rule_id').orderBy('version', 'desc').execute()
  return rows.map(ruleOf)
}

function checkDay(day: string | null): string | null {
  if (day === null || z.iso.date().safeParse(day).success) return day
  throw new UserError(`"${day}" is not a date; write it as YYYY-MM-DD.`)
}

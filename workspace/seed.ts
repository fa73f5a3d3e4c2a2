import { cellsOfBlocks } from '#config'
import type { Config } from '#config'
import type { Context, RuleVersionTable, TargetVersionTable, WorkspaceTransaction } from './database.ts'
import { ruleIdOf, type RuleStatement } from './rule.ts'
import { appendRule, versionsOf } from './rules.ts'
import { appendTarget, rowsOf, targetKeyOf, type NewTarget } from './targets.ts'
import { inTurn, instant } from './transaction.ts'

const AUTHOR = 'embut.yaml'

/** How many versions a seeding wrote. */
export type SeedSummary = { readonly rules: number; readonly targets: number }

type SeedRule = {
  readonly statement: RuleStatement
  readonly validFrom: string | null
  readonly reason: string | null
}

/**
 * Brings the rules and targets of embut.yaml into the workspace. Run again with the same file, it writes nothing.
 * A changed line becomes a new version; a line taken out ends its rule or target, unless a person has changed it
 * since. What a person changed or undid stays so until the line itself changes.
 */
export async function seedFromConfig(context: Context, config: Config): Promise<SeedSummary> {
  const rules = await inTurn(context, 'rules', (transaction) =>
    seedRules(transaction, rulesOf(config), instant(context)),
  )
  const targets = await inTurn(context, 'targets', (transaction) =>
    seedTargets(transaction, targetsOf(config), instant(context)),
  )
  return { rules, targets }
}

async function seedRules(
  transaction: WorkspaceTransaction,
  rules: readonly SeedRule[],
  at: string,
): Promise<number> {
  const wanted = new Map(rules.map((rule) => [ruleIdOf(rule.statement, rule.validFrom), rule]))
  let written = 0
  for (const [ruleId, rule] of wanted) {
    const versions = await versionsOf(transaction, ruleId)
    const row = ruleRow(ruleId, rule, at)
    if (isSeeded(versions, row)) continue
    await appendRule(transaction, versions, row)
    written += 1
  }
  return written + (await endRules(transaction, new Set(wanted.keys()), at))
}

function isSeeded(versions: readonly RuleVersionTable[], row: Omit<RuleVersionTable, 'version'>): boolean {
  const last = versions.find((version) => version.origin === 'config')
  return (
    last !== undefined && last.is_active === 1 && last.content === row.content && last.reason === row.reason
  )
}

async function endRules(
  transaction: WorkspaceTransaction,
  kept: ReadonlySet<string>,
  at: string,
): Promise<number> {
  const seeded = await transaction
    .selectFrom('rule_versions')
    .select('rule_id')
    .distinct()
    .where('origin', '=', 'config')
    .execute()
  let ended = 0
  for (const { rule_id: ruleId } of seeded.filter((row) => !kept.has(row.rule_id))) {
    const versions = await versionsOf(transaction, ruleId)
    const [latest] = versions
    if (latest === undefined || latest.is_active === 0 || latest.origin !== 'config') continue
    await appendRule(transaction, versions, {
      ...latest,
      is_active: 0,
      reason: 'Taken out of embut.yaml',
      at,
    })
    ended += 1
  }
  return ended
}

async function seedTargets(
  transaction: WorkspaceTransaction,
  targets: readonly NewTarget[],
  at: string,
): Promise<number> {
  const wanted = new Map(targets.map((target) => [targetKeyOf(target), target]))
  let written = 0
  for (const [key, target] of wanted) {
    const rows = await rowsOf(transaction, key)
    if (rows.findLast((row) => row.origin === 'config')?.value === target.value) continue
    await appendTarget(transaction, rows, { ...target, origin: 'config', at })
    written += 1
  }
  return written + (await endTargets(transaction, new Set(wanted.keys()), at))
}

async function endTargets(
  transaction: WorkspaceTransaction,
  kept: ReadonlySet<string>,
  at: string,
): Promise<number> {
  const seeded = await transaction
    .selectFrom('target_versions')
    .select('target_key')
    .distinct()
    .where('origin', '=', 'config')
    .execute()
  let ended = 0
  for (const { target_key: key } of seeded.filter((row) => !kept.has(row.target_key))) {
    const rows = await rowsOf(transaction, key)
    const latest = rows.at(-1)
    if (latest === undefined || latest.value === null || latest.origin !== 'config') continue
    await transaction.insertInto('target_versions').values(withdrawn(latest, at)).execute()
    ended += 1
  }
  return ended
}

function withdrawn(latest: TargetVersionTable, at: string): TargetVersionTable {
  const version = latest.version + 1
  const change = { version, value: null, explanation: null, author: AUTHOR, at }
  return { ...latest, ...change, reason: 'Taken out of embut.yaml' }
}

function ruleRow(ruleId: string, rule: SeedRule, at: string): Omit<RuleVersionTable, 'version'> {
  return {
    rule_id: ruleId,
    kind: rule.statement.kind,
    content: JSON.stringify(rule.statement.content),
    is_active: 1,
    valid_from: rule.validFrom,
    author: AUTHOR,
    reason: rule.reason,
    origin: 'config',
    at,
  }
}

function rulesOf({ rules, customFields }: Config): SeedRule[] {
  return [
    ...rules.stageMeanings.map((rule) =>
      seed(rule, {
        kind: 'stageMeaning',
        content: {
          source: rule.source,
          pipeline: rule.pipeline ?? null,
          stage: rule.stage,
          meaning: rule.meaning,
          order: rule.order ?? null,
        },
      }),
    ),
    ...rules.exclusions.map((rule) => seed(rule, { kind: 'exclusion', content: exclusionOf(rule) })),
    ...rules.spellings.map((rule) =>
      seed(rule, {
        kind: 'spelling',
        content: { entity: rule.entity, spelling: rule.from, canonical: rule.to },
      }),
    ),
    ...rules.personLinks.map((rule) =>
      seed(rule, { kind: 'personLink', content: { person: rule.person, sameAs: rule.sameAs } }),
    ),
    ...rules.clientLinks.map((rule) => seed(rule, { kind: 'clientLink', content: clientLinkOf(rule) })),
    ...rules.rfmGrids.map((rule) => seed(rule, { kind: 'rfmGrid', content: rfmGridOf(rule) })),
    ...rules.voiceTopics.map((rule) =>
      seed(rule, {
        kind: 'voiceTopic',
        content: { topic: rule.topic, language: rule.language, words: rule.words },
      }),
    ),
    ...customFields.map((content) => seed({}, { kind: 'customField', content })),
  ]
}

function exclusionOf(rule: Config['rules']['exclusions'][number]) {
  const operator = rule.equals === undefined ? 'contains' : 'equals'
  return {
    source: rule.source ?? null,
    field: rule.field,
    operator,
    value: rule.equals ?? rule.contains ?? '',
  } as const
}

function clientLinkOf(rule: Config['rules']['clientLinks'][number]) {
  const isSame = rule.sameAs !== undefined
  return { client: rule.client, other: rule.sameAs ?? rule.notSameAs ?? '', isSame }
}

function rfmGridOf({ recencyDays, orders, money, segments }: Config['rules']['rfmGrids'][number]) {
  return { recencyDays, orders, money, cells: segments === undefined ? null : cellsOfBlocks(segments).cells }
}

function seed(
  rule: { readonly validFrom?: string | undefined; readonly reason?: string | undefined },
  statement: RuleStatement,
): SeedRule {
  return { statement, validFrom: rule.validFrom ?? null, reason: rule.reason ?? null }
}

function targetsOf(config: Config): NewTarget[] {
  return config.targets.map((target) => ({
    metric: target.metric,
    month: target.month,
    person: target.person ?? null,
    department: target.department ?? null,
    product: target.product ?? null,
    source: target.source ?? null,
    value: target.value,
    author: target.author ?? AUTHOR,
    reason: target.reason ?? null,
  }))
}

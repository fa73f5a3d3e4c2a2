import type { PlanMetric } from '#lib/plan/state.ts'
import { readExplanation, type Explanation } from '#lib/plan/explanation.ts'
import { monthRange } from '#lib/period/month.ts'
import { inRange, textOf, type Ask } from '#lib/server/home/ask.ts'
import { nearestAmount, sumOfAmounts } from '#semantic/plan'
import type { Workspace } from '#services'
import type { TargetScope, TargetVersion } from '#workspace'

/** A version of a target as people read it. */
export type ToldVersion = Pick<TargetVersion, 'version' | 'value' | 'author' | 'reason' | 'validFrom'> & {
  readonly explanation: Explanation | null
}

/** What one person is to reach in the month. */
export type PersonTarget = {
  readonly value: string | null
  /** The newest version, which whoever revises it must have seen; 0 before the first. */
  readonly version: number
  /** The original first. */
  readonly versions: readonly ToldVersion[]
  /** What a revision is written for; null where the target is kept elsewhere, or in several parts. */
  readonly scope: TargetScope | null
}

export type Targets = {
  readonly of: (person: string) => PersonTarget
  /** Whether the reports still lack a change. */
  readonly isPending: boolean
}

type Asked = { readonly month: string; readonly metric: PlanMetric }
type Published = { readonly id: string; readonly person: string; readonly value: string }

/**
 * The targets of people for a month and metric as they stand in the workspace, beside what is published: the reports
 * know which person a name in embut.yaml is, and which targets come from a file. `people` are those the reader plans for.
 */
export async function loadTargets(
  ask: Ask,
  workspace: Pick<Workspace, 'targets'>,
  { month, metric, people }: Asked & { readonly people: ReadonlySet<string> },
): Promise<Targets> {
  const [versions, published] = await Promise.all([
    workspace.targets.versions(month),
    publishedTargets(ask, { month, metric }),
  ])
  const own = versions.filter(
    (each) => each.metric === metric && each.person !== null && each.product === null && each.source === null,
  )
  const personOf = new Map(published.map(({ id, person }) => [keyOf(id), person]))
  const isMine = ({ targetKey, person }: TargetVersion): boolean =>
    people.has(personOf.get(targetKey) ?? person ?? '')
  const byKey = Map.groupBy(own, ({ targetKey }) => targetKey)
  const byPerson = Map.groupBy(byKey.values(), ([first]) =>
    first === undefined ? '' : (personOf.get(first.targetKey) ?? first.person ?? ''),
  )
  const elsewhere = Map.groupBy(
    published.filter(({ id }) => !byKey.has(keyOf(id))),
    ({ person }) => person,
  )
  return {
    of: (person) =>
      targetOf({ metric, month, person }, byPerson.get(person) ?? [], elsewhere.get(person) ?? []),
    isPending: isPending(own.filter(isMine), published),
  }
}

const keyOf = (targetId: string): string => targetId.replace(/:\d+$/, '')

function targetOf(
  fresh: TargetScope,
  kept: readonly (readonly TargetVersion[])[],
  elsewhere: readonly Published[],
): PersonTarget {
  const latest = kept.flatMap((versions) => versions.at(-1) ?? [])
  const values = [...latest.flatMap(({ value }) => value ?? []), ...elsewhere.map(({ value }) => value)]
  const [only] = latest
  return {
    value: values.length === 0 ? null : sumOfAmounts(values.map(nearestAmount)),
    version: only?.version ?? 0,
    versions: kept.flat().map(told),
    scope: elsewhere.length > 0 || latest.length > 1 ? null : only === undefined ? fresh : scopeOf(only),
  }
}

function scopeOf({ metric, month, person, department, product, source }: TargetVersion): TargetScope {
  return { metric, month, person, department, product, source }
}

function told({ version, value, author, reason, validFrom, explanation }: TargetVersion): ToldVersion {
  return { version, value, author, reason, validFrom, explanation: readExplanation(explanation) }
}

function isPending(own: readonly TargetVersion[], published: readonly Published[]): boolean {
  const shown = new Set(published.map(({ id }) => id))
  const current = own.filter(({ isCurrent, value }) => isCurrent && value !== null)
  const gone = new Set(
    own.filter(({ isCurrent, value }) => !isCurrent || value === null).map(({ targetId }) => targetId),
  )
  return current.some(({ targetId }) => !shown.has(targetId)) || [...shown].some((id) => gone.has(id))
}

async function publishedTargets(ask: Ask, { month, metric }: Asked): Promise<readonly Published[]> {
  const { rows } = await ask({
    measures: ['plan_report.current_value'],
    dimensions: ['plan_report.target_id', 'plan_report.manager_id'],
    timeDimensions: inRange('plan_report.month', monthRange(month)),
    filters: [
      { member: 'plan_report.metric', operator: 'equals', values: [metric] },
      { member: 'plan_report.is_current', operator: 'equals', values: ['true'] },
      { member: 'plan_report.manager_id', operator: 'set' },
      { member: 'plan_report.grain', operator: 'equals', values: ['person'] },
    ],
    limit: 10_000,
  })
  return rows.flatMap((row) => {
    const value = textOf(row, 'plan_report.current_value')
    if (value === null) return []
    return {
      id: textOf(row, 'plan_report.target_id') ?? '',
      person: textOf(row, 'plan_report.manager_id') ?? '',
      value: nearestAmount(value),
    }
  })
}

import type { Connection } from '../../connection.ts'
import type { Link, Plan, Step, Way } from './plan.ts'
import { compareByKey, printOf, scratch } from './tables.ts'

/** What is known by now to be not as it was. */
export type Changes = {
  readonly connection: Connection
  readonly plan: Plan
  /** Ids of models and sources with other rows than before. */
  readonly changed: Set<string>
  /** Of those, `<model>(<columns>)` where these columns are not as before. */
  readonly changedColumns: Set<string>
}

/** Whether something that a step reads is not as it was. */
export function isStale({ changed, changedColumns }: Changes, { parents, reads }: Step): boolean {
  return parents.some((parent) => {
    const columns = reads[nameOf(parent)]
    return changed.has(parent) && (columns === undefined || changedColumns.has(columnsName(parent, columns)))
  })
}

/**
 * Selects of the keys of a model whose rows may have changed; none when its rows are as they were, null when any row may
 * have changed.
 */
export function affectedKeys(changes: Changes, step: Step): readonly string[] | null {
  const { plan, changed } = changes
  const selects = new Set<string>()
  for (const parent of plan.steps.filter(({ id }) => step.parents.includes(id) && changed.has(id))) {
    const ways = waysFrom(plan, step, parent)
    if (ways === null) return null
    for (const way of ways) {
      const select = keysBy(changes, { step, parent, way })
      if (select === null) return null
      if (select !== '') selects.add(select)
    }
  }
  const isOfSource = step.parents.some((id) => id.startsWith('source.') && changed.has(id))
  return isOfSource ? null : [...selects]
}

/** How a step depends on a parent; null for the whole of it. */
export function waysFrom(plan: Plan, { byKey }: Step, parent: Step): readonly Way[] | null {
  const ways = byKey?.from[nameOf(parent.id)]
  if (ways !== undefined) return ways
  return byKey?.landed !== undefined && isLanded(plan, parent) ? [{ by: byKey.landed }] : null
}

type Dependence = { readonly step: Step; readonly parent: Step; readonly way: Way }

/** A select of the keys that one way leads to, empty when it leads to none, null when it concerns any key. */
function keysBy({ plan, changedColumns }: Changes, { step, parent, way }: Dependence): string | null {
  const isTable = parent.kind === 'table'
  if (!('by' in way)) return isTable && !changedColumns.has(columnsName(parent.id, way.columns)) ? '' : null
  if (!isTable) return isLanded(plan, parent) && way.through === undefined ? landedKeys(plan, step) : null
  const keysThere = `select key from ${changedKeys(parent.id, way)}`
  if (way.through === undefined) return keysThere
  const links = plan.steps.find(({ id }) => nameOf(id) === way.through && step.parents.includes(id))
  if (links === undefined) return ''
  const [key] = (waysFrom(plan, step, links) ?? []).flatMap((direct) => directKey(direct))
  if (key === undefined) throw new Error(`${way.through} links no keys of ${nameOf(step.id)}`)
  // Links that are gone are told by the linking table's own changes.
  return `select ${key} as key from ${links.relation} where ${way.as ?? way.by} in (${keysThere})`
}

function directKey(way: Way): readonly string[] {
  return 'by' in way && way.through === undefined ? [way.by] : []
}

/** Keys of landed rows that came, went or have another load than those of the model itself. */
function landedKeys(plan: Plan, step: Step): string {
  const views = plan.steps.filter((parent) => isLanded(plan, parent) && step.parents.includes(parent.id))
  const landed = views.flatMap((view) =>
    (waysFrom(plan, step, view) ?? [])
      .flatMap((way) => directKey(way))
      .map((by) => `select ${by} as key, _load_id from ${view.relation}`),
  )
  const now = `(${landed.join(' union all ')})`
  const before = `(select ${step.byKey?.key} as key, _load_id from ${step.relation})`
  return `select key from (${now} except all ${before}) union all select key from (${before} except all ${now})`
}

/** A view each of whose rows is a row of one raw relation, with its load. */
function isLanded({ startedAt }: Plan, { kind, parents, sql }: Step): boolean {
  const isOfOne = kind === 'view' && parents.length === 1 && parents[0]?.startsWith('source.') === true
  return isOfOne && !sql.includes(startedAt) && !OF_OTHER_ROWS.test(sql)
}

const OF_OTHER_ROWS = /\b(over|group|distinct|join|qualify|exists)\b/i

function changedKeys(parent: string, { by, columns = [] }: Link): string {
  return scratch(nameOf(parent), ['by', by, ...columns].join(' '))
}

/** The models that read one. */
export function readersOf({ steps }: Plan, { id }: Step): readonly Step[] {
  return steps.filter(({ kind, parents }) => kind !== 'test' && parents.includes(id))
}

/** Compares a model's rows before and after as its readers need it; true when they differ or nobody asks. */
export async function noteChanges(
  { connection, plan, changed, changedColumns }: Changes,
  step: Step,
  { before, after }: Readonly<Record<'before' | 'after', string>>,
): Promise<boolean> {
  const readers = readersOf(plan, step)
  const isChanged =
    readers.length === 0 ||
    (await printOf(connection, before, null)) !== (await printOf(connection, after, null))
  if (!isChanged) return false
  changed.add(step.id)
  const name = nameOf(step.id)
  const ways = readers.flatMap((reader) => waysFrom(plan, reader, step) ?? [])
  const links = ways.filter((way) => 'by' in way).map((way) => [changedKeys(step.id, way), way] as const)
  for (const [into, { by, columns }] of new Map(links)) {
    await compareByKey(connection, { before, after, by, columns, into })
  }
  const read = readers.flatMap(({ reads }) => (name in reads ? [reads[name] ?? []] : []))
  const keyed = ways.flatMap((way) => ('by' in way ? [] : [way.columns]))
  // Readers that look at the same columns are told by one comparison.
  const lists = [...read, ...keyed].map((columns) => [columnsName(step.id, columns), columns] as const)
  for (const [named, columns] of new Map(lists)) {
    const same = (await printOf(connection, before, columns)) === (await printOf(connection, after, columns))
    if (!same) changedColumns.add(named)
  }
  return true
}

function columnsName(model: string, columns: readonly string[]): string {
  return `${nameOf(model)}(${columns.join(', ')})`
}

/** A model's name, of its id `model.<project>.<name>`. */
export function nameOf(id: string): string {
  return id.split('.')[2] ?? id
}

import type { Connection } from '../../connection.ts'
import { identifier } from '../../sql.ts'
import type { ByKey, Plan, Step } from './plan.ts'
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

/**
 * Selects of the keys of a model whose rows may have changed; none when its rows are as they were, null when any row may
 * have changed.
 */
export function affectedKeys(
  { changed, changedColumns, plan }: Changes,
  step: Step,
): readonly string[] | null {
  if (step.byKey === null) return null
  const selects: string[] = []
  for (const parent of step.parents.filter((id) => changed.has(id))) {
    const name = nameOf(parent)
    const how = step.byKey.from[name]
    const isTable = plan.steps.some(({ id, kind }) => id === parent && kind === 'table')
    if (how === undefined || !isTable) return null
    if ('columns' in how) {
      if (changedColumns.has(columnsName(name, how.columns))) return null
    } else if ('through' in how) selects.push(linkedKeys(plan, step.byKey, { parent: name, ...how }))
    else selects.push(`select key from ${changedKeys(name, how.by)}`)
  }
  return selects
}

type Linked = { readonly parent: string; readonly by: string; readonly through: string }

/** Keys of rows that are linked to changed ones. Links that are gone are told by the linking table's own changes. */
function linkedKeys(plan: Plan, byKey: ByKey, { parent, by, through }: Linked): string {
  const links = plan.steps.find(({ id }) => nameOf(id) === through)?.relation
  const how = byKey.from[through]
  if (links == null || how === undefined || 'columns' in how || 'through' in how) {
    throw new Error(`${through} links no keys`)
  }
  return `select ${identifier(how.by)} as key from ${links}
    where ${identifier(by)} in (select key from ${changedKeys(parent, by)})`
}

function changedKeys(model: string, by: string): string {
  return scratch(model, `by_${by}`)
}

/** Compares a model's rows before and after as its readers need it; true when they differ or nobody asks. */
export async function noteChanges(
  { connection, plan, changed, changedColumns }: Changes,
  step: Step,
  { before, after }: Readonly<Record<'before' | 'after', string>>,
): Promise<boolean> {
  const readers = plan.steps.filter(({ kind, parents }) => kind !== 'test' && parents.includes(step.id))
  const isChanged =
    readers.length === 0 ||
    (await printOf(connection, before, null)) !== (await printOf(connection, after, null))
  if (!isChanged) return false
  changed.add(step.id)
  const name = nameOf(step.id)
  const ways = readers.flatMap(({ byKey }) => byKey?.from[name] ?? [])
  for (const by of new Set(ways.flatMap((how) => ('by' in how ? how.by : [])))) {
    await compareByKey(connection, { before, after, by, into: changedKeys(name, by) })
  }
  for (const columns of ways.flatMap((how) => ('columns' in how ? [how.columns] : []))) {
    const same = (await printOf(connection, before, columns)) === (await printOf(connection, after, columns))
    if (!same) changedColumns.add(columnsName(name, columns))
  }
  return true
}

function columnsName(model: string, columns: readonly string[]): string {
  return `${model}(${columns.join(', ')})`
}

/** A model's name, of its id `model.<project>.<name>`. */
export function nameOf(id: string): string {
  return id.split('.')[2] ?? id
}

import type { Connection } from '../../connection.ts'
import { identifier } from '../../sql.ts'
import { affectedKeys, nameOf, noteChanges, type Changes } from './changes.ts'
import type { Plan, Step } from './plan.ts'
import { collectKeys, countOf, makeLike, partsOf, scratch, SCRATCH } from './tables.ts'

export type ContinuedRun = {
  readonly connection: Connection
  readonly plan: Plan
  /** Ids of the sources whose rows changed since the plan's tables were built. */
  readonly changedSources: ReadonlySet<string>
  /** The moment of this build in place of the plan's, `YYYY-MM-DD HH:MM:SS` in UTC. */
  readonly startedAt: string
  readonly signal?: AbortSignal
  readonly progress?: (event: { done: number; total: number; name: string }) => void
}

/** Above this share of a table's rows it is built whole: taking so many out and in again would cost more. */
const LARGEST_SHARE = 0.2

/**
 * Brings tables of an earlier build to what the raw warehouse holds now, with the same statements: a table is built
 * again when something that it reads is not as it was, the models of a key for the keys concerned alone. Then every
 * test of something that changed runs. Throws on the first that fails; the tables are then worth nothing.
 */
export async function runContinued(run: ContinuedRun): Promise<void> {
  const { connection, plan, signal, progress } = run
  const running = { ...run, changed: new Set(run.changedSources), changedColumns: new Set<string>() }
  await connection.run(`drop schema if exists ${SCRATCH} cascade`)
  await connection.run(`create schema ${SCRATCH}`)
  const total = plan.steps.length
  for (const [index, step] of plan.steps.entries()) {
    signal?.throwIfAborted()
    await runStep(running, step)
    progress?.({ done: index + 1, total, name: nameOf(step.id) })
  }
  await connection.run(`drop schema ${SCRATCH} cascade`)
}

type Running = ContinuedRun & Changes

async function runStep(run: Running, step: Step): Promise<void> {
  const isOfNow = step.sql.includes(run.plan.startedAt)
  const isStale = isOfNow || step.parents.some((parent) => run.changed.has(parent))
  if (!isStale || step.kind === 'seed') return
  if (step.kind === 'view') run.changed.add(step.id)
  else if (step.kind === 'test') await runTest(run, step)
  else await rebuild(run, step, isOfNow)
}

async function runTest({ connection }: Running, step: Step): Promise<void> {
  const failures = await countOf(connection, `(${step.sql})`)
  if (failures > 0) throw new Error(`${nameOf(step.id)}: ${failures} rows do not hold`)
}

async function rebuild(run: Running, step: Step, isOfNow: boolean): Promise<void> {
  const selects = isOfNow ? null : affectedKeys(run, step)
  if (selects === null) return rebuildWhole(run, step)
  if (selects.length === 0) return
  const keys = scratch(nameOf(step.id), 'keys')
  const count = await collectKeys(run.connection, selects, keys)
  if (count > LARGEST_SHARE * (await countOf(run.connection, relationOf(step))))
    return rebuildWhole(run, step)
  if (count > 0) await rebuildKeys(run, step, keys)
}

async function rebuildWhole(run: Running, step: Step): Promise<void> {
  const { connection } = run
  const before = relationOf(step)
  const [, , table = ''] = partsOf(before)
  const after = `${before.slice(0, -1)}__next"`
  await makeLike(connection, before, after)
  await connection.run(`insert into ${after} by name ${statementOf(run, step)}`)
  const isChanged = await noteChanges(run, step, { before, after })
  await connection.run(`drop table ${isChanged ? before : after}`)
  if (isChanged) await connection.run(`alter table ${after} rename to ${identifier(table)}`)
}

async function rebuildKeys(run: Running, step: Step, keys: string): Promise<void> {
  const { connection } = run
  const relation = relationOf(step)
  const [before, after] = [scratch(nameOf(step.id), 'before'), scratch(nameOf(step.id), 'after')]
  const isConcerned = `${identifier(step.byKey?.key ?? '')} in (select key from ${keys})`
  await connection.run(`create or replace table ${before} as from ${relation} where ${isConcerned}`)
  await makeLike(connection, relation, after)
  await connection.run(`insert into ${after} by name ${await statementOfKeys(run, step, keys)}`)
  await connection.run(`delete from ${relation} where ${isConcerned}`)
  await connection.run(`insert into ${relation} from ${after}`)
  await noteChanges(run, step, { before, after })
}

/** The statement reading only what the model says that rows of these keys depend on. */
async function statementOfKeys(run: Running, step: Step, keys: string): Promise<string> {
  let sql = statementOf(run, step)
  for (const [parent, how] of Object.entries(step.byKey?.from ?? {})) {
    if ('through' in how) continue
    const model = run.plan.steps.find(({ id }) => nameOf(id) === parent && step.parents.includes(id))
    if (model === undefined) throw new Error(`${nameOf(step.id)} does not read ${parent}`)
    const view = scratch(nameOf(step.id), parent)
    const rows =
      'columns' in how
        ? `select ${how.columns.map(identifier).join(', ')} from ${relationOf(model)}`
        : `from ${relationOf(model)} where ${identifier(how.by)} in (select key from ${keys})`
    await run.connection.run(`create or replace view ${view} as ${rows}`)
    sql = sql.replaceAll(relationOf(model), view)
  }
  return sql
}

function statementOf({ plan, startedAt }: Running, { sql }: Step): string {
  return sql.replaceAll(plan.startedAt, startedAt)
}

function relationOf({ id, relation }: Step): string {
  if (relation === null) throw new Error(`${id} has no relation`)
  return relation
}

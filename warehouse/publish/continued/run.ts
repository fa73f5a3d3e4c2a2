import type { Connection } from '../../connection.ts'
import { identifier } from '../../sql.ts'
import { affectedKeys, isStale, nameOf, noteChanges, readersOf, waysFrom, type Changes } from './changes.ts'
import type { Plan, Step, Way } from './plan.ts'
import { collectKeys, countOf, partsOf, scratch, shapesOf, SCRATCH } from './tables.ts'

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
  const shapes = await shapesOf(connection)
  const running = { ...run, shapes, changed: new Set(run.changedSources), changedColumns: new Set<string>() }
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

type Running = ContinuedRun &
  Changes & {
    /** Columns and constraints of the tables by their relation. */
    readonly shapes: ReadonlyMap<string, string>
  }

async function runStep(run: Running, step: Step): Promise<void> {
  const isOfNow = step.sql.includes(run.plan.startedAt)
  if (step.kind === 'seed' || !(isOfNow || isStale(run, step))) return
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
  if (count === 0) return
  const rows = await countOf(run.connection, `${relationOf(step)} where ${isConcerned(step, keys)}`)
  const isLarge = Math.max(count, rows) > LARGEST_SHARE * (await countOf(run.connection, relationOf(step)))
  await (isLarge ? rebuildWhole(run, step) : rebuildKeys(run, step, keys))
}

async function rebuildWhole(run: Running, step: Step): Promise<void> {
  const { connection } = run
  const before = relationOf(step)
  const [, , table = ''] = partsOf(before)
  const after = `${before.slice(0, -1)}__next"`
  await makeEmpty(run, step, after)
  await connection.run(`insert into ${after} by name ${await statementOf(run, step)}`)
  const isChanged = await noteChanges(run, step, { before, after })
  await connection.run(`drop table ${isChanged ? before : after}`)
  if (isChanged) await connection.run(`alter table ${after} rename to ${identifier(table)}`)
}

async function makeEmpty({ connection, shapes }: Running, step: Step, table: string): Promise<void> {
  const shape = shapes.get(relationOf(step))
  if (shape === undefined) throw new Error(`${relationOf(step)} is not there to be built again`)
  await connection.run(`create or replace table ${table} ${shape}`)
}

async function rebuildKeys(run: Running, step: Step, keys: string): Promise<void> {
  const { connection } = run
  const relation = relationOf(step)
  const concerned = `${relation} where ${isConcerned(step, keys)}`
  const statement = await statementOf(run, step, keys)
  if (readersOf(run.plan, step).length === 0) {
    run.changed.add(step.id)
    await connection.run(`delete from ${concerned}`)
    await connection.run(`insert into ${relation} by name ${statement}`)
    return
  }
  const [before, after] = [scratch(nameOf(step.id), 'before'), scratch(nameOf(step.id), 'after')]
  await connection.run(`create or replace table ${before} as from ${concerned}`)
  await makeEmpty(run, step, after)
  await connection.run(`insert into ${after} by name ${statement}`)
  await connection.run(`delete from ${concerned}`)
  await connection.run(`insert into ${relation} from ${after}`)
  await noteChanges(run, step, { before, after })
}

function isConcerned({ byKey }: Step, keys: string): string {
  return `${byKey?.key} in (select key from ${keys})`
}

/** The statement reading only what the model says that it reads, or that rows of these keys depend on. */
async function statementOf(run: Running, step: Step, keys?: string): Promise<string> {
  let sql = step.sql.replaceAll(run.plan.startedAt, run.startedAt)
  for (const parent of run.plan.steps.filter(({ id }) => step.parents.includes(id))) {
    const rows = keys === undefined ? null : rowsFrom(waysFrom(run.plan, step, parent), keys)
    const columns = step.reads[nameOf(parent.id)] ?? rows?.columns
    if (columns === undefined && rows?.where === undefined) continue
    const view = scratch(nameOf(step.id), nameOf(parent.id))
    await run.connection.run(
      `create or replace view ${view} as select ${columns?.map(identifier).join(', ') ?? '*'}
       from ${relationOf(parent)} ${rows?.where ?? ''}`,
    )
    sql = sql.replaceAll(relationOf(parent), view)
  }
  return sql
}

/** Which rows of a parent, or which columns, are all that some keys depend on; null for the whole of it. */
function rowsFrom(
  ways: readonly Way[] | null,
  keys: string,
): { columns?: readonly string[] | undefined; where?: string } | null {
  const [way, ...others] = ways ?? []
  if (way === undefined || others.length > 0) return null
  const isLinked = !('by' in way) || way.through !== undefined
  return {
    columns: way.columns,
    ...(isLinked ? {} : { where: `where ${way.by} in (select key from ${keys})` }),
  }
}

function relationOf({ id, relation }: Step): string {
  if (relation === null) throw new Error(`${id} has no relation`)
  return relation
}

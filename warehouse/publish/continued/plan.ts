import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { timestampText } from '../../sql.ts'
import { SLOW_TAG } from '../carry-over.ts'
import type { Manifest } from '../dbt.ts'
import { brokenKeys } from '../keys.ts'

const columnsSchema = z.array(z.string()).min(1)

const waySchema = z.union([
  z.strictObject({
    by: z.string(),
    through: z.string().optional(),
    as: z.string().optional(),
    columns: columnsSchema.optional(),
  }),
  z.strictObject({ columns: columnsSchema }),
])

const byKeySchema = z.strictObject({
  key: z.string(),
  landed: z.string().optional(),
  from: z.record(z.string(), z.union([z.array(waySchema), waySchema.transform((way) => [way])])),
})

/**
 * How the rows of a model with one `key` depend on its parents: on rows of theirs with the same key (`by` names it
 * there), on rows that another parent links to the key (`through` it, where `as` has what `by` has here), or, without
 * `by`, on the whole parent; where `columns` are named, on these alone. On a parent that isn't named they depend whole.
 * Key, `by` and `as` are SQL expressions. `landed` is the key in the views over one source each: which of their rows
 * changed is told by the loads of the rows, that the model has too.
 */
export type ByKey = Readonly<z.output<typeof byKeySchema>>

/** One way in which rows depend on a parent. */
export type Way = Readonly<z.output<typeof waySchema>>

/** A way that leads to some keys. */
export type Link = Extract<Way, { readonly by: string }>

const stepSchema = z.object({
  id: z.string(),
  kind: z.enum(['table', 'view', 'seed', 'test']),
  relation: z.string().nullable(),
  sql: z.string(),
  /** Models, seeds and sources that it reads; through models that dbt writes into others, theirs. */
  parents: z.array(z.string()),
  byKey: byKeySchema.nullable(),
  /** Of some parents, by their names, the only columns that a model reads. */
  reads: z.record(z.string(), columnsSchema),
})

/** A statement of a build, as dbt compiled it. */
export type Step = Readonly<z.output<typeof stepSchema>>

export const planSchema = z.object({
  /** The moment of the build as its statements have it, `YYYY-MM-DD HH:MM:SS` in UTC. */
  startedAt: z.string(),
  steps: z.array(stepSchema),
  /** Relations of the raw warehouse by the id of their dbt source. */
  sources: z.record(z.string(), z.string()),
})

/** The statements of a whole build in an order in which they can run again. */
export type Plan = Readonly<z.output<typeof planSchema>>

const resultsSchema = z.object({
  metadata: z.object({ invocation_started_at: z.string() }),
  results: z.array(
    z.object({
      unique_id: z.string(),
      relation_name: z.string().nullish(),
      compiled_code: z.string().nullish(),
    }),
  ),
})

type Result = z.output<typeof resultsSchema>['results'][number]

/**
 * The plan of the build that dbt has just ended, or null where its statements can't be run again without dbt: a model
 * is materialized in another way than as a table or view, reads what is no step or declared source, or asks for the time.
 */
export async function planOf(stateFolder: string, manifest: Manifest): Promise<Plan | null> {
  const text = await readFile(join(stateFolder, 'target', 'run_results.json'), 'utf8')
  const { metadata, results } = resultsSchema.parse(JSON.parse(text))
  const slow = new Set(Object.keys(manifest.nodes).filter((id) => isSlow(manifest, id)))
  const statements = results.filter(({ unique_id: id }) => {
    const node = manifest.nodes[id]
    if (node === undefined || slow.has(id)) return false
    return node.resource_type !== 'test' || !parentsOf(manifest, id).some((parent) => slow.has(parent))
  })
  const own = statements.map((result) => stepOf(manifest, result)).filter((step) => step !== null)
  const steps = own.flatMap((step) => [step, ...keySteps(manifest, step)])
  const startedAt = momentIn(steps, metadata.invocation_started_at)
  const canRun = steps.every((step) => canRunAgain(step, steps))
  if (own.length < statements.length || !canRun || startedAt === undefined) return null
  const sources = Object.entries(manifest.sources).map(([id, { relation_name: name }]) => [id, name])
  return {
    startedAt,
    steps,
    sources: Object.fromEntries(sources),
  }
}

/** What a step reads of models stands before it, and it gives the same when nothing of that has changed. */
function canRunAgain({ id, sql, parents }: Step, steps: readonly Step[]): boolean {
  const before = new Set(
    steps
      .slice(
        0,
        steps.findIndex((step) => step.id === id),
      )
      .map((step) => step.id),
  )
  const known = parents.every((parent) => before.has(parent) || parent.startsWith('source.'))
  return known && !OF_THE_MOMENT.test(sql)
}

const OF_THE_MOMENT = /\b(now|today|random|uuid|gen_random_uuid)\s*\(|\bcurrent_(date|time|timestamp)\b/i

/** dbt takes the moment that it writes into statements a little after it notes when it began. */
function momentIn(steps: readonly Step[], begun: string): string | undefined {
  const moments = [0, 1, 2].map((seconds) => timestampText(new Date(Date.parse(begun) + seconds * 1000)))
  return moments.find((moment) => steps.some(({ sql }) => sql.includes(moment)))
}

function isSlow(manifest: Manifest, id: string): boolean {
  return manifest.nodes[id]?.config?.tags?.includes(SLOW_TAG) === true
}

function stepOf(manifest: Manifest, result: Result): Step | null {
  const { unique_id: id, relation_name: relation = null, compiled_code: sql } = result
  const node = manifest.nodes[id]
  if (node === undefined) return null
  const parents = [...new Set(parentsOf(manifest, id))]
  const meta = node.config?.meta
  const byKey = byKeySchema.nullable().parse(meta?.['by_key'] ?? null)
  const reads = stepSchema.shape.reads.parse(meta?.['reads'] ?? {})
  const step = { id, relation, sql: sql ?? '', parents, byKey, reads }
  if (node.resource_type === 'seed') return { ...step, kind: 'seed' }
  if (sql === undefined || sql === null) return null
  const readsRaw =
    /"raw"\.|\braw\.\w+\.\w/.test(sql) && !parents.some((parent) => parent.startsWith('source.'))
  if (readsRaw) return null
  if (node.resource_type === 'test') return { ...step, kind: 'test' }
  const kind = node.config?.materialized
  return kind === 'table' || kind === 'view' ? { ...step, kind } : null
}

/** The check of a model's key, which dbt makes in the model's own node. */
function keySteps(manifest: Manifest, { id, relation }: Step): readonly Step[] {
  const sql = relation === null ? null : brokenKeys(relation, manifest.nodes[id]?.config)
  const name = `test.embut.key_of_${id.split('.')[2]}`
  return sql === null
    ? []
    : [{ id: name, kind: 'test', relation: null, sql, parents: [id], byKey: null, reads: {} }]
}

function parentsOf(manifest: Manifest, id: string): readonly string[] {
  return (manifest.nodes[id]?.depends_on?.nodes ?? []).flatMap((parent) =>
    manifest.nodes[parent]?.config?.materialized === 'ephemeral' ? parentsOf(manifest, parent) : [parent],
  )
}

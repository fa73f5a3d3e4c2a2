import { createHash } from 'node:crypto'
import type { Connection } from '../connection.ts'
import { qualified } from '../sql.ts'
import type { Manifest } from './dbt.ts'

/** Checksums of what a published file was built from, by name (a model, or `project`, `warehouse`). */
export type Checksums = ReadonlyMap<string, string>

const NODE_KINDS = ['model', 'seed', 'snapshot']

/** A checksum for each model: its own text with the project's macros it uses and how it is materialised. */
export function modelChecksums(manifest: Manifest): Checksums {
  const nodes = Object.entries(manifest.nodes).filter(([, node]) => NODE_KINDS.includes(node.resource_type))
  return new Map(
    nodes.map(([id, node]) => {
      const macros = macroTexts(manifest, node.depends_on?.macros ?? [])
      return [id, digest([node.checksum?.checksum, node.config?.materialized, ...macros])]
    }),
  )
}

/** The models whose checksum is not the published one, and everything built from them. */
export function changedModels(manifest: Manifest, now: Checksums, published: Checksums): ReadonlySet<string> {
  const changed = new Set([...now].flatMap(([id, checksum]) => (published.get(id) === checksum ? [] : [id])))
  const nodes = Object.entries(manifest.nodes).filter(([id]) => now.has(id))
  for (let before = -1; before !== changed.size;) {
    before = changed.size
    for (const [id, node] of nodes) {
      if (node.depends_on?.nodes.some((parent) => changed.has(parent)) === true) changed.add(id)
    }
  }
  return changed
}

/** Drops the incremental tables among these models, so that dbt builds them anew and whole. */
export async function dropIncremental(
  connection: Connection,
  manifest: Manifest,
  models: ReadonlySet<string>,
): Promise<readonly string[]> {
  const dropped: string[] = []
  for (const [id, node] of Object.entries(manifest.nodes)) {
    if (!models.has(id) || node.config?.materialized !== 'incremental') continue
    await connection.run(`drop table if exists ${qualified(node.schema ?? 'main', node.alias ?? node.name)}`)
    dropped.push(node.name)
  }
  return dropped
}

/** What a published file says it was built from; empty for a file without the note. */
export async function readChecksums(
  connection: Connection,
): Promise<{ checksums: Checksums; hasIncremental: boolean }> {
  const present = await connection.query(`select 1 from duckdb_tables() where table_name = 'meta_models'`)
  if (present.length === 0) return { checksums: new Map(), hasIncremental: false }
  const rows = await connection.query('select unique_id, checksum, materialized from meta_models')
  return {
    checksums: new Map(rows.map((row) => [String(row['unique_id']), String(row['checksum'])])),
    hasIncremental: rows.some((row) => row['materialized'] === 'incremental'),
  }
}

/** Notes in the built file what it was built from. */
export async function writeChecksums(
  connection: Connection,
  manifest: Manifest,
  others: Checksums,
): Promise<void> {
  const rows = [...modelChecksums(manifest), ...others].map(([id, checksum]) => ({
    unique_id: id,
    checksum,
    materialized: manifest.nodes[id]?.config?.materialized ?? null,
  }))
  await connection.run(
    `create or replace table meta_models as select unnest(from_json($1,
       '[{"unique_id":"VARCHAR","checksum":"VARCHAR","materialized":"VARCHAR"}]'), recursive := true)`,
    [JSON.stringify(rows)],
  )
}

function macroTexts(manifest: Manifest, names: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  const visit = (name: string) => {
    const macro = manifest.macros[name]
    if (macro === undefined || seen.has(name) || macro.package_name !== manifest.metadata.project_name) return
    seen.add(name)
    for (const inner of macro.depends_on?.macros ?? []) visit(inner)
  }
  for (const name of names) visit(name)
  return [...seen].sort().map((name) => manifest.macros[name]?.macro_sql ?? '')
}

/** A checksum of a list of texts. */
export function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

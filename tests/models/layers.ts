import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const nodeSchema = z.object({
  name: z.string(),
  resource_type: z.string(),
  path: z.string(),
  description: z.string().default(''),
  config: z.object({
    contract: z.object({ enforced: z.boolean() }).optional(),
    materialized: z.string().optional(),
  }),
  depends_on: z.object({ nodes: z.array(z.string()).default([]) }),
  attached_node: z.string().nullish(),
  test_metadata: z.object({ name: z.string() }).nullish(),
})
const manifestSchema = z.object({ nodes: z.record(z.string(), z.unknown()) })

export type ModelNode = z.output<typeof nodeSchema>
export type Manifest = Readonly<Record<string, ModelNode>>

/** What each layer may read: prefixes of models, and whether sources. */
const LAYERS = {
  staging: { prefixes: ['stg'], reads: ['source'] },
  intermediate: { prefixes: ['int'], reads: ['stg', 'int', 'seed'] },
  marts: { prefixes: ['fct', 'dim', 'meta'], reads: ['stg', 'int', 'dim', 'fct', 'seed'] },
} as const

/** dbt's manifest of a target folder: its models and their tests. */
export async function readManifest(target: string): Promise<Manifest> {
  const text = await readFile(join(target, 'manifest.json'), 'utf8')
  const { nodes } = manifestSchema.parse(JSON.parse(text))
  const known = Object.entries(nodes).filter(([id]) => /^(model|test)\./.test(id))
  return Object.fromEntries(known.map(([id, node]) => [id, nodeSchema.parse(node)]))
}

/** One line per model that breaks a rule of its layer; empty when all hold. */
export function layerProblems(manifest: Manifest): readonly string[] {
  const tested = new Set(
    Object.values(manifest)
      .filter((node) => ['is_key', 'keys_hold'].includes(node.test_metadata?.name ?? ''))
      .map((node) => node.attached_node),
  )
  return Object.entries(manifest)
    .filter(([, node]) => node.resource_type === 'model')
    .flatMap(([id, node]) => [
      ...modelProblems(node),
      // What is no table of its own is tested as part of the one that holds it.
      ...(tested.has(id) || node.config.materialized === 'ephemeral' ? [] : [`${node.name} has no key test`]),
    ])
}

function modelProblems(node: ModelNode): readonly string[] {
  const [folder = ''] = node.path.split('/')
  const layer = Object.entries(LAYERS).find(([name]) => name === folder)?.[1]
  if (layer === undefined) return [`${node.name} lies in no layer: ${node.path}`]
  const allowed: readonly string[] = layer.reads
  const prefixes: readonly string[] = layer.prefixes
  const strangers = node.depends_on.nodes.filter((id) => !allowed.includes(kindOf(id)))
  return [
    ...strangers.map((id) => `${node.name} may not read ${id}`),
    ...(prefixes.includes(node.name.split('_')[0] ?? '') ? [] : [`${node.name} has a name of another layer`]),
    ...(/^One row\b/.test(node.description) ? [] : [`${node.name} does not say its grain first`]),
    ...(folder !== 'marts' || node.config.contract?.enforced === true
      ? []
      : [`${node.name} has no contract`]),
  ]
}

/** `model.embut.stg_files__deals` is `stg`, `source.embut.files.deals` is `source`. */
function kindOf(id: string): string {
  const [type = '', , name = ''] = id.split('.')
  return type === 'model' ? (name.split('_')[0] ?? '') : type
}

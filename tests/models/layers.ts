import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const nodeSchema = z.object({
  name: z.string(),
  path: z.string(),
  description: z.string().default(''),
  config: z.object({
    contract: z.object({ enforced: z.boolean() }).optional(),
    materialized: z.string().optional(),
    unique_key: z.union([z.string(), z.array(z.string())]).nullish(),
  }),
  depends_on: z.object({ nodes: z.array(z.string()).default([]) }),
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

/** dbt's manifest of a target folder: its models. */
export async function readManifest(target: string): Promise<Manifest> {
  const text = await readFile(join(target, 'manifest.json'), 'utf8')
  const { nodes } = manifestSchema.parse(JSON.parse(text))
  const known = Object.entries(nodes).filter(([id]) => /^model\./.test(id))
  return Object.fromEntries(known.map(([id, node]) => [id, nodeSchema.parse(node)]))
}

/** One line per model that breaks a rule of its layer; empty when all hold. */
export function layerProblems(manifest: Manifest): readonly string[] {
  return Object.values(manifest).flatMap((node) => modelProblems(node))
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
    // What is no table of its own has the key of the one that holds it.
    ...(hasKey(node) || node.config.materialized === 'ephemeral' ? [] : [`${node.name} has no unique_key`]),
    ...(folder !== 'marts' || node.config.contract?.enforced === true
      ? []
      : [`${node.name} has no contract`]),
  ]
}

function hasKey({ config }: ModelNode): boolean {
  return (config.unique_key ?? []).length > 0
}

/** `model.embut.stg_files__deals` is `stg`, `source.embut.files.deals` is `source`. */
function kindOf(id: string): string {
  const [type = '', , name = ''] = id.split('.')
  return type === 'model' ? (name.split('_')[0] ?? '') : type
}

import { copyFile, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { withWarehouse } from '../../instance.ts'
import { writeFileDurably } from '../durable.ts'
import { readManifest } from '../dbt.ts'
import { planOf, planSchema } from './plan.ts'
import { printSources } from './source-prints.ts'

const keptSchema = z.object({
  /** The published version whose marts the kept tables stand behind. */
  version: z.string(),
  /** What else the tables were built from: the warehouse, its sources and variables, the project. */
  origin: z.record(z.string(), z.string()),
  prints: z.record(z.string(), z.string()),
  plan: planSchema,
})

const keptText = z.preprocess((text, context) => {
  try {
    return JSON.parse(String(text)) as unknown
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' })
    return z.NEVER
  }
}, keptSchema)

/** What a build leaves for the next one, beside the file of its staging and intermediate tables. */
export type Kept = Readonly<z.output<typeof keptSchema>>

/** The folder of what is kept; made like a state folder of dbt, so that its manifest can be read from it. */
export function keptFolder(stateFolder: string): string {
  return join(stateFolder, 'kept')
}

/** Staging and intermediate tables of the last build. */
export function workFile(stateFolder: string): string {
  return join(keptFolder(stateFolder), 'work.duckdb')
}

/**
 * Reads the note of the last build and takes it away: until a build has ended well its tables may be half changed. Null
 * where there is none that can be read.
 */
export async function takeKept(stateFolder: string): Promise<Kept | null> {
  const text = await readFile(noteFile(stateFolder), 'utf8').catch(() => null)
  await rm(noteFile(stateFolder), { force: true })
  if (text === null) return null
  return keptText.safeParse(text).data ?? null
}

/** What a build can be gone on from, before it is known as which version it is published. */
export type Standing = Pick<Kept, 'plan' | 'prints'>

/** What dbt's build that has just ended leaves; null where it can't be gone on from. */
export async function keepWhole(stateFolder: string, rawFile: string): Promise<Standing | null> {
  const plan = await planOf(stateFolder, await readManifest(stateFolder))
  if (plan === null) return null
  const prints = await withWarehouse(rawFile, { readOnly: true }, (raw) => printSources(raw, plan))
  await mkdir(join(keptFolder(stateFolder), 'target'), { recursive: true })
  await copyFile(
    join(stateFolder, 'target', 'manifest.json'),
    join(keptFolder(stateFolder), 'target', 'manifest.json'),
  )
  return { plan, prints }
}

/** Writes the note last, when all that it tells of is there. */
export async function noteKept(stateFolder: string, kept: Kept): Promise<void> {
  await writeFileDurably(noteFile(stateFolder), JSON.stringify(kept))
}

/** Drops everything kept, so that dbt builds into an empty file. */
export async function dropKept(stateFolder: string): Promise<void> {
  await rm(keptFolder(stateFolder), { recursive: true, force: true })
  await mkdir(keptFolder(stateFolder), { recursive: true })
}

function noteFile(stateFolder: string): string {
  return join(keptFolder(stateFolder), 'built.json')
}

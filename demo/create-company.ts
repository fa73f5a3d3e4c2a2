import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '#config'
import { createCalls } from './company/calls.ts'
import { createClients } from './company/clients.ts'
import { createDeals } from './company/deals.ts'
import { writeCrm } from './company/crm-dataset.ts'
import { createWorld, type DemoSize } from './company/world.ts'
import { writeMarketing } from './files/marketing.ts'
import { settingsText } from './files/settings.ts'
import { writeShop } from './files/shop.ts'
import { writeTelephony } from './files/telephony.ts'

// Raised when the generated data changes, so that an older company on disk is made anew.
const EDITION = 8
const DEFAULT_AS_OF = '2026-11-20'

export type DemoOptions = {
  /** Folder that becomes the company's: `embut.yaml`, `files/` and the fake CRM's `crm/`. */
  readonly dir: string
  readonly size?: DemoSize
  readonly seed?: number
  /** Last day of the company's 36 months, `YYYY-MM-DD`. */
  readonly asOf?: string
  /** Address written into `embut.yaml`; default is the environment variable `DEMO_CRM_URL`. */
  readonly crmUrl?: string
  readonly progress?: (step: string) => void
}

export type DemoSummary = {
  readonly dir: string
  readonly configFile: string
  /** Folder that `startFakeBitrix` serves. */
  readonly crmDir: string
  readonly size: DemoSize
  readonly seed: number
  readonly asOf: string
  /** Records by kind; `clients` are those of the CRM. */
  readonly counts: Readonly<Record<string, number>>
  /** False when the same company was there already. */
  readonly isNew: boolean
}

type Plan = Required<Omit<DemoOptions, 'progress'>> & { readonly progress: (step: string) => void }

/** Generates the demo company below `dir`; the same seed, size and day give the same company and are quick again. */
export async function createDemoCompany(options: DemoOptions): Promise<DemoSummary> {
  const plan = completePlan(options)
  const manifest = join(plan.dir, 'demo.json')
  const known = readManifest(manifest)
  if (known?.key === keyOf(plan)) return summarise(plan, known.counts, false)
  rmSync(manifest, { force: true })
  mkdirSync(plan.dir, { recursive: true })
  const counts = await generate(plan)
  writeFileSync(`${manifest}.part`, JSON.stringify({ key: keyOf(plan), counts }, null, 2) + '\n')
  renameSync(`${manifest}.part`, manifest)
  return summarise(plan, counts, true)
}

async function generate({ dir, size, seed, asOf, crmUrl, progress }: Plan): Promise<Record<string, number>> {
  const world = createWorld(size, seed, asOf)
  progress('clients')
  const clients = createClients(world)
  progress('deals')
  const deals = [...createDeals(world, clients)]
  progress('CRM records')
  const crm = writeCrm(join(dir, 'crm'), world, { clients, deals })
  progress('files of the shop, the telephone system and marketing')
  rmSync(join(dir, 'files'), { recursive: true, force: true })
  const shop = await writeShop(join(dir, 'files/shop'), world, clients)
  const officeCalls = writeTelephony(join(dir, 'files/telephony'), world, createCalls(world, deals, 'office'))
  const marketing = writeMarketing(join(dir, 'files/marketing'), { world, deals })
  writeFileSync(join(dir, 'embut.yaml'), settingsText(world, deals, crmUrl))
  return { clients: clients.length, ...crm, ...shop, officeCalls, ...marketing }
}

function completePlan(options: DemoOptions): Plan {
  const asOf = options.asOf ?? DEFAULT_AS_OF
  if (!/^\d{4}-\d\d-\d\d$/.test(asOf) || Number.isNaN(Date.parse(asOf)))
    throw new UserError(`The demo's as-of day "${asOf}" is not a date; write it as YYYY-MM-DD.`)
  const defaults = { size: 'full', seed: 1, crmUrl: '${DEMO_CRM_URL}', progress: () => undefined } as const
  return { ...defaults, ...options, asOf }
}

function keyOf({ size, seed, asOf, crmUrl }: Plan): string {
  return JSON.stringify({ edition: EDITION, size, seed, asOf, crmUrl })
}

function readManifest(path: string): { key: string; counts: Record<string, number> } | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { key: string; counts: Record<string, number> }
  } catch (error) {
    if (
      error instanceof SyntaxError ||
      (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    )
      return null
    throw error
  }
}

function summarise(
  { dir, size, seed, asOf }: Plan,
  counts: Record<string, number>,
  isNew: boolean,
): DemoSummary {
  return {
    dir,
    configFile: join(dir, 'embut.yaml'),
    crmDir: join(dir, 'crm'),
    size,
    seed,
    asOf,
    counts,
    isNew,
  }
}

import { mkdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadConfig } from '#config'
import { createDemoCompany, demoSignIns, startFakeBitrix, type FakeBitrix } from '#demo'
import { openWorkspace, workspaceOptions } from '#workspace'

/** The miniature company over its fake CRM and its files, each of which knows an earlier and a later state. */
export type TwoStates = {
  readonly crm: FakeBitrix
  /** Makes the CRM show the later state for good: people moved, deals changed and came. */
  moveCrmOn(): void
}

const CHANGED_DEALS = 12
const NEW_DEALS = 3

/** Generates the company in `folder` and serves its CRM in the earlier state. */
export async function openTwoStates(folder: string): Promise<TwoStates> {
  mkdirSync(folder, { recursive: true })
  const company = await createDemoCompany({ dir: folder, size: 'miniature' })
  const crm = await startFakeBitrix({ dataDir: company.crmDir })
  crm.portal.rewind()
  await createSignIns(company.configFile, crm.url)
  return { crm, moveCrmOn: () => moveOn(crm) }
}

/** Makes a company's files show their later state: a tenth of this year's calls is gone from the telephony's list. */
export async function moveFilesOn(folder: string): Promise<void> {
  const file = join(folder, 'files/telephony/calls-2026.csv')
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
  await writeFile(file, `${lines.slice(0, Math.ceil(lines.length * 0.9)).join('\n')}\n`)
}

function moveOn({ portal }: FakeBitrix): void {
  portal.forward()
  const deals = portal.table('deals')
  const last = deals.idAt(deals.size - 1)
  for (let id = last; id > last - CHANGED_DEALS; id--)
    if (portal.record('deals', id) !== null) portal.upsert('deals', id, { title: `Renamed ${id}` })
  const sample = portal.record('deals', last) ?? {}
  for (let id = last + 1; id <= last + NEW_DEALS; id++) portal.upsert('deals', id, { ...sample, id })
}

async function createSignIns(configFile: string, crmUrl: string): Promise<void> {
  const config = loadConfig(configFile, { ...process.env, DEMO_CRM_URL: crmUrl })
  const workspace = await openWorkspace(workspaceOptions(config))
  for (const signIn of demoSignIns) await workspace.users.create(signIn)
  await workspace.close()
}

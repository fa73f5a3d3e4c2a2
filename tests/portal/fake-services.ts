import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig, type Config } from '#config'
import { createExports } from '#exports'
import { createAuth } from '#lib/server/auth.ts'
import { createSemantic, type Role } from '#semantic'
import type { Control, Services } from '#services'
import { openWorkspace, type Workspace } from '#workspace'
import { NOW, publishCompany } from './company.ts'

export const PASSWORD = 'a good password'

const YAML = `
company:
  name: Vidres del Vallès
  timezone: Europe/Madrid
  currency: EUR
  locale: en-GB
  country: ES
sources:
  crm: { connector: files, folder: data, files: [{ match: 'deals.csv', entity: deals, columns: { deal_id: id } }] }
  telephony: { connector: files, folder: data, files: [{ match: 'calls.csv', entity: calls, columns: { call_id: id, started_at: at } }] }
`

export function testConfig(): Config {
  return parseConfig(YAML, join(tmpdir(), 'embut.yaml'), {})
}

export const SIGN_INS: readonly {
  role: Role
  name: string
  personId: string | null
  departmentIds: string[]
}[] = [
  { role: 'administrator', name: 'Eva Mas', personId: null, departmentIds: [] },
  { role: 'head', name: 'Oriol Camps', personId: null, departmentIds: ['crm:d1', 'crm:d2'] },
  { role: 'manager', name: 'Marta Vidal', personId: 'crm:p1', departmentIds: [] },
  { role: 'marketer', name: 'Laia Font', personId: null, departmentIds: [] },
  { role: 'analyst', name: 'Bernat Gil', personId: null, departmentIds: [] },
]

export function emailOf(role: string): string {
  return `${role}@example.com`
}

/** A sign-in per role, and one head and one manager without a link. */
export async function addPeople(workspace: Workspace): Promise<void> {
  for (const { role, ...rest } of SIGN_INS) {
    await workspace.users.create({ ...rest, role, email: emailOf(role), password: PASSWORD })
  }
  await workspace.users.create({
    name: 'Pol Nou',
    role: 'manager',
    email: emailOf('unlinked'),
    password: PASSWORD,
  })
}

const minutesAgo = (minutes: number): string => new Date(NOW.getTime() - minutes * 60_000).toISOString()

async function addLoads(workspace: Workspace): Promise<void> {
  const line = ([loadId, sourceName, stream, minutes, rows]: [number, string, string, number, number]) => ({
    ...{ loadId, sourceName, stream, rowsRead: rows, rowsInserted: Math.round(rows * 0.1) },
    ...{
      startedAt: minutesAgo(minutes + 1),
      finishedAt: minutesAgo(minutes),
      bytes: rows * 180,
      durationMs: 900 + rows,
    },
    ...{
      rowsUpdated: Math.round(rows * 0.3),
      rowsDeleted: 0,
      rowsQuarantined: stream === 'deals' ? 3 : 0,
      flags: [],
    },
  })
  await workspace.loads.record([
    line([41, 'crm', 'deals', 64, 5200]),
    line([42, 'crm', 'deals', 4, 120]),
    line([42, 'crm', 'people', 4, 7]),
    line([43, 'telephony', 'calls', 6, 310]),
  ])
}

/** Fields of the CRM's own, one of which somebody ticked. */
async function addCustomFields(workspace: Workspace): Promise<void> {
  const seen = { source: 'crm', entity: 'deals', records: 200, name: null } as const
  await workspace.discoveredFields.keep('crm', [
    { ...seen, field: 'ufTown', filled: 180, type: 'list', samples: ['Sabadell', 'Terrassa'] },
    { ...seen, field: 'ufFee', filled: 12, type: 'money', samples: ['100|EUR'] },
  ])
  const ticked = {
    source: 'crm',
    entity: 'deals',
    field: 'ufTown',
    key: 'custom_town',
    label: 'Town',
  } as const
  const content = { ...ticked, type: 'list', folder: 'Client', isPersonal: true } as const
  await workspace.rules.add({ kind: 'customField', content, author: 'anna', reason: null })
}

export type FakeServices = Omit<Services, 'auth' | 'publicUrl'> & { close(): Promise<void> }

const control: Control = {
  requestSync: async () => {},
  requestRetry: async () => {},
  readProgress: async () => [],
  appendWebhook: async () => '',
}

const months = { close: async () => {}, reopen: async () => {} }

/** Everything but sign-in: the real semantic layer on a published company, a workspace in memory. */
export async function openServices(): Promise<FakeServices> {
  const config = testConfig()
  const now = (): Date => NOW
  const workspace = await openWorkspace({
    file: ':memory:',
    dataDir: mkdtempSync(join(tmpdir(), 'embut-key-')),
  })
  await addPeople(workspace)
  await addLoads(workspace)
  await addCustomFields(workspace)
  const semantic = await createSemantic({
    projectRoot: process.cwd(),
    publishedDir: await publishCompany(),
    poolSize: 2,
    watch: false,
  })
  const tempDir = mkdtempSync(join(tmpdir(), 'embut-exports-'))
  const exports = createExports({ semantic, workspace, tempDir, company: config.company, now })
  const close = async (): Promise<void> => {
    await semantic.close()
    await workspace.close()
  }
  return { config, workspace, templates: workspace.templates, semantic, exports, control, months, now, close }
}

/** Adds sign-in for the address that the portal is opened at. */
export function withSignIn(services: FakeServices, publicUrl: string): Services {
  const { workspace } = services
  const secret = 'a secret of the tests, long enough'
  return {
    ...services,
    publicUrl,
    auth: createAuth({ db: workspace.db, type: workspace.kind, secret, baseUrl: publicUrl }),
  }
}

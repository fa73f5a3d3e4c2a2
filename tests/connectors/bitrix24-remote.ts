import { loadConfig, type Bitrix24Source } from '#config'
import { startFakeBitrix, type DemoSummary, type FakeBitrix, type Limits } from '#demo'
import type { ConnectorContext } from '../../ingest/connector.ts'
import { bitrix24 } from '../../ingest/connectors/bitrix24/index.ts'
import type { Remote } from './conformance.ts'

const START = Date.parse('2026-11-21T08:00:00Z')

const TABLES: Readonly<Record<string, Parameters<FakeBitrix['portal']['table']>[0]>> = { stages: 'statuses' }

export type BitrixRemote = Remote & {
  readonly crm: FakeBitrix
  readonly context: ConnectorContext
  readonly secrets: Map<string, string>
}

export type BitrixRemoteOptions = {
  readonly auth: 'webhook' | 'oauth'
  readonly limits?: Limits
  readonly since?: string
}

/** The fake portal of a company, a connector on it, and one clock for both that moves when somebody waits. */
export async function startRemote(
  company: DemoSummary,
  { auth, limits, since }: BitrixRemoteOptions,
): Promise<BitrixRemote> {
  let now = START
  const waits: number[] = []
  const secrets = new Map<string, string>()
  const crm = await startFakeBitrix({
    dataDir: company.crmDir,
    now: () => now,
    ...(limits ? { limits } : {}),
  })
  const config = loadConfig(company.configFile, { DEMO_CRM_URL: crm.url })
  const source: Bitrix24Source = {
    ...{ name: 'crm', connector: 'bitrix24', url: crm.url, ...(since ? { since } : {}) },
    auth: auth === 'webhook' ? { webhook: crm.webhook } : crm.oauth,
  }
  const context: ConnectorContext = {
    ...{ source, config, fetch, now: () => new Date(now), logger: SILENT },
    sleep: (milliseconds) => {
      waits.push(milliseconds)
      now += milliseconds
      return Promise.resolve()
    },
    secrets: {
      get: (key) => Promise.resolve(secrets.get(key) ?? null),
      set: (key, value) => Promise.resolve(void secrets.set(key, value)),
    },
  }
  const wait = (hours: number) => void (now += hours * 3_600_000)
  const records = changesOf(crm)
  return {
    ...{ crm, context, secrets, waits, wait, ...records, faults: faultsOf(crm), changing: 'deals' },
    session: () => bitrix24.open(context),
    unfit: {
      column: 'moved_time',
      fields: { movedTime: '2026-02-31T10:00:00+01:00' },
      expected: '2026-02-31T10:00:00+01:00',
    },
    close: () => crm.close(),
  }
}

const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

function changesOf(crm: FakeBitrix): Pick<Remote, 'keys' | 'rename' | 'nameOf' | 'add' | 'remove'> {
  const table = (stream: string) => crm.portal.table(TABLES[stream] ?? tableName(stream))
  return {
    keys: (stream) =>
      Array.from({ length: table(stream).size }, (_, index) => keyAt(stream, table(stream), index)),
    rename: (key, title) => crm.portal.upsert('deals', Number(key), { title }),
    nameOf: (row) => row['title'],
    add(fields) {
      const deals = table('deals')
      const id = deals.idAt(deals.size - 1) + 1
      crm.portal.upsert('deals', id, { title: 'Added', stageId: 'NEW', ...fields })
      return String(id)
    },
    remove: (key) => void crm.portal.remove('deals', Number(key)),
  }
}

function tableName(stream: string): Parameters<FakeBitrix['portal']['table']>[0] {
  const names = [
    'deals',
    'contacts',
    'companies',
    'pipelines',
    'stage_history',
    'users',
    'departments',
    'activities',
    'calls',
  ] as const
  const found = names.find((name) => name === stream)
  if (!found) throw new Error(`no table for ${stream}`)
  return found
}

function keyAt(stream: string, table: ReturnType<FakeBitrix['portal']['table']>, position: number): string {
  if (stream !== 'stages') return String(table.idAt(position))
  const status: { ENTITY_ID: string; STATUS_ID: string } = JSON.parse(table.textAt(position))
  return `${status.ENTITY_ID}:${status.STATUS_ID}`
}

function faultsOf({ faults }: FakeBitrix): Remote['faults'] {
  return {
    tooManyCalls: (every) => void (faults.rateLimitEvery = every),
    hangUps: (every) => void (faults.hangUpEvery = every),
    serverErrors: (every) => void (faults.serverErrorEvery = every),
    repeatedBorders: () => void (faults.repeatsBorder = true),
    beforePage(number, action) {
      let pages = 0
      faults.onPage = () => (++pages === number ? action() : undefined)
    },
    calm() {
      for (const name of Object.keys(faults)) Reflect.deleteProperty(faults, name)
    },
  }
}

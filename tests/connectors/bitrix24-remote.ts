import { loadConfig, type Bitrix24Source } from '#config'
import { startFakeBitrix, type DemoSummary, type FakeBitrix, type Limits } from '#demo'
import type { ConnectorContext } from '../../ingest/connector.ts'
import { bitrix24 } from '../../ingest/connectors/bitrix24/index.ts'
import { rawNumber, type Remote } from './conformance.ts'
import { createBench } from './test-context.ts'

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
  const config = loadConfig(company.configFile, { DEMO_CRM_URL: 'http://127.0.0.1' })
  const bench = createBench(config)
  const crm = await startFakeBitrix({
    dataDir: company.crmDir,
    now: () => bench.now(),
    ...(limits ? { limits } : {}),
  })
  const source: Bitrix24Source = {
    ...{ name: 'crm', connector: 'bitrix24', url: crm.url, ...(since ? { since } : {}) },
    ...{ tasks: true, payments: true },
    auth: auth === 'webhook' ? { webhook: crm.webhook } : crm.oauth,
  }
  return {
    ...{ crm, connector: bitrix24, secrets: bench.secrets, waits: bench.waits },
    ...{ ...changesOf(crm), ...EXAMPLES, faults: faultsOf(crm), changing: 'deals', retryAfterMs: null },
    context: bench.context(source),
    wait: (hours) => bench.wait(hours),
    requests: () => bench.requests(),
    session: (options) => bitrix24.open(bench.context(source, options)),
    skips: {
      cap: 'a list may be as long as it is',
      ...(auth === 'oauth'
        ? {}
        : {
            'expiring token': 'a webhook does not expire',
            'rotated refresh token': 'a webhook is not rotated',
          }),
    },
    close: () => crm.close(),
  }
}

const EXAMPLES: Pick<Remote, 'unfit' | 'exact' | 'zoned'> = {
  unfit: {
    column: 'moved_time',
    fields: { movedTime: '2026-02-31T10:00:00+01:00' },
    expected: '2026-02-31T10:00:00+01:00',
  },
  exact: {
    column: 'opportunity',
    fields: { opportunity: rawNumber('12345678901234.5678') },
    expected: '12345678901234.5678',
  },
  zoned: {
    column: 'closedate',
    fields: { closedate: '2026-07-01T02:00:00+03:00' },
    expected: Date.parse('2026-06-30T23:00:00Z'),
  },
}

type Changes = Pick<Remote, 'keys' | 'changeable' | 'rename' | 'nameOf' | 'add' | 'addMalformed' | 'remove'>

function changesOf(crm: FakeBitrix): Changes {
  const ownFields = () => {
    const seen = ['companies', 'contacts', 'deals'].flatMap((name) =>
      Object.keys(JSON.parse(table(name).textAt(0))).map((field) => `${name}:${field}`),
    )
    return [...seen.filter((key) => /:uf/.test(key)), 'deals:ufMounting']
  }
  const table = (stream: string) => crm.portal.table(TABLES[stream] ?? tableName(stream))
  return {
    keys: (stream) =>
      stream === 'fields'
        ? ownFields()
        : Array.from({ length: table(stream).size }, (_, index) => keyAt(stream, table(stream), index)),
    changeable: () => String(table('deals').idAt(0)),
    addMalformed: () => {
      const malformed = { id: null, title: 'Malformed', updatedTime: '2026-11-20T00:00:00Z' }
      crm.portal.table('deals').upsert(999_999, Infinity, malformed)
    },
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
    'product_sections',
    'products',
    'product_rows',
    'invoices',
    'leads',
    'lead_history',
    'quotes',
    'tasks',
    'order_deals',
    'order_payments',
  ] as const
  const found = names.find((name) => name === stream)
  if (!found) throw new Error(`no table for ${stream}`)
  return found
}

function keyAt(stream: string, table: ReturnType<FakeBitrix['portal']['table']>, position: number): string {
  const id = String(table.idAt(position))
  if (stream === 'order_deals') return `${id}|${id}`
  if (stream !== 'stages') return id
  const status: { ENTITY_ID: string; STATUS_ID: string } = JSON.parse(table.textAt(position))
  return `${status.ENTITY_ID}:${status.STATUS_ID}`
}

function faultsOf({ faults }: FakeBitrix): Remote['faults'] {
  return {
    tooManyCalls: (every) => void (faults.rateLimitEvery = every),
    hangUps: (every) => void (faults.hangUpEvery = every),
    serverErrors: (every) => void (faults.serverErrorEvery = every),
    expiredTokens: (every) => void (faults.expireTokenEvery = every),
    cap: () => undefined,
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

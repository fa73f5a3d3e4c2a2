import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  createSales,
  ownValuesOf,
  startFakeBitrix,
  startFakeHubspot,
  startFakeMegaplan,
  startFakeSalesforce,
  startFakeZoho,
  type FakeTable,
} from '#demo'
import { parseConfig, type SourceConfig } from '#config'
import { syncSources } from '#ingest'
import { withWarehouse } from '#warehouse'
import { openWorkspace, workspaceOptions } from '#workspace'
import { hubspot } from '../../ingest/connectors/hubspot/index.ts'
import { megaplan } from '../../ingest/connectors/megaplan/index.ts'
import { salesforce } from '../../ingest/connectors/salesforce/index.ts'
import { zoho } from '../../ingest/connectors/zoho/index.ts'
import type { Connector } from '../../ingest/connector.ts'
import { createMiniature } from '../demo/company.ts'
import { streamOf } from './conformance.ts'
import { createLanding, land } from './landing.ts'
import { testConfig } from './service-remote.ts'
import { COMPANY, makeSourceProject } from './source-project.ts'
import { createBench } from './test-context.ts'

const whole = createSales()
const sales = { ...whole, deals: whole.deals.slice(-30), calls: [] }
const NOW = { now: () => Date.parse('2026-11-21T08:00:00Z'), sales }

type Started = {
  readonly connector: Connector
  readonly source: SourceConfig
  readonly deals: FakeTable
  readonly fields: FakeTable
  /** What the service calls a field of the company's own, and how it describes one of text. */
  nameOf(name: string): string
  described(name: string): Readonly<Record<string, unknown>>
  close(): Promise<void>
}

const SERVICES: Readonly<Record<string, () => Promise<Started>>> = {
  hubspot: async () => {
    const fake = await startFakeHubspot(NOW)
    return {
      ...{ connector: hubspot, deals: fake.table('deals'), fields: fake.table('fields'), close: fake.close },
      source: { name: 'crm', connector: 'hubspot', url: fake.url, auth: { token: fake.token } },
      nameOf: (name) => `nordwind_${name}`,
      described: (name) => ({ object: 'deals', name, label: name, type: 'string', fieldType: 'text' }),
    }
  },
  salesforce: async () => {
    const fake = await startFakeSalesforce(NOW)
    const more = { apiVersion: '61.0', auth: fake.oauth }
    return {
      ...{ connector: salesforce, deals: fake.table('deals'), fields: fake.table('fields') },
      ...{ close: fake.close, source: { name: 'crm', connector: 'salesforce', url: fake.url, ...more } },
      nameOf: (name) => `Nordwind_${name}__c`,
      described: (name) => ({ object: 'Opportunity', name, label: name, type: 'string', custom: true }),
    }
  },
  zoho: async () => {
    const fake = await startFakeZoho(NOW)
    return {
      ...{ connector: zoho, deals: fake.table('deals'), fields: fake.table('fields'), close: fake.close },
      source: { name: 'crm', connector: 'zoho', url: fake.url, auth: fake.oauth },
      nameOf: (name) => `Nordwind_${name}`,
      described: (name) => ({ module: 'Deals', api_name: name, data_type: 'text', custom_field: true }),
    }
  },
  megaplan: async () => {
    const fake = await startFakeMegaplan(NOW)
    const more = { auth: fake.auth, changedField: 'timeUpdated' }
    return {
      ...{ connector: megaplan, deals: fake.table('deals'), fields: fake.table('fields') },
      ...{ close: fake.close, source: { name: 'crm', connector: 'megaplan', url: fake.url, ...more } },
      nameOf: (name) => `Category1000076CustomField${name}`,
      described: (name) => ({ name, hrName: name, type: 'string' }),
    }
  },
}

/** What a source has of its own fields, by the key of a deal. */
async function customOf(started: Started, into = createLanding(), bench = createBench(testConfig())) {
  const session = await started.connector.open(bench.context(started.source))
  await land(session, streamOf(session, 'deals'), { into })
  return (key: string): Readonly<Record<string, unknown>> =>
    JSON.parse(String(into.rows.get(key)?.['custom'] ?? '{}'))
}

async function running(name: string, run: (started: Started) => Promise<void>): Promise<void> {
  const start = SERVICES[name]
  if (start === undefined) throw new RangeError(name)
  const started = await start()
  try {
    await run(started)
  } finally {
    await started.close()
  }
}

test.each(Object.keys(SERVICES))('%s gives the fields that a company added to its deals', (name) =>
  running(name, async (started) => {
    const custom = await customOf(started)
    for (const [index, key] of started.deals.ids().entries()) {
      const { roof, area } = ownValuesOf(sales.deals[index] ?? { id: 0 })
      expect(custom(key)[started.nameOf('roof')] ?? null).toBe(roof)
      expect(Number(custom(key)[started.nameOf('area')] ?? 0)).toBe(area ?? 0)
    }
  }),
)

test.each(Object.keys(SERVICES))(
  '%s is asked for a field that appears later, and records have it with their next change',
  (name) =>
    running(name, async (started) => {
      const landing = createLanding()
      const bench = createBench(testConfig())
      await customOf(started, landing, bench)
      const late = started.nameOf('late')
      started.fields.upsert(late, started.described(late))
      const [key = ''] = started.deals.ids()
      started.deals.upsert(key, { [late]: 'here now' })
      const custom = await customOf(started, landing, bench)
      expect(custom(key)[late]).toBe('here now')
    }),
)

// Megaplan lists a hundred of them, which an address still holds.
test.each(['hubspot', 'salesforce', 'zoho'])(
  '%s gives hundreds of fields, however few a call may name',
  (name) =>
    running(name, async (started) => {
      const [key = ''] = started.deals.ids()
      const names = Array.from({ length: 310 }, (_, index) => started.nameOf(`field_number_${index}`))
      for (const each of names) started.fields.upsert(each, started.described(each))
      started.deals.upsert(key, Object.fromEntries(names.map((each, index) => [each, `value ${index}`])))
      const custom = await customOf(started)
      expect(names.filter((each, index) => custom(key)[each] !== `value ${index}`)).toEqual([])
    }),
)

test('a list of Bitrix24 is told by the names of its values, as they are called now', async () => {
  const company = await createMiniature()
  const crm = await startFakeBitrix({ dataDir: company.crmDir, now: NOW.now })
  const project = makeSourceProject('connector: files')
  try {
    const yaml = `${COMPANY}
sources: { crm: { connector: bitrix24, url: '${crm.url}', auth: { webhook: '${crm.webhook}' } } }
customFields:
  - { source: crm, entity: deals, field: ufMounting, label: Where it stands, type: list }`
    const config = parseConfig(yaml, join(project.folder, 'embut.yaml'), {})
    const deals = crm.portal.table('deals')
    crm.portal.upsert('deals', deals.idAt(0), { ufMounting: ['45', 44] })
    crm.portal.upsert('deals', deals.idAt(1), { ufMounting: 45 })
    const workspace = await openWorkspace(workspaceOptions(config, {}))
    const streams = ['deals', 'fields', 'custom_fields']
    await syncSources({ config, workspace, streams, now: () => new Date(NOW.now()) })
    const seen = await workspace.discoveredFields.list()
    await workspace.close()
    expect(seen.find(({ field }) => field === 'ufMounting')).toMatchObject({
      ...{ name: 'Where it stands', type: 'list', filled: 2 },
    })
    const rows = await withWarehouse(join(config.dataDir, 'raw.duckdb'), { readOnly: true }, (connection) =>
      connection.query('select text_value from raw_embut.custom_values order by record_id'),
    )
    expect(rows.map((row) => row['text_value'])).toEqual(['Flat roof, Pitched roof', 'Flat roof'])
  } finally {
    project.dispose()
    await crm.close()
  }
})

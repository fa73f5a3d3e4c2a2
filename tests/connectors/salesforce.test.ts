import { describe, expect, test } from 'vitest'
import { createSales, startFakeSalesforce, type FakeSalesforce, type SalesforceTable } from '#demo'
import { salesforce } from '../../ingest/connectors/salesforce/index.ts'
import { connectorConformance, Killed, rawNumber, streamOf } from './conformance.ts'
import { createLanding, land } from './landing.ts'
import { ownFieldsOf, startServiceRemote, type RemoteSpec } from './service-remote.ts'

const sales = createSales()

const spec: RemoteSpec<FakeSalesforce> = {
  connector: salesforce,
  key: 'Id',
  start: (bench) => startFakeSalesforce({ now: () => bench.now(), sales }),
  source: ({ url, oauth }) => ({
    ...{ name: 'crm', connector: 'salesforce', url, apiVersion: '61.0', auth: oauth },
  }),
  tableOf: (fake) => fake.table('deals'),
  keys: (fake, stream) =>
    stream === 'fields' ? ownFieldsOf(fake.table('fields')) : fake.table(stream as SalesforceTable).ids(),
  changing: 'deals',
  hide: (fake, key) => {
    fake.table('deals').remove(key)
    fake.emptyBin()
  },
  name: { field: 'Name', column: 'name' },
  added: () => ({ Name: 'Added', CreatedDate: '2026-11-20T00:00:00.000+0000' }),
  unfit: { column: 'close_on', fields: { CloseDate: 'soon' }, expected: 'soon' },
  exact: {
    column: 'amount',
    fields: { Amount: rawNumber('12345678901234.5678') },
    expected: '12345678901234.5678',
  },
  zoned: {
    column: 'stage_changed_at',
    fields: { LastStageChangeDate: '2026-07-01T02:00:00.000+0300' },
    expected: Date.parse('2026-06-30T23:00:00Z'),
  },
  retryAfterMs: 2000,
  skips: { cap: 'a list may be as long as it is' },
}

const bulk: RemoteSpec<FakeSalesforce> = {
  ...spec,
  source: ({ url, oauth }) => ({
    ...{ name: 'crm', connector: 'salesforce', url, apiVersion: '61.0', auth: oauth, bulk: true },
  }),
  // Results are text, which is kept as it is.
  zoned: {
    column: 'stage_changed_at',
    fields: { LastStageChangeDate: '2026-06-30T23:00:00.000Z' },
    expected: Date.parse('2026-06-30T23:00:00Z'),
  },
}

describe('salesforce by Bulk API 2.0', () => {
  connectorConformance(() => startServiceRemote(bulk))

  test('an order outlives the process that made it, is not made twice, and nothing is left behind', async () => {
    const remote = await startServiceRemote(bulk)
    try {
      const landing = createLanding()
      const killed = await remote.session({ killAt: 4 })
      const reading = land(killed, streamOf(killed, 'deals'), { into: landing })
      await expect(reading).rejects.toBeInstanceOf(Killed)
      const ordered = [...remote.fake.orders.keys()]
      expect(ordered).toHaveLength(1)
      const session = await remote.session()
      await land(session, streamOf(session, 'deals'), { into: landing })
      expect([remote.fake.orders.size, landing.read]).toEqual([0, sales.deals.length])
    } finally {
      await remote.close()
    }
  })
})

describe('salesforce', () => {
  connectorConformance(() => startServiceRemote(spec))

  test('asks anew when the service forgot where a query stood', async () => {
    const remote = await startServiceRemote(spec)
    try {
      remote.faults.beforePage(2, () => remote.fake.expireLocators())
      const session = await remote.session()
      const landing = createLanding()
      await land(session, streamOf(session, 'deals'), { into: landing })
      expect(landing.rows.size).toBe(sales.deals.length)
    } finally {
      await remote.close()
    }
  })
})

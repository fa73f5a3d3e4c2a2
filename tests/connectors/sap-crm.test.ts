import { describe, expect, test } from 'vitest'
import { startFakeSapCrm, type FakeSapCrm, type SapCrmTable } from '#demo'
import { sapCrm } from '../../ingest/connectors/sap_crm/index.ts'
import { connectorConformance, rawNumber, streamOf } from './conformance.ts'
import { createLanding, land } from './landing.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const spec: RemoteSpec<FakeSapCrm> = {
  connector: sapCrm,
  // The service gives few at once here, so that a list has several pages.
  start: async (bench) => {
    const fake = await startFakeSapCrm({ now: () => bench.now() })
    fake.limits.page = 100
    return fake
  },
  source: ({ url, auth, client }) => ({
    ...{ name: 'crm', connector: 'sap_crm', url, auth, client, changedField: 'ChangedAt' },
    lists: { tasks: 'CRM_TASK/Tasks', lines: 'ZCRM_OPPORTUNITY_SRV/Items', leads: 'ZCRM_LEAD_SRV/Leads' },
  }),
  tableOf: (fake) => fake.table('deals'),
  keys: (fake, stream) => fake.table(stream as SapCrmTable).ids(),
  changing: 'deals',
  key: 'ObjectId',
  name: { field: 'Description', column: 'title' },
  added: () => ({ Description: 'Added', StatusText: 'Open' }),
  unfit: { column: 'close_on', fields: { ClosingDate: 'soon' }, expected: 'soon' },
  exact: {
    column: 'amount',
    fields: { ExpRevenue: rawNumber('12345678901234.5678') },
    expected: '12345678901234.5678',
  },
  zoned: {
    column: 'created_at',
    fields: { CreatedAt: '/Date(1422921600000+0060)/' },
    expected: 1_422_921_600_000,
  },
  retryAfterMs: 15_000,
  skips: {
    'newest first': 'no field is certain to tell of a change, so lists are read whole',
    'stage history': 'the services have no log of phases: moves are seen in the versions of a deal',
    'expiring token': 'a user and a password do not expire',
    'rotated refresh token': 'there is no token',
    cap: 'a list may be as long as it is',
  },
}

describe('sap_crm', () => {
  connectorConformance(() => startServiceRemote(spec))

  test('reads a list whole each time where no field tells of a change, and leaves out what is not there', async () => {
    const remote = await startServiceRemote(spec)
    const { url, auth, client } = remote.fake
    const source = { name: 'crm', connector: 'sap_crm', url, auth, client, lists: { contacts: '' } } as const
    const session = await sapCrm.open(remote.bench.context(source))
    const landing = createLanding()
    for (const _ of [1, 2]) await land(session, streamOf(session, 'deals'), { into: landing })
    expect(landing.read).toBe(2 * landing.rows.size)
    const none = createLanding()
    await land(session, streamOf(session, 'contacts'), { into: none })
    expect(none.flags).toEqual(['the service does not offer contacts'])
    await remote.close()
  })
})

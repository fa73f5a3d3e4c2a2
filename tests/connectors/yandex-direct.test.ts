import { describe, expect, test } from 'vitest'
import { startFakeDirect, type FakeDirect } from '#demo'
import { yandexDirect } from '../../ingest/connectors/yandex_direct/index.ts'
import { connectorConformance, streamOf } from './conformance.ts'
import { createLanding, land } from './landing.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const SINCE = '2026-07-01'
const DAY = '2026-11-20'

const spec: RemoteSpec<FakeDirect> = {
  connector: yandexDirect,
  start: () => startFakeDirect({ firstDay: SINCE }),
  source: ({ url, token }) => ({
    ...{ name: 'crm', connector: 'yandex_direct', url, auth: { token }, vat: 'with', since: SINCE },
  }),
  tableOf: (fake) => fake.costs,
  keys: (fake, stream) => (stream === 'costs' ? fake.costs.ids() : ['501']),
  changing: 'costs',
  // Only the last days are read again.
  changeable: (fake) => fake.costs.ids().at(-1) ?? '',
  name: { field: 'CampaignName', column: 'campaign' },
  identify: (number) => ({
    id: [Date.parse(DAY), number, 1, 1].join('|'),
    fields: { CampaignId: number, AdGroupId: 1, CriterionId: 1 },
  }),
  key: 'CampaignId',
  added: () => ({ Date: DAY, CampaignName: 'Added', AdGroupId: 1, CriterionId: 1, Clicks: 1 }),
  unfit: { column: 'clicks', fields: { Clicks: 'many' }, expected: 'many' },
  exact: { column: 'cost', fields: { Cost: '90071992547.0993' }, expected: '90071992547.0993' },
  zoned: { column: '', fields: {}, expected: null },
  retryAfterMs: 10_000,
  skips: {
    'newest first': 'days are read in their order, and figures by day are few',
    deletes: 'a day read again shows at once what it no longer has, which is tested here',
    'stage history': 'advertising has no deals',
    zones: 'reports have days and no times',
    'expiring token': 'the token lives for a year and cannot be renewed without a person',
    'rotated refresh token': 'the token is not rotated',
    cap: 'a report has no largest size',
  },
}

const start = () => startServiceRemote(spec)

describe('yandex_direct', () => connectorConformance(start))

test('a cost that the service takes back is gone from the days that are read again, and from no others', async () => {
  const remote = await start()
  try {
    const landing = createLanding()
    const session = await remote.session()
    const stream = streamOf(session, 'costs')
    await land(session, stream, { into: landing })
    const [old = ''] = remote.keys('costs')
    const recent = remote.keys('costs').at(-1) ?? ''
    remote.remove(old)
    remote.remove(recent)
    remote.wait(24)
    await land(session, stream, { into: landing })
    expect([...landing.deleted]).toEqual([recent])
  } finally {
    await remote.close()
  }
})

test('a report that is being gathered is waited for as long as the service says', async () => {
  const remote = await start()
  try {
    const session = await remote.session()
    await land(session, streamOf(session, 'costs'), { into: createLanding() })
    expect(remote.waits.filter((wait) => wait === 3000).length).toBeGreaterThan(4)
  } finally {
    await remote.close()
  }
})

import { describe } from 'vitest'
import { startFakeMatomo, type FakeMatomo } from '#demo'
import { matomo } from '../../ingest/connectors/matomo/index.ts'
import { connectorConformance } from './conformance.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const spec: RemoteSpec<FakeMatomo> = {
  connector: matomo,
  start: () => startFakeMatomo({ firstDay: '2026-08-11' }),
  source: ({ url, token, site }) => ({
    ...{ name: 'crm', connector: 'matomo', url, auth: { token }, site, since: '2026-08-10' },
  }),
  tableOf: (fake) => fake.table('visits'),
  keys: (fake) => fake.table('visits').ids(),
  changing: 'visits',
  // Only the last days are read again.
  changeable: (fake) => fake.table('visits').ids().at(-1) ?? '',
  name: { field: 'referrerName', column: 'referrer_name' },
  key: 'idVisit',
  added: () => ({ serverDate: '2026-11-20', firstActionTimestamp: 1_795_000_000, visitorId: '5' }),
  unfit: { column: 'actions', fields: { actions: 'many' }, expected: 'many' },
  exact: {
    column: 'visitor_id',
    fields: { visitorId: '18446744073709551615' },
    expected: '18446744073709551615',
  },
  zoned: {
    column: 'started_at',
    fields: { firstActionTimestamp: 1_770_703_200 },
    expected: Date.parse('2026-02-10T06:00:00Z'),
  },
  retryAfterMs: 10_000,
  skips: {
    deletes: 'old visits are thrown away there by design and stay here',
    'stage history': 'a site has no deals',
    'expiring token': 'a token does not expire',
    'rotated refresh token': 'there is no refresh token',
    cap: 'a day has as many pages as it needs',
  },
}

describe('matomo', () => connectorConformance(() => startServiceRemote(spec)))

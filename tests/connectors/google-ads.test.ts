import { describe } from 'vitest'
import { startFakeGoogleAds, type FakeGoogleAds } from '#demo'
import { googleAds } from '../../ingest/connectors/google_ads/index.ts'
import { connectorConformance } from './conformance.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const SINCE = '2026-06-01'

const spec: RemoteSpec<FakeGoogleAds> = {
  connector: googleAds,
  start: async (bench) => {
    const fake = await startFakeGoogleAds({ now: () => bench.now(), firstDay: SINCE })
    fake.limits.page = 40
    return fake
  },
  source: ({ url, client, customer, developerToken }) => ({
    ...{ name: 'crm', connector: 'google_ads', url, version: 'v26', customer, since: SINCE },
    auth: { ...client, tokenUrl: `${url}/token`, developerToken },
  }),
  tableOf: (fake) => fake.table('campaign_days'),
  keys: (fake, stream) => fake.table(stream === 'keyword_days' ? stream : 'campaign_days').ids(),
  changing: 'campaign_days',
  changeable: (fake) => fake.table('campaign_days').ids().at(-1) ?? '',
  name: { field: '', column: 'campaign' },
  rename: (fake, key, name) => {
    const table = fake.table('campaign_days')
    table.upsert(key, { campaign: { ...Object(table.get(key)?.['campaign']), name } })
  },
  key: 'customer',
  identify: (number) => ({
    id: [Date.parse('2026-11-20'), '1234567890', number].join('|'),
    fields: { campaign: { id: String(number), name: 'Added' } },
  }),
  added: () => ({
    ...{ segments: { date: '2026-11-20' }, customer: { id: '1234567890', currencyCode: 'EUR' } },
    ...{ campaign: { id: '1', name: 'Added' }, metrics: { clicks: '1' } },
  }),
  unfit: { column: 'clicks', fields: { metrics: { clicks: 'many' } }, expected: 'many' },
  exact: {
    column: 'clicks',
    fields: { metrics: { clicks: '9007199254740993' } },
    expected: '9007199254740993',
  },
  zoned: { column: '', fields: {}, expected: null },
  retryAfterMs: 30_000,
  skips: {
    'newest first': 'days are read in their order, and figures by day are few',
    deletes: 'a day read again shows at once what it no longer has',
    'stage history': 'advertising has no deals',
    zones: 'rows have days and no times',
    'rotated refresh token': 'the refresh token stays the same',
    cap: 'a query is read to its end, however long its answer is',
  },
}

describe('google_ads', () => connectorConformance(() => startServiceRemote(spec)))

import { describe, expect, test } from 'vitest'
import { startFakeMeta, type FakeMeta } from '#demo'
import { metaAds } from '../../ingest/connectors/meta_ads/index.ts'
import { waitForRoom } from '../../ingest/declarative/usage-header.ts'
import { connectorConformance } from './conformance.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const SINCE = '2026-07-01'
const DAY = '2026-11-20'

const spec: RemoteSpec<FakeMeta> = {
  connector: metaAds,
  start: async () => {
    const fake = await startFakeMeta({ firstDay: SINCE })
    fake.limits.page = 50
    return fake
  },
  source: ({ url, token, account }) => ({
    ...{ name: 'crm', connector: 'meta_ads', url, version: 'v25.0', auth: { token }, account, since: SINCE },
  }),
  tableOf: (fake) => fake.ads,
  keys: (fake) => fake.ads.ids(),
  changing: 'ad_days',
  changeable: (fake) => fake.ads.ids().at(-1) ?? '',
  name: { field: 'ad_name', column: 'ad' },
  key: 'campaign_id',
  identify: (number) => ({
    id: [Date.parse(DAY), number, 1, 1].join('|'),
    fields: { campaign_id: String(number), adset_id: '1', ad_id: '1' },
  }),
  added: () => ({ date_start: DAY, date_stop: DAY, adset_id: '1', ad_id: '1', ad_name: 'Added' }),
  unfit: { column: 'clicks', fields: { clicks: 'many' }, expected: 'many' },
  exact: { column: 'spend', fields: { spend: '90071992547.0993' }, expected: '90071992547.0993' },
  zoned: { column: '', fields: {}, expected: null },
  retryAfterMs: 60_000,
  // More rows than the service puts into one run, so that it asks for fewer days.
  cap: (fake) => void (fake.limits.rows = 60),
  skips: {
    'newest first': 'days are read in their order, and figures by day are few',
    deletes: 'a day read again shows at once what it no longer has',
    'stage history': 'advertising has no deals',
    zones: 'insights have days and no times',
    'expiring token': 'the token of a system user does not expire',
    'rotated refresh token': 'the token is not rotated',
  },
}

describe('meta_ads', () => connectorConformance(() => startServiceRemote(spec)))

test('requests wait when the service says that its limits are nearly used', () => {
  const used = [
    { header: 'x-usage', percent: ['*.0.call_count'], minutes: '*.0.regain', above: 90, pause: 60 },
  ]
  const wait = (value: string) => waitForRoom(new Headers({ 'x-usage': value }), used)
  expect(wait('{"1":[{"call_count":89}]}')).toBe(0)
  expect(wait('{"1":[{"call_count":90}]}')).toBe(60_000)
  expect(wait('{"1":[{"call_count":100,"regain":7}]}')).toBe(420_000)
  expect(wait('no JSON')).toBe(0)
})

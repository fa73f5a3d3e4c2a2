import { describe } from 'vitest'
import { startFakeAnalytics, type FakeAnalytics } from '#demo'
import { googleAnalytics } from '../../ingest/connectors/google_analytics/index.ts'
import { connectorConformance } from './conformance.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const SINCE = '2026-08-01'
const ADDED = ['google', 'cpc', 'Added', 'term', 'www.nordwind.example']
// Beside its key a line has numbers alone, so a new name is a number here.
const NAMES = ['Another name', 'Changed meanwhile']

const spec: RemoteSpec<FakeAnalytics> = {
  connector: googleAnalytics,
  start: async (bench) => {
    const fake = await startFakeAnalytics({ now: () => bench.now(), firstDay: '2026-08-02' })
    fake.limits.page = 12
    return fake
  },
  source: ({ url, client, property }) => ({
    ...{ name: 'crm', connector: 'google_analytics', url, property, since: SINCE },
    auth: { ...client, tokenUrl: `${url}/token` },
  }),
  tableOf: (fake) => fake.lines,
  keys: (fake) => fake.lines.ids(),
  changing: 'sessions',
  changeable: (fake) => fake.lines.ids().at(-1) ?? '',
  name: { field: '', column: '' },
  rename: (fake, key, name) => fake.lines.upsert(key, { sessions: 1001 + NAMES.indexOf(name) }),
  nameOf: (row) => NAMES[Number(row['sessions']) - 1001],
  key: 'landingPage',
  identify: (number) => ({
    id: [Date.parse('2026-11-20'), ...ADDED, String(number)].join('|'),
    fields: { date: '20261120', landingPage: String(number) },
  }),
  added: () => ({
    ...{ date: '20261120', sessionSource: 'google', sessionMedium: 'cpc', sessionCampaignName: 'Added' },
    ...{ sessionManualTerm: 'term', hostName: 'www.nordwind.example', landingPage: '/', sessions: 1 },
  }),
  unfit: { column: 'sessions', fields: { sessions: 'many' }, expected: 'many' },
  exact: { column: 'sessions', fields: { sessions: '9007199254740993' }, expected: '9007199254740993' },
  zoned: { column: '', fields: {}, expected: null },
  retryAfterMs: 60_000,
  skips: {
    'newest first': 'days are read in their order, and figures by day are few',
    deletes: 'a day read again shows at once what it no longer has',
    'stage history': 'a property has no deals',
    zones: 'reports have days and no times',
    'rotated refresh token': 'the refresh token stays the same',
    cap: 'a report is read to its end, however long it is',
  },
}

describe('google_analytics', () => connectorConformance(() => startServiceRemote(spec)))

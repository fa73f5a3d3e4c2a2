import { describe } from 'vitest'
import { createSales, startFakeComagic, type ComagicTable, type FakeComagic } from '#demo'
import { comagic } from '../../ingest/connectors/comagic/index.ts'
import { connectorConformance, rawNumber } from './conformance.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const SINCE = '2026-08-01'
const whole = createSales()
// Sixteen weeks, so that a test does not ask for three years week by week.
const sales = {
  ...whole,
  calls: whole.calls.filter(({ at }) => at > Date.parse(SINCE)),
  deals: whole.deals.filter(({ createdAt }) => createdAt > Date.parse(SINCE) + 86_400_000),
}

// The service gives few at once here, so that a week has several pages.
const spec: RemoteSpec<FakeComagic> = {
  connector: comagic,
  start: async (bench) => {
    const fake = await startFakeComagic({ now: () => bench.now(), sales })
    fake.limits.page = 4
    return fake
  },
  source: ({ url, token }) => ({ name: 'crm', connector: 'comagic', url, auth: { token }, since: SINCE }),
  tableOf: (fake) => fake.table('calls'),
  keys: (fake, stream) => fake.table(stream as ComagicTable).ids(),
  changing: 'calls',
  // Only what is a few days old is read again.
  changeable: (fake) => fake.table('calls').ids().at(-1) ?? '',
  name: { field: 'finish_reason', column: 'finish_reason' },
  added: () => ({ start_time: '2026-11-20 12:00:00', direction: 'in' }),
  unfit: { column: 'talk_duration', fields: { talk_duration: 'long' }, expected: 'long' },
  exact: {
    column: 'visitor_id',
    fields: { visitor_id: rawNumber('9007199254740993123') },
    expected: '9007199254740993123',
  },
  zoned: {
    column: 'finish_time',
    fields: { finish_time: '2026-11-20 12:30:00' },
    expected: Date.parse('2026-11-20T11:30:00Z'),
  },
  retryAfterMs: 60_000,
  skips: {
    'newest first':
      'the last weeks are read last: calls of a week are few, and three years a few hundred requests',
    deletes: 'the service does not report deleted calls',
    'stage history': 'telephony has no deals',
    'expiring token': 'the permanent key does not expire',
    'rotated refresh token': 'the permanent key is not rotated',
    cap: 'a week never has more calls than the service gives of one list',
  },
}

describe('comagic', () => connectorConformance(() => startServiceRemote(spec)))

import { describe } from 'vitest'
import { startFakeElma365, type ElmaTable, type FakeElma365 } from '#demo'
import { elma365 } from '../../ingest/connectors/elma365/index.ts'
import { connectorConformance, rawNumber } from './conformance.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const spec: RemoteSpec<FakeElma365> = {
  connector: elma365,
  start: (bench) => startFakeElma365({ now: () => bench.now() }),
  source: ({ url, token, groups }) => ({
    ...{ name: 'crm', connector: 'elma365', url, auth: { token } },
    lists: { groups, tasks: 'app/_clients/_tasks/list', lines: 'app/_clients/_positions/list' },
  }),
  tableOf: (fake) => fake.table('deals'),
  keys: (fake, stream) => (stream === 'statuses' ? ['deals'] : fake.table(stream as ElmaTable).ids()),
  changing: 'deals',
  key: '__id',
  name: { field: '__name', column: 'title' },
  added: () => ({ __name: 'Added' }),
  unfit: { column: 'close_on', fields: { _close_date: 'soon' }, expected: 'soon' },
  exact: {
    column: 'amount',
    fields: { _sum: { cents: rawNumber('12345678901234'), currency: 'RUB' } },
    expected: '123456789012.34',
  },
  zoned: {
    column: 'created_at',
    fields: { __createdAt: '2026-02-01T10:00:00+03:00' },
    expected: Date.parse('2026-02-01T07:00:00Z'),
  },
  retryAfterMs: null,
  skips: {
    'stage history': 'the public API has none: moves are seen in the versions of a deal',
    'expiring token': 'a token is permanent',
    'rotated refresh token': 'there is no refresh token',
    cap: 'a list may be as long as it is',
  },
}

describe('elma365', () => connectorConformance(() => startServiceRemote(spec)))

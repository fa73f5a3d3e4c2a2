import { describe } from 'vitest'
import { startFakeMegaplan, type FakeMegaplan, type MegaplanTable } from '#demo'
import { megaplan } from '../../ingest/connectors/megaplan/index.ts'
import { connectorConformance, rawNumber } from './conformance.ts'
import { ownFieldsOf, startServiceRemote, type RemoteSpec } from './service-remote.ts'

const spec: RemoteSpec<FakeMegaplan> = {
  connector: megaplan,
  start: (bench) => startFakeMegaplan({ now: () => bench.now() }),
  source: ({ url, auth }) => ({
    ...{ name: 'crm', connector: 'megaplan', url, auth, changedField: 'timeUpdated' },
  }),
  tableOf: (fake) => fake.table('deals'),
  keys: (fake, stream) =>
    stream === 'fields' ? ownFieldsOf(fake.table('fields')) : fake.table(stream as MegaplanTable).ids(),
  changing: 'deals',
  key: 'id',
  name: { field: 'name', column: 'title' },
  added: () => ({ name: 'Added' }),
  unfit: { column: 'stage_since', fields: { stateTimeUpdated: { value: 'soon' } }, expected: 'soon' },
  exact: {
    column: 'amount',
    fields: { price: { value: rawNumber('12345678901234.5678'), currency: 'RUB' } },
    expected: '12345678901234.5678',
  },
  zoned: {
    column: 'stage_since',
    fields: { stateTimeUpdated: { contentType: 'DateTime', value: '2026-02-01T10:00:00+03:00' } },
    expected: Date.parse('2026-02-01T07:00:00Z'),
  },
  retryAfterMs: 20_000,
  readsBordersTwice: true,
  skips: {
    'stage history':
      'the shape of the log of states is not documented: moves are seen in the versions of a deal',
    'rotated refresh token': 'it signs in anew by user and password',
    cap: 'a list may be as long as it is',
  },
}

describe('megaplan', () => connectorConformance(() => startServiceRemote(spec)))

import { describe } from 'vitest'
import { createSales, startFakeSuite, type FakeSuite, type SuiteTable } from '#demo'
import { suitecrm } from '../../ingest/connectors/suitecrm/index.ts'
import { connectorConformance, rawNumber } from './conformance.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const whole = createSales()
const sales = { ...whole, calls: whole.calls.slice(-300) }

const spec: RemoteSpec<FakeSuite> = {
  connector: suitecrm,
  start: (bench) => startFakeSuite({ now: () => bench.now(), sales }),
  source: ({ url, client }) => {
    const { clientId, clientSecret } = client
    return {
      ...{ name: 'crm', connector: 'suitecrm', url, api: 'legacy/Api' },
      auth: { clientId, clientSecret },
    }
  },
  tableOf: (fake) => fake.table('deals'),
  keys: (fake, stream) => fake.table(stream as SuiteTable).ids(),
  changing: 'deals',
  key: 'id',
  name: { field: 'name', column: 'title' },
  added: () => ({ name: 'Added' }),
  unfit: { column: 'closing_on', fields: { date_closed: 'soon' }, expected: 'soon' },
  exact: {
    column: 'amount',
    fields: { amount: rawNumber('12345678901234.567800') },
    expected: '12345678901234.567800',
  },
  zoned: {
    column: 'created_at',
    fields: { date_entered: '2026-02-01T10:00:00+03:00' },
    expected: Date.parse('2026-02-01T07:00:00Z'),
  },
  retryAfterMs: 5000,
  skips: {
    'stage history': 'the API does not give the log of changes: the recipe on the database reads it',
    'rotated refresh token': 'the client asks for a new token by its secret',
    cap: 'a list may be as long as it is',
  },
}

describe('suitecrm', () => connectorConformance(() => startServiceRemote(spec)))

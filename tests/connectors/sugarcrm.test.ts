import { describe } from 'vitest'
import { createSales, startFakeSugar, type FakeSugar, type SugarTable } from '#demo'
import { sugarcrm } from '../../ingest/connectors/sugarcrm/index.ts'
import { connectorConformance, rawNumber } from './conformance.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const whole = createSales()
// Changes of stages are asked for deal by deal, so some of the deals are enough.
const sales = { ...whole, deals: whole.deals.slice(-120), calls: whole.calls.slice(-600) }

const spec: RemoteSpec<FakeSugar> = {
  connector: sugarcrm,
  start: (bench) => startFakeSugar({ now: () => bench.now(), sales }),
  source: ({ url, auth }) => ({
    ...{ name: 'crm', connector: 'sugarcrm', url, apiVersion: 'v11_20', platform: 'embut' },
    auth: { ...auth, clientId: 'sugar', clientSecret: '' },
  }),
  tableOf: (fake) => fake.table('calls'),
  keys: (fake, stream) => (stream === 'currencies' ? [stream] : fake.table(stream as SugarTable).ids()),
  changing: 'calls',
  key: 'id',
  name: { field: 'name', column: 'subject' },
  added: () => ({ name: 'Added' }),
  unfit: { column: 'started_at', fields: { date_start: 'soon' }, expected: 'soon' },
  exact: {
    column: 'parent_id',
    fields: { parent_id: rawNumber('9007199254740993123') },
    expected: '9007199254740993123',
  },
  zoned: {
    column: 'started_at',
    fields: { date_start: '2026-02-01T10:00:00+03:00' },
    expected: Date.parse('2026-02-01T07:00:00Z'),
  },
  retryAfterMs: null,
  skips: {
    'rotated refresh token': 'it signs in anew by user and password',
    cap: 'pages go on at a time of change, which has no end',
  },
}

describe('sugarcrm', () => connectorConformance(() => startServiceRemote(spec)))

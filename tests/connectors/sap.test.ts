import { describe } from 'vitest'
import { createSales, startFakeSap, type FakeSap, type SapTable } from '#demo'
import { sap } from '../../ingest/connectors/sap/index.ts'
import { connectorConformance, rawNumber } from './conformance.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const whole = createSales()
const sales = { ...whole, calls: whole.calls.slice(-300) }

const spec: RemoteSpec<FakeSap> = {
  connector: sap,
  // The service gives few at once here, so that a list has several pages.
  start: async (bench) => {
    const fake = await startFakeSap({ now: () => bench.now(), sales })
    fake.limits.page = 100
    return fake
  },
  source: ({ url, auth }) => ({ ...{ name: 'crm', connector: 'sap', url, auth } }),
  tableOf: (fake) => fake.table('deals'),
  keys: (fake, stream) => fake.table(stream as SapTable).ids(),
  changing: 'deals',
  key: 'ObjectID',
  name: { field: 'Name', column: 'name' },
  added: () => ({ Name: 'Added', LifeCycleStatusCode: '1' }),
  unfit: { column: 'expected_close_on', fields: { ExpectedProcessingEndDate: 'soon' }, expected: 'soon' },
  exact: {
    column: 'amount',
    fields: { ExpectedRevenueAmount: rawNumber('12345678901234.567800') },
    expected: '12345678901234.567800',
  },
  zoned: {
    column: 'stage_since',
    fields: { SalesCyclePhaseStartDate: '/Date(1422921600000+0060)/' },
    expected: 1_422_921_600_000,
  },
  retryAfterMs: 30_000,
  skips: {
    'stage history': 'the service keeps no log that is documented: moves are seen in the versions of a deal',
    'expiring token': 'a user and a password do not expire',
    'rotated refresh token': 'there is no token',
    cap: 'a list may be as long as it is',
  },
}

describe('sap', () => connectorConformance(() => startServiceRemote(spec)))

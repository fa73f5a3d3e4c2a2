import { describe } from 'vitest'
import { createSales, startFakeAmo, type AmoTable, type FakeAmo } from '#demo'
import { amocrm } from '../../ingest/connectors/amocrm/index.ts'
import { connectorConformance, rawNumber } from './conformance.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const sales = createSales()

const spec = (auth: 'token' | 'oauth'): RemoteSpec<FakeAmo> => ({
  connector: amocrm,
  start: (bench) => startFakeAmo({ now: () => bench.now(), sales }),
  source: ({ url, token, oauth }) => ({
    ...{ name: 'crm', connector: 'amocrm', url },
    auth: auth === 'token' ? { token } : oauth,
  }),
  tableOf: (fake) => fake.table('tasks'),
  keys: keysOf,
  changing: 'tasks',
  name: { field: 'text', column: 'text' },
  added: (_, bench) => ({ text: 'Added', entity_type: 'leads', updated_at: Math.floor(bench.now() / 1000) }),
  unfit: { column: 'complete_till', fields: { complete_till: 'soon' }, expected: 'soon' },
  exact: {
    column: 'entity_id',
    fields: { entity_id: rawNumber('9007199254740993123') },
    expected: '9007199254740993123',
  },
  zoned: { column: '', fields: {}, expected: null },
  retryAfterMs: 1000,
  skips: {
    zones: 'every time is in unix seconds',
    cap: 'a list may be as long as it is',
    ...(auth === 'oauth'
      ? {}
      : {
          'expiring token': 'the long-lived token does not expire',
          'rotated refresh token': 'the long-lived token is not rotated',
        }),
  },
})

function keysOf(fake: FakeAmo, stream: string): readonly string[] {
  if (stream === 'account') return ['77']
  if (stream === 'departments') return ['1', '2', '3', '4']
  if (stream === 'stages')
    return fake
      .table('pipelines')
      .rows()
      .flatMap((row) => Object(row['_embedded']).statuses.map((each: object) => keyOfStatus(each)))
  return fake.table(stream as AmoTable).ids()
}

function keyOfStatus(status: { pipeline_id?: number; id?: number }): string {
  return `${status.pipeline_id}:${status.id}`
}

describe('amocrm by a long-lived token', () => connectorConformance(() => startServiceRemote(spec('token'))))
describe('amocrm by rotating tokens', () => connectorConformance(() => startServiceRemote(spec('oauth'))))

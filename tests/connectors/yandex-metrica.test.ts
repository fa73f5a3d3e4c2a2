import { describe, expect, test } from 'vitest'
import { startFakeMetrica, type FakeMetrica } from '#demo'
import { yandexMetrica } from '../../ingest/connectors/yandex_metrica/index.ts'
import { connectorConformance, Killed, streamOf } from './conformance.ts'
import { createLanding, land } from './landing.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const SINCE = '2026-08-01'

const spec: RemoteSpec<FakeMetrica> = {
  connector: yandexMetrica,
  start: () => startFakeMetrica({ firstDay: '2026-08-02' }),
  source: ({ url, token, counter }) => ({
    ...{ name: 'crm', connector: 'yandex_metrica', url, auth: { token }, counter, since: SINCE },
  }),
  tableOf: (fake) => fake.visits,
  keys: (fake) => fake.visits.ids(),
  changing: 'visits',
  // Only the last days are read again.
  changeable: (fake) => fake.visits.ids().at(-1) ?? '',
  name: { field: 'startURL', column: 'start_url' },
  key: 'visitID',
  added: () => ({ date: '2026-11-20', dateTime: '2026-11-20 12:00:00', clientID: '5' }),
  unfit: { column: 'page_views', fields: { pageViews: 'many' }, expected: 'many' },
  exact: {
    column: 'client_id',
    fields: { clientID: '18446744073709551615' },
    expected: '18446744073709551615',
  },
  zoned: {
    column: 'started_at',
    fields: { dateTime: '2026-11-20 12:30:00' },
    expected: Date.parse('2026-11-20T11:30:00Z'),
  },
  retryAfterMs: 60_000,
  skips: {
    'newest first': 'visits are ordered by month, the oldest first',
    deletes: 'a day read again shows at once what it no longer has',
    'stage history': 'a counter has no deals',
    'expiring token': 'the token lives for a year and cannot be renewed without a person',
    'rotated refresh token': 'the token is not rotated',
    cap: 'an order has as many parts as it needs',
  },
}

const start = () => startServiceRemote(spec)

describe('yandex_metrica', () => connectorConformance(start))

test('nothing that was ordered is left behind, also when a part cannot be had', async () => {
  const remote = await start()
  try {
    const session = await remote.session()
    const stream = streamOf(session, 'visits')
    await land(session, stream, { into: createLanding() })
    expect(remote.fake.orders.size).toBe(0)
  } finally {
    await remote.close()
  }
})

test('an order outlives the process that made it, and is not made twice', async () => {
  const remote = await start()
  try {
    const landing = createLanding()
    const killed = await remote.session({ killAt: 4 })
    const reading = land(killed, streamOf(killed, 'visits'), { into: landing })
    await expect(reading).rejects.toBeInstanceOf(Killed)
    const ordered = [...remote.fake.orders.keys()]
    const session = await remote.session()
    await land(session, streamOf(session, 'visits'), { into: landing })
    expect(ordered).toEqual(['1'])
    expect(remote.fake.orders.size).toBe(0)
    expect(landing.read).toBe(remote.keys('visits').length)
  } finally {
    await remote.close()
  }
})

test('an order that the service has forgotten meanwhile is made anew', async () => {
  const remote = await start()
  try {
    const landing = createLanding()
    const killed = await remote.session({ killAt: 4 })
    await land(killed, streamOf(killed, 'visits'), { into: landing }).catch(() => undefined)
    await fetch(`${remote.fake.url}/management/v1/counter/${remote.fake.counter}/logrequest/1/clean`, {
      method: 'POST',
      headers: { authorization: `OAuth ${remote.fake.token}` },
    })
    const session = await remote.session()
    await land(session, streamOf(session, 'visits'), { into: landing })
    expect(landing.rows.size).toBe(remote.keys('visits').length)
  } finally {
    await remote.close()
  }
})

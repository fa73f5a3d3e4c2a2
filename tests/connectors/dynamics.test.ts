import { describe, expect, test } from 'vitest'
import { createSales, startFakeDynamics, type DynamicsTable, type FakeDynamics } from '#demo'
import { dynamics } from '../../ingest/connectors/dynamics/index.ts'
import { connectorConformance, rawNumber, streamOf } from './conformance.ts'
import { createLanding, land } from './landing.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const sales = createSales()

const spec: RemoteSpec<FakeDynamics> = {
  connector: dynamics,
  // The service gives few at once here, so that a list has several pages.
  start: async (bench) => {
    const fake = await startFakeDynamics({ now: () => bench.now(), sales })
    fake.limits.page = 100
    return fake
  },
  source: ({ url, auth }) => ({ ...{ name: 'crm', connector: 'dynamics', url, auth } }),
  tableOf: (fake) => fake.table('deals'),
  keys: (fake, stream) => fake.table(stream as DynamicsTable).ids(),
  changing: 'deals',
  hide: (fake, key) => fake.table('deals').hide(key),
  key: 'opportunityid',
  name: { field: 'name', column: 'name' },
  added: () => ({ name: 'Added', statecode: 0 }),
  unfit: { column: 'expected_close_on', fields: { estimatedclosedate: 'soon' }, expected: 'soon' },
  exact: {
    column: 'estimated_value',
    fields: { estimatedvalue: rawNumber('12345678901234.5678') },
    expected: '12345678901234.5678',
  },
  zoned: {
    column: 'created_on',
    fields: { createdon: '2026-11-20T12:30:00Z' },
    expected: Date.parse('2026-11-20T12:30:00Z'),
  },
  retryAfterMs: 12_000,
  skips: {
    'newest first': 'the first link for changes gives everything, in no order that can be asked for',
    'stage history': 'the service keeps no log: moves are seen in the versions of a deal and its process',
    'rotated refresh token': 'an application with a secret has no refresh token',
    cap: 'a list may be as long as it is',
  },
}

describe('dynamics', () => {
  connectorConformance(() => startServiceRemote(spec))

  test('reads what changed and what was deleted by the link for changes alone', async () => {
    const remote = await startServiceRemote(spec)
    const session = await remote.session()
    const landing = createLanding()
    await land(session, streamOf(session, 'deals'), { into: landing })
    const [first = '', second = ''] = remote.keys('deals')
    remote.rename(first, 'Changed')
    remote.remove(second)
    const [read, requests] = [landing.read, remote.requests()]
    await land(session, streamOf(session, 'deals'), { into: landing })
    expect([landing.read - read, remote.requests() - requests]).toEqual([1, 1])
    expect([...landing.deleted]).toEqual([second])
    await remote.close()
  })

  test('reads everything again when the link for changes has expired', async () => {
    const remote = await startServiceRemote(spec)
    const session = await remote.session()
    const landing = createLanding()
    await land(session, streamOf(session, 'deals'), { into: landing })
    const [gone = '', changed = ''] = remote.keys('deals')
    remote.wait(24 * 8)
    remote.remove(gone)
    remote.rename(changed, 'After a week')
    const read = landing.read
    await land(session, streamOf(session, 'deals'), { into: landing })
    expect(landing.read - read).toBe(remote.keys('deals').length)
    expect(landing.rows.get(changed)?.['name']).toBe('After a week')
    expect([...landing.deleted]).toEqual([gone])
    await land(session, streamOf(session, 'deals'), { into: landing })
    expect(landing.read - read).toBe(remote.keys('deals').length)
    await remote.close()
  })
})

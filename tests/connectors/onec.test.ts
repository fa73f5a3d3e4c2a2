import { describe, expect, test } from 'vitest'
import { UserError } from '#config'
import { createSales, ONEC_SETS, startFakeOnec, type FakeOnec, type OnecTable } from '#demo'
import { onec } from '../../ingest/connectors/onec/index.ts'
import { connectorConformance, rawNumber, streamOf } from './conformance.ts'
import { createLanding, land } from './landing.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const whole = createSales()
// Few calls: with the activities they are three pages of one list.
const sales = { ...whole, calls: whole.calls.slice(-700) }
const sets = { stage_history: ONEC_SETS.stage_history }

const spec: RemoteSpec<FakeOnec> = {
  connector: onec,
  start: (bench) => startFakeOnec({ now: () => bench.now(), sales }),
  source: ({ url, auth, zone }) => ({ ...{ name: 'crm', connector: 'onec', url, auth, zone, sets } }),
  tableOf: (fake) => fake.table('interactions'),
  keys: (fake, stream) => (stream in ONEC_SETS ? fake.table(stream as OnecTable).ids() : []),
  changing: 'interactions',
  key: 'Ref_Key',
  name: { field: 'Тема', column: 'subject' },
  added: () => ({ Date: '2026-11-21T09:00:00', Тема: 'Added', DeletionMark: false }),
  changeable: (fake) => recent(fake),
  unfit: { column: 'talk_seconds', fields: { Длительность: 'long' }, expected: 'long' },
  exact: {
    column: 'number',
    fields: { Number: rawNumber('9007199254740993123') },
    expected: '9007199254740993123',
  },
  zoned: {
    column: 'due_at',
    fields: { Срок: '2026-11-20T12:30:00' },
    expected: Date.parse('2026-11-20T11:30:00Z'),
  },
  retryAfterMs: null,
  skips: {
    'newest first': 'records have no time of change by which newer ones could be asked for',
    'expiring token': 'a user and a password do not expire',
    'rotated refresh token': 'there is no token',
    cap: 'a list may be as long as it is',
  },
}

/** A document of the last weeks: older ones are looked at once a day. */
function recent(fake: FakeOnec): string {
  const rows = fake.table('interactions').rows()
  return String(rows.find((row) => String(row['Date']) > '2026-11-01')?.['Ref_Key'])
}

describe('onec', () => {
  connectorConformance(() => startServiceRemote(spec))

  test('brings an old document that changed by the daily look over everything', async () => {
    const remote = await startServiceRemote(spec)
    const session = await remote.session()
    const stream = streamOf(session, 'interactions')
    const landing = createLanding()
    await land(session, stream, { into: landing })
    const old = remote.keys('interactions')[0] ?? ''
    remote.rename(old, 'Late edit')
    remote.wait(1)
    await land(session, stream, { into: landing })
    expect(landing.rows.get(old)?.['subject']).not.toBe('Late edit')
    remote.wait(24)
    const read = landing.read
    await land(session, stream, { into: landing })
    expect([landing.rows.get(old)?.['subject'], landing.read - read]).toEqual(['Late edit', 1])
    await remote.close()
  })

  test('reads whole pages again where much is unknown after a kill, and then nothing', async () => {
    const remote = await startServiceRemote(spec)
    const stream = streamOf(await remote.session(), 'interactions')
    const landing = createLanding()
    await land(await remote.session(), stream, { into: landing, killAfter: 1 })
    await land(await remote.session(), stream, { into: landing })
    const [rows, read, requests] = [new Map(landing.rows), landing.read, remote.requests()]
    remote.wait(24)
    await land(await remote.session(), stream, { into: landing })
    expect(landing.rows).toEqual(rows)
    expect(landing.read - read).toBeGreaterThan(0)
    expect(remote.requests() - requests).toBeLessThan(10)
    const again = landing.read
    remote.wait(24)
    await land(await remote.session(), stream, { into: landing })
    expect(landing.read).toBe(again)
    await remote.close()
  })

  test('says which set is not published, and reads columns from fields of the configuration', async () => {
    const remote = await startServiceRemote(spec)
    const { url, auth } = remote.fake
    const source = { name: 'crm', connector: 'onec', url, auth } as const
    const wrong = await onec.open(remote.bench.context({ ...source, sets: { deals: 'Document_Нет' } }))
    const failure = land(wrong, streamOf(wrong, 'deals'), { into: createLanding() })
    await expect(failure).rejects.toThrow(UserError)
    await expect(failure).rejects.toThrow('does not publish Document_Нет')
    const own = await onec.open(
      remote.bench.context({ ...source, fields: { deals: { utm_source: 'Тема' } } }),
    )
    const landing = createLanding()
    await land(own, streamOf(own, 'deals'), { into: landing })
    const [deal] = landing.rows.values()
    expect(deal?.['utm_source']).toBe(deal?.['title'])
    await remote.close()
  })
})

import { describe, expect, test } from 'vitest'
import { SourceError } from '#config'
import { createSales, startFakeCreatio, type CreatioTable, type FakeCreatio } from '#demo'
import { creatio } from '../../ingest/connectors/creatio/index.ts'
import { connectorConformance, rawNumber, streamOf } from './conformance.ts'
import { createLanding, land } from './landing.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const whole = createSales()
// Fewer calls, which are still three pages.
const sales = { ...whole, calls: whole.calls.slice(-1300) }

const spec: RemoteSpec<FakeCreatio> = {
  connector: creatio,
  start: (bench) => startFakeCreatio({ now: () => bench.now(), sales }),
  source: ({ url, auth }) => ({ ...{ name: 'crm', connector: 'creatio', url, auth, platform: 'framework' } }),
  tableOf: (fake) => fake.table('calls'),
  keys: (fake, stream) => fake.table(stream as CreatioTable).ids(),
  changing: 'calls',
  key: 'Id',
  name: { field: 'Comment', column: 'comment' },
  added: () => ({ Comment: 'Added' }),
  unfit: { column: 'talk_seconds', fields: { TalkTime: 'long' }, expected: 'long' },
  exact: {
    column: 'phone',
    fields: { CallerId: rawNumber('9007199254740993123') },
    expected: '9007199254740993123',
  },
  zoned: {
    column: 'start_date',
    fields: { StartDate: '2026-11-20T12:30:00.123Z' },
    expected: Date.parse('2026-11-20T12:30:00.123Z'),
  },
  retryAfterMs: null,
  skips: {
    'rotated refresh token': 'a session has no refresh token',
    cap: 'a list may be as long as it is',
  },
}

describe('creatio', () => {
  connectorConformance(() => startServiceRemote(spec))

  test('keeps a session for the next sync, and says when it is not let in', async () => {
    const remote = await startServiceRemote(spec)
    for (const _ of [1, 2]) {
      const session = await remote.session()
      await land(session, streamOf(session, 'stages'), { into: createLanding() })
    }
    expect(remote.fake.logins()).toBe(1)
    const { url, auth } = remote.fake
    const source = { name: 'crm', connector: 'creatio', url, platform: 'framework' } as const
    const wrong = await creatio.open(
      remote.bench.context({ ...source, auth: { ...auth, password: 'wrong' } }),
    )
    const failure = land(wrong, streamOf(wrong, 'stages'), { into: createLanding() })
    await expect(failure).rejects.toThrow(SourceError)
    await expect(failure).rejects.toThrow('Check the user')
    await remote.close()
  })
})

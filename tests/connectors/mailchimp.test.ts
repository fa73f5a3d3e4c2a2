import { describe } from 'vitest'
import { startFakeMailchimp, type FakeMailchimp, type MailchimpTable } from '#demo'
import { mailchimp } from '../../ingest/connectors/mailchimp/index.ts'
import { connectorConformance, rawNumber } from './conformance.ts'
import { startServiceRemote, type RemoteSpec } from './service-remote.ts'

const spec: RemoteSpec<FakeMailchimp> = {
  connector: mailchimp,
  start: async () => {
    const fake = await startFakeMailchimp()
    fake.limits.page = 5
    return fake
  },
  source: ({ url, key }) => ({
    name: 'crm',
    connector: 'mailchimp',
    url,
    auth: { key },
    since: '2023-11-01',
  }),
  tableOf: (fake) => fake.table('reports'),
  keys: (fake, stream) => fake.table(stream as MailchimpTable).ids(),
  changing: 'reports',
  // Only what was sent in the last weeks is read again.
  changeable: (fake) => fake.table('reports').ids().at(-1) ?? '',
  name: { field: 'campaign_title', column: 'title' },
  added: () => ({ send_time: '2026-11-20T10:00:00+00:00', campaign_title: 'Added' }),
  unfit: { column: 'emails_sent', fields: { emails_sent: 'many' }, expected: 'many' },
  exact: {
    column: 'emails_sent',
    fields: { emails_sent: rawNumber('9007199254740993') },
    expected: '9007199254740993',
  },
  zoned: {
    column: 'sent_at',
    fields: { send_time: '2026-11-20T12:30:00+02:00' },
    expected: Date.parse('2026-11-20T10:30:00Z'),
  },
  retryAfterMs: 10_000,
  skips: {
    'newest first': 'letters are few',
    deletes: 'a report stays when its campaign is deleted',
    'stage history': 'letters have no deals',
    'expiring token': 'the key does not expire',
    'rotated refresh token': 'the key is not rotated',
    cap: 'a list is read to its end, however long it is',
  },
}

describe('mailchimp', () => connectorConformance(() => startServiceRemote(spec)))

import { describe } from 'vitest'
import { createSales, HUBSPOT_ACCOUNT, startFakeHubspot, type FakeHubspot, type HubspotTable } from '#demo'
import { hubspot } from '../../ingest/connectors/hubspot/index.ts'
import { connectorConformance } from './conformance.ts'
import { ownFieldsOf, startServiceRemote, type RemoteSpec } from './service-remote.ts'

const sales = createSales()

const spec = (auth: 'token' | 'oauth'): RemoteSpec<FakeHubspot> => ({
  connector: hubspot,
  start: (bench) => startFakeHubspot({ now: () => bench.now(), sales }),
  source: ({ url, token, oauth }) => ({
    ...{ name: 'crm', connector: 'hubspot', url, invoices: true, emails: true },
    auth: auth === 'token' ? { token } : oauth,
  }),
  tableOf: (fake) => fake.table('deals'),
  keys: keysOf,
  changing: 'deals',
  name: { field: 'dealname', column: 'name' },
  added: () => ({ dealname: 'Added', createdate: '2026-11-20T00:00:00Z' }),
  unfit: { column: 'closedate', fields: { closedate: 'soon' }, expected: 'soon' },
  exact: { column: 'amount', fields: { amount: '12345678901234.5678' }, expected: '12345678901234.5678' },
  zoned: { column: '', fields: {}, expected: null },
  cap: (fake) => void (fake.limits.hits = 250),
  retryAfterMs: 10_000,
  tokenLasts: 4,
  skips: {
    zones: 'every time is in UTC',
    ...(auth === 'oauth'
      ? {}
      : {
          'expiring token': 'the token of a private app does not expire',
          'rotated refresh token': 'the token of a private app is not rotated',
        }),
  },
})

const LINKS: Readonly<Record<string, readonly [HubspotTable, string]>> = {
  deal_contacts: ['deals', 'contacts'],
  deal_companies: ['deals', 'companies'],
  call_contacts: ['calls', 'contacts'],
  call_deals: ['calls', 'deals'],
  task_deals: ['tasks', 'deals'],
  meeting_contacts: ['meetings', 'contacts'],
  meeting_deals: ['meetings', 'deals'],
  email_contacts: ['emails', 'contacts'],
  email_deals: ['emails', 'deals'],
  note_contacts: ['notes', 'contacts'],
  note_deals: ['notes', 'deals'],
  line_deals: ['line_items', 'deals'],
  invoice_deals: ['invoices', 'deals'],
}

function keysOf(fake: FakeHubspot, stream: string): readonly string[] {
  const [table, field] = LINKS[stream] ?? []
  if (table !== undefined && field !== undefined)
    return fake
      .table(table)
      .rows()
      .filter((row) => listIn(row, field).length > 0)
      .map((row) => String(row['id']))
  if (stream === 'account') return [String(HUBSPOT_ACCOUNT.portalId)]
  if (stream === 'fields') return ownFieldsOf(fake.table('fields'))
  if (stream === 'stages')
    return fake
      .table('pipelines')
      .rows()
      .flatMap((row) => listIn(row, 'stages').map(({ id }) => `${String(row['id'])}:${id}`))
  if (stream === 'stage_history')
    return fake
      .table('deals')
      .rows()
      .flatMap((row) =>
        listIn(row, 'history').map((each) => `${String(row['id'])}:${each.timestamp}:${each.value}`),
      )
  return fake.table((stream === 'lines' ? 'line_items' : stream) as HubspotTable).ids()
}

function listIn(
  row: Readonly<Record<string, unknown>>,
  field: string,
): { id: string; timestamp: string; value: string }[] {
  const list = row[field]
  return Array.isArray(list) ? list : []
}

describe('hubspot by a private app', () => connectorConformance(() => startServiceRemote(spec('token'))))
describe('hubspot by an application', () => connectorConformance(() => startServiceRemote(spec('oauth'))))

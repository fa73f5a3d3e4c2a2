import { describe } from 'vitest'
import { createSales, startFakeZoho, type FakeZoho, type ZohoTable } from '#demo'
import { zoho } from '../../ingest/connectors/zoho/index.ts'
import { connectorConformance, rawNumber } from './conformance.ts'
import { ownFieldsOf, startServiceRemote, type RemoteSpec } from './service-remote.ts'

const whole = createSales()
// Stages are asked for deal by deal, so some of the deals are enough.
const sales = { ...whole, deals: whole.deals.slice(-120), calls: whole.calls.slice(-300) }

const SETTINGS: Partial<Record<string, readonly string[]>> = {
  layouts: ['3652397009000000100'],
  stages: [8, 5].flatMap((count, pipeline) =>
    Array.from({ length: count }, (_, index) => {
      const stage = String(1000 + 100 * pipeline + index).padStart(9, '0')
      return `365239700900000000${pipeline + 1}:3652397009${stage}`
    }),
  ),
}

const spec: RemoteSpec<FakeZoho> = {
  connector: zoho,
  // The service gives few at once here, so that a list has several pages.
  start: async (bench) => {
    const fake = await startFakeZoho({ now: () => bench.now(), sales })
    fake.limits.page = 80
    return fake
  },
  source: ({ url, oauth }) => ({ name: 'crm', connector: 'zoho', url, auth: oauth, invoices: true }),
  tableOf: (fake) => fake.table('calls'),
  keys: (fake, stream) =>
    stream === 'fields'
      ? ownFieldsOf(fake.table('fields'))
      : (SETTINGS[stream] ?? fake.table(stream as ZohoTable).ids()),
  changing: 'calls',
  key: 'id',
  name: { field: 'Subject', column: 'subject' },
  added: () => ({ Subject: 'Added' }),
  unfit: { column: 'started_at', fields: { Call_Start_Time: 'soon' }, expected: 'soon' },
  exact: {
    column: 'what_id',
    fields: { What_Id: { id: rawNumber('3652397000000649013') } },
    expected: '3652397000000649013',
  },
  zoned: {
    column: 'started_at',
    fields: { Call_Start_Time: '2026-02-10T12:31:07+03:00' },
    expected: Date.parse('2026-02-10T09:31:07Z'),
  },
  retryAfterMs: null,
  skips: {
    'rotated refresh token': 'the refresh token stays the same',
    cap: 'pages go on at a time of change, which has no end',
  },
}

describe('zoho', () => connectorConformance(() => startServiceRemote(spec)))

import { COMPANY_SETTINGS, daysOf } from './company.ts'
import type { RawFixture, RawRow } from './raw-fixture.ts'

/*
 * A CRM that keeps leads apart from deals. Monday 5 January 2026, UTC; the company works from 9 to 17 in Madrid, an hour
 * ahead; all is loaded on Wednesday 7 January at noon.
 */
const LOADED = '2026-01-07 12:00:00'
const HANDED_OVER = '2026-01-20 00:00:00'

const lead = (id: number, fields: RawRow): RawRow => ({
  ...{ id: String(id), title: `Request ${id}`, stage_id: 'NEW', stage_semantic_id: 'P', assigned_by_id: '1' },
  ...{ phones: [`+3493100000${id}`], emails: [], source_id: 'WEB', created_time: '2026-01-05 09:00:00' },
  ...{ updated_time: '2026-01-05 09:00:00', moved_time: '2026-01-05 09:00:00', name: `Asker ${id}` },
  ...fields,
})
const CONVERTED = { stage_id: 'CONVERTED', stage_semantic_id: 'S' }
const JUNK = { stage_id: 'JUNK', stage_semantic_id: 'F', moved_time: '2026-01-06 09:00:00' }

export const LEADS: readonly RawRow[] = [
  // Called after ten minutes, then the deals 1 and 2; a contact of the CRM since.
  lead(1, {
    ...{ ...CONVERTED, moved_time: '2026-01-05 09:30:00', contact_id: '10', phones: [] },
    ...{ utm_source: 'google', utm_medium: 'cpc', utm_campaign: 'spring' },
  }),
  // Nobody calls.
  lead(2, {}),
  // Given up without a call.
  lead(3, { ...JUNK, source_id: 'ADS' }),
  // Written down by hand after a call that nobody took.
  lead(4, { source_id: 'CALL' }),
  // Converted into a deal that has a company, in the month before.
  lead(5, {
    ...{ ...CONVERTED, source_id: 'ADS', created_time: '2025-12-15 09:00:00', assigned_by_id: '2' },
    moved_time: '2025-12-16 09:00:00',
  }),
  // Answered by an e-mail that hangs on the lead.
  lead(6, { phones: [], emails: ['six@asker.example'], assigned_by_id: '2' }),
  // The person of contact 10 had asked before, under no name.
  lead(7, {
    ...{ ...JUNK, phones: ['+34931000010'], name: null, source_id: null },
    ...{ created_time: '2026-01-02 09:00:00', moved_time: '2026-01-02 15:00:00' },
  }),
  // Written down while speaking with the client.
  lead(8, {}),
  lead(9, { title: 'A test request' }),
]

const deal = (id: number, fields: RawRow): RawRow => ({
  ...{ id, title: `Deal ${id}`, category_id: '0', stage_id: 'NEW', stage_semantic_id: 'P', opportunity: 100 },
  ...{ currency_id: 'EUR', assigned_by_id: '1', created_time: '2026-01-05 09:30:00', closed: false, uf: {} },
  ...{ updated_time: '2026-01-05 09:30:00' },
  ...fields,
})

export const DEALS: readonly RawRow[] = [
  deal(1, {
    ...{ lead_id: '1', contact_id: '10', stage_id: 'WON', stage_semantic_id: 'S', closed: true },
    closedate: '2026-01-06 15:00:00',
  }),
  deal(2, { lead_id: '1', contact_id: '10', created_time: '2026-01-06 09:30:00' }),
  deal(3, { lead_id: '5', company_id: '1', created_time: '2025-12-16 09:00:00' }),
  // Of no lead.
  deal(4, { contact_id: '11', created_time: '2026-01-05 10:00:00' }),
]

const call = (id: number, fields: RawRow): RawRow => ({
  ...{ id: String(id), portal_user_id: '1', call_type: '1', call_duration: 60, call_failed_code: '200' },
  ...fields,
})

const CALLS = [
  call(1, { phone_number: '+34931000010', call_start_date: '2026-01-05 09:10:00' }),
  call(2, {
    ...{ phone_number: '+34931000004', call_type: '2', call_duration: 0, call_failed_code: '304' },
    call_start_date: '2026-01-05 08:55:00',
  }),
  call(3, { phone_number: '+34931000004', call_start_date: '2026-01-05 09:15:00' }),
  call(4, { phone_number: '+34931000008', call_type: '2', call_start_date: '2026-01-05 08:30:00' }),
  // By another number, and known by the lead that it hangs on to be with the company of its deal.
  call(5, {
    ...{ phone_number: '+34939999999', crm_entity_type: 'LEAD', crm_entity_id: '5' },
    call_start_date: '2025-12-15 09:25:00',
  }),
]

const stage = (entity: string, status: string, fields: RawRow): RawRow => ({
  ...{ key: `${entity}:${status}`, entity_id: entity, status_id: status, name: status, sort: 1 },
  ...{ semantics: null, ...fields },
})

const person = (id: string, phone: string): RawRow => ({
  ...{ id, name: `Person ${id}`, assigned_by_id: '1', phones: [phone], emails: [] },
})

const CRM = {
  users: ['1', '2'].map((id) => ({
    ...{ id, active: true, name: `User ${id}`, email: `${id}@firm.example`, department_ids: ['5'] },
  })),
  departments: [{ id: '5', name: 'North', parent_id: null, head_user_id: null }],
  pipelines: [{ id: '0', name: 'Sales', sort: 1, is_default: true }],
  stages: [
    stage('DEAL_STAGE', 'NEW', {}),
    stage('DEAL_STAGE', 'WON', { sort: 2, semantics: 'S' }),
    stage('STATUS', 'JUNK', { name: 'Bad lead' }),
    stage('SOURCE', 'WEB', { name: 'Web site' }),
    stage('SOURCE', 'ADS', { name: 'Advertising' }),
  ],
  companies: [{ id: '1', title: 'Acme', assigned_by_id: '1', phones: ['+34932000001'], emails: [] }],
  contacts: [person('10', '+34931000010'), person('11', '+34931000011')],
  leads: LEADS,
  deals: DEALS,
  calls: CALLS,
  activities: [
    {
      ...{ id: '1', owner_id: '6', owner_type_id: '1', type_id: '4', subject: 'Offer', direction: '2' },
      ...{
        responsible_id: '2',
        completed: true,
        created: '2026-01-05 09:40:00',
        end_time: '2026-01-05 09:40:00',
      },
    },
  ],
}

/** What is handed over afterwards stays with who had it: lead 3 when it was given up. */
const AFTERWARDS = {
  leads: [lead(3, { ...JUNK, source_id: 'ADS', assigned_by_id: '2', updated_time: HANDED_OVER })],
}

const numbers = [...LEADS, ...CRM.contacts, ...CRM.companies]
  .flatMap(({ phones }) => (Array.isArray(phones) ? phones.map(String) : []))
  .concat('+34939999999')

export const LEAD_COMPANY: RawFixture = {
  sources: { crm: 'bitrix24' },
  loads: [
    {
      ...{ source: 'workspace', at: LOADED },
      rows: {
        company_settings: [COMPANY_SETTINGS],
        calendar_days: daysOf('2025-12-01', 120),
        exclusions: [{ rule_id: 'x1', field: 'title', operator: 'contains', value: 'test', reason: 'Test' }],
        record_links: [{ source: 'crm', entity: 'leads', pattern: 'https://crm.example/lead/{id}/' }],
      },
    },
    { source: 'crm', at: LOADED, rows: CRM },
    { source: 'crm', at: HANDED_OVER, rows: AFTERWARDS },
  ],
  phones: Object.fromEntries(numbers.map((phone) => [phone, phone])),
}

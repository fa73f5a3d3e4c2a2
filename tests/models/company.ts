import type { RawFixture, RawRow } from './raw-fixture.ts'
import { TICKED } from './custom-suite.ts'
import { SEGMENTS } from './segment-rules.ts'

/*
 * A company small enough to check by eye: a CRM `crm`, a telephone exchange `tel` (files) and a spreadsheet `sheet`.
 * The first load is of 2026-01-10, the second of 2026-02-10.
 */
const FIRST = '2026-01-10 00:00:00'
const SECOND = '2026-02-10 00:00:00'

/** Rows of the company calendar from a first day on; Saturday and Sunday are free, the fiscal year begins in April. */
export const daysOf = (first: string, count: number): readonly RawRow[] =>
  Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.parse(first) + index * 86_400_000)
    const isWorking = day.getUTCDay() % 6 !== 0
    return {
      ...{ day: day.toISOString().slice(0, 10), is_working: isWorking, working_hours: isWorking ? 8 : 0 },
      ...{ opens_at: isWorking ? '09:00' : null, closes_at: isWorking ? '17:00' : null },
      ...{ is_holiday: false, holiday_name: null },
      ...fromApril(day.getUTCFullYear(), day.getUTCMonth()),
    }
  })

/** The same days of a department that works from noon to eight. */
const afternoonsOf = (team: string, first: string, count: number): readonly RawRow[] =>
  daysOf(first, count).map(({ day = null, is_working = null }) => ({
    ...{ kind: 'department', team, day, is_working },
    ...{ opens_at: is_working ? '12:00' : null, closes_at: is_working ? '20:00' : null },
  }))

function fromApril(year: number, month: number): RawRow {
  const period = (month + 9) % 12
  const first = (of: number) => new Date(Date.UTC(year, of, 1)).toISOString().slice(0, 10)
  return {
    ...{ fiscal_year: month < 3 ? year : year + 1, fiscal_quarter: Math.floor(period / 3) + 1 },
    ...{ fiscal_period: period + 1, fiscal_week: null, fiscal_week_start: null },
    ...{ fiscal_year_start: first(month - period), fiscal_quarter_start: first(month - (period % 3)) },
    fiscal_period_start: first(month),
  }
}

const deal = (id: number, fields: RawRow): RawRow => ({
  ...{ id, title: `Deal ${id}`, category_id: '0', stage_id: 'NEW', stage_semantic_id: 'P', opportunity: 100 },
  ...{ currency_id: 'EUR', assigned_by_id: '1', company_id: '1', created_time: '2026-01-01 09:00:00' },
  ...{ updated_time: '2026-01-01 09:00:00', closed: false, uf: {} },
  ...fields,
})

const WON = { stage_id: 'WON', stage_semantic_id: 'S', closed: true }
const LOST = { stage_id: 'LOSE', stage_semantic_id: 'F', closed: true }

// 1 reopened and won · 2 two moves in one second · 3 lost from the second stage · 4 no history · 5 won before the
// first load, then handed over · 6 won by user 1, who changes department · 7 dollars with a rate · 8 pounds without
// one · 9 a test deal · 10 gone in the second load
const DEALS = [
  deal(1, { ...WON, updated_time: '2026-01-06 12:00:00', closedate: '2026-01-06 00:00:00' }),
  deal(2, {
    stage_id: 'OFFER',
    uf: { ufCity: ['Riga', 'Vigo'], ufFee: '10|EUR', ufVisit: '2026-01-31T23:30:00+00:00' },
  }),
  deal(3, { ...LOST, opportunity: 50, updated_time: '2026-01-05 12:00:00' }),
  deal(4, { stage_id: 'TALK', company_id: null, contact_id: '10' }),
  deal(5, {
    ...WON,
    ...{ closedate: '2026-01-05 10:00:00', opportunity: 70, updated_time: '2026-01-05 10:00:00' },
  }),
  deal(6, { assigned_by_id: '1' }),
  deal(7, {
    ...WON,
    currency_id: 'USD',
    closedate: '2026-01-05 10:00:00',
    uf: { ufProduct: 'GTXPro', ufFee: '10' },
  }),
  deal(8, { currency_id: 'GBP', source_id: 'WEB', uf: { ufFee: '10', ufVisit: 'soon' } }),
  deal(9, { title: 'TEST please ignore', opportunity: 999 }),
  deal(10, {}),
]

const move = ([id, owner, stage, at]: readonly [number, number, string, string]): RawRow => ({
  ...{ id, owner_id: String(owner), type_id: '2', category_id: '0', stage_id: stage, created_time: at },
})

const MOVES = [
  move([1, 1, 'NEW', '2026-01-01 09:00:00']),
  move([2, 1, 'OFFER', '2026-01-02 09:00:00']),
  move([3, 1, 'LOSE', '2026-01-03 09:00:00']),
  move([4, 1, 'TALK', '2026-01-04 09:00:00']),
  move([5, 1, 'WON', '2026-01-06 12:00:00']),
  move([6, 2, 'NEW', '2026-01-01 09:00:00']),
  move([8, 2, 'OFFER', '2026-01-02 09:00:00']),
  move([7, 2, 'TALK', '2026-01-02 09:00:00']),
  move([9, 3, 'NEW', '2026-01-01 09:00:00']),
  move([10, 3, 'TALK', '2026-01-02 09:00:00']),
  move([11, 3, 'TALK', '2026-01-02 10:00:00']),
  move([12, 3, 'LOSE', '2026-01-05 12:00:00']),
]

const stage = (status: string, sort: number, fields: RawRow): RawRow => ({
  ...{ key: `DEAL_STAGE:${status}`, entity_id: 'DEAL_STAGE', status_id: status, sort },
  ...{ semantics: null, ...fields },
})

const user = (id: string, name: string, fields: RawRow): RawRow => ({
  ...{ id, active: true, name, last_name: 'Roca', email: `${name.toLowerCase()}@firm.example` },
  ...{ inner_phone: `10${id}` },
  ...fields,
})

const contact = (id: string, phone: string | null, fields: RawRow = {}): RawRow => ({
  ...{ id, name: `Person ${id}`, assigned_by_id: '1', phones: phone === null ? [] : [phone], emails: [] },
  ...fields,
})

const company = (id: string, title: string, phone: string): RawRow => ({
  ...{ id, title, assigned_by_id: '1', phones: [phone], emails: [] },
})

// A chain of 25 people, each sharing one number with the next: more than 20, so nobody is merged.
const CHAIN = Array.from({ length: 25 }, (_, index) => {
  const [before, after] = [`+3493000${100 + index}`, `+3493000${101 + index}`]
  return contact(String(100 + index), before, { phones: [before, after] })
})
const CHAIN_PHONES = Object.fromEntries(
  Array.from({ length: 26 }, (_, index) => [`+3493000${100 + index}`, `+3493000${100 + index}`]),
)

const CONTACTS = [
  // 10 and the spreadsheet's p1 are one person by telephone, in two spellings.
  contact('10', '93 100 00 10'),
  // Four people behind one number: never merged.
  ...['11', '12', '13', '14'].map((id) => contact(id, '+34931000011')),
  // 15 belongs to company 1; 16 shares its number and has no company.
  contact('15', '+34931000015', { company_id: '1' }),
  contact('16', '+34931000015'),
  // 17 and 18 share a number, and a rule says that they are not one.
  contact('17', '+34931000017'),
  contact('18', '+34931000017'),
  // Shared role mailbox and own number of the company.
  contact('19', null, { emails: ['info@shared.example'] }),
  contact('20', null, { emails: ['info@shared.example'] }),
  contact('21', '+34930000000'),
  contact('22', '+34930000000'),
  // One mailbox, written in two ways.
  contact('23', null, { emails: ['Ada@Home.example'] }),
  contact('24', null, { emails: [' ada@home.example'] }),
  ...CHAIN,
]

const COMPANIES = [
  company('1', 'Acme', '+34932000001'),
  // 2 and 3 are different companies behind one number.
  company('2', 'North', '+34932000002'),
  company('3', 'South', '+34932000002'),
]

const call = (id: string, fields: RawRow): RawRow => ({
  ...{ id, portal_user_id: '1', phone_number: '+34931000015', call_type: '1', call_duration: 30 },
  ...{ call_failed_code: '200', call_start_date: '2026-01-05 23:30:00' },
  ...fields,
})

const CRM_FIRST = {
  users: [user('1', 'Anna', { department_ids: ['5'] }), user('2', 'Bruno', { department_ids: ['6'] })],
  departments: [
    { id: '5', name: 'North', parent_id: null, head_user_id: '2' },
    { id: '6', name: 'South', parent_id: '5', head_user_id: null },
  ],
  pipelines: [{ id: '0', name: 'Sales', sort: 1, is_default: true }],
  stages: [
    ...[
      stage('NEW', 10, { name: 'New' }),
      stage('TALK', 20, { name: 'Talk' }),
      stage('OFFER', 30, { name: 'Offer' }),
    ],
    ...[
      stage('WON', 40, { name: 'Won', semantics: 'S' }),
      stage('LOSE', 50, { name: 'Lost', semantics: 'F' }),
    ],
    { key: 'SOURCE:WEB', entity_id: 'SOURCE', status_id: 'WEB', name: 'Web site', sort: 1, semantics: null },
  ],
  companies: COMPANIES,
  contacts: CONTACTS,
  deals: DEALS,
  stage_history: MOVES,
  calls: [
    call('1', { _extra: { Mood: 'glad', Score: '7' } }),
    call('2', { call_type: '2', call_duration: 5 }),
    call('3', { call_type: '2', call_duration: 0, call_failed_code: '304' }),
    call('4', { crm_entity_type: 'DEAL', crm_entity_id: '4', phone_number: '+34939999999' }),
  ],
  // A line that names no product, of a deal of another amount.
  product_rows: [{ id: '70', deal_id: '7', price: 40, quantity: 2, discount: 5 }],
  activities: [
    {
      ...{ id: '1', owner_id: '4', owner_type_id: '2', type_id: '1', subject: 'Visit', completed: true },
      ...{ responsible_id: '2', created: '2026-01-05 10:00:00', end_time: '2026-01-06 10:00:00' },
    },
  ],
}

// A month later: Anna moved to South, deal 5 was handed to Bruno, Anna won deal 6 and handed it to Bruno afterwards.
const CRM_SECOND = {
  users: [user('1', 'Anna', { department_ids: ['6'], timestamp_x: '2026-02-01 00:00:00' })],
  deals: [
    deal(5, {
      ...WON,
      ...{ closedate: '2026-01-05 10:00:00', opportunity: 70, assigned_by_id: '2' },
      updated_time: '2026-01-20 10:00:00',
    }),
    deal(6, { ...WON, closedate: '2026-01-25 10:00:00', updated_time: '2026-01-25 10:00:00' }),
  ],
}
const CRM_THIRD = {
  deals: [
    deal(6, {
      ...WON,
      ...{ closedate: '2026-01-25 10:00:00', assigned_by_id: '2', updated_time: '2026-02-15 10:00:00' },
    }),
  ],
}

const target = (id: string, fields: RawRow): RawRow => ({
  ...{ target_id: id, metric: 'won_amount', month: '2026-01-01', value: 100, version: 1, is_current: true },
  ...{ valid_from: '2026-01-01 00:00:00', author: 'head', person: null, department: null },
  ...fields,
})

/** Madrid, euros, fiscal year from April, sales with VAT. */
export const COMPANY_SETTINGS: RawRow = {
  ...{ setting_id: 'company', name: 'Firm', timezone: 'Europe/Madrid', currency: 'EUR', locale: 'es' },
  ...{
    country: 'ES',
    fiscal_calendar: '{"firstMonth":4,"namedBy":"end","retail":null}',
    sale_counts: 'won',
    vat: 'with',
    connected_seconds: 10,
  },
}

const WORKSPACE = {
  company_settings: [COMPANY_SETTINGS],
  calendar_days: daysOf('2025-12-01', 120),
  team_calendar_days: afternoonsOf('crm:5', '2025-12-01', 120),
  absences: [{ person: 'crm:1', first_day: '2026-01-02', last_day: '2026-01-02' }],
  branches: [{ branch: 'Canary', timezone: 'Atlantic/Canary' }],
  exchange_rates: [
    { rate_id: 'usd-1', currency: 'USD', day: '2026-01-01', rate: '0.90' },
    { rate_id: 'usd-2', currency: 'USD', day: '2026-01-06', rate: '0.80' },
  ],
  stage_meanings: [{ rule_id: 'm1', source: 'crm', stage: 'Offer', meaning: 'qualified' }],
  exclusions: [{ rule_id: 'x1', field: 'title', operator: 'contains', value: 'test', reason: 'Test deal' }],
  // Rules of the far future join nobody yet.
  spellings: [
    {
      rule_id: 's1',
      entity: 'person',
      spelling: 'Bruno R.',
      canonical: 'Bruno Roca',
      valid_from: '2026-01-01',
    },
    {
      rule_id: 's2',
      entity: 'person',
      spelling: 'Stranger',
      canonical: 'Bruno Roca',
      valid_from: '2999-01-01',
    },
  ],
  person_links: [
    { rule_id: 'l1', person: 'sheet:Nena', same_as: 'crm:1' },
    { rule_id: 'l2', person: 'crm:2', same_as: 'crm:1', valid_from: '2999-01-01' },
  ],
  client_links: [
    { rule_id: 'c1', client: 'crm:contact:17', other: 'crm:contact:18', is_same: false },
    { rule_id: 'c2', client: 'crm:company:2', other: 'sheet:company:k9', is_same: true },
    {
      rule_id: 'c3',
      client: 'crm:company:1',
      other: 'crm:company:2',
      is_same: true,
      valid_from: '2999-01-01',
    },
  ],
  targets: [
    target('t1', { person: 'crm:1' }),
    target('t2', { person: 'crm:1', value: 80, version: 0, is_current: false }),
    target('t3', { department: 'crm:5', value: 150 }),
    target('t4', { product: 'GTXPro', value: 30 }),
    target('t5', { value: 900 }),
    target('t6', { person: 'crm:1', product: 'GTXPro', value: 20 }),
  ],
  own_phones: [{ phone: '+34930000000' }],
  segments: SEGMENTS,
  custom_fields: TICKED,
}

const TEL = {
  people: [{ person_id: 'x1', name: 'A. Roca', extension: '101', is_active: true }],
  calls: [
    {
      ...{ call_id: 't1', agent: 'Somebody', extension: '101', phone: '93 100 00 10', direction: 'in' },
      ...{ started_at: '2026-01-07 10:00:00', is_answered: true, talk_seconds: 60, wait_seconds: 4 },
    },
    {
      ...{ call_id: 't2', agent: null, extension: '999', phone: '12', direction: 'in' },
      ...{ started_at: '2026-01-07 11:00:00', is_answered: false, talk_seconds: null },
    },
  ],
}

const SHEET = {
  deals: [
    {
      ...{
        deal_id: 'd1',
        stage: 'Closed',
        status: 'won',
        owner: 'Bruno R.',
        company: 'k9',
        product: 'GTXPro',
      },
      ...{
        amount: 10,
        created_at: '2026-01-02 10:00:00',
        closed_at: '2026-01-31 23:30:00',
        branch: 'Canary',
        _extra: { Town: 'Vigo' },
      },
    },
    {
      ...{ deal_id: 'd2', stage: 'Open', status: 'open', owner: 'Nena', company: 'Unlisted Ltd' },
      ...{ amount: 20, created_at: '2026-01-02 10:00:00', product: 'GTX Pro' },
    },
    {
      ...{ deal_id: 'd3', stage: 'Lost', status: 'lost', owner: 'Stranger', contact: 'p1', amount: 0 },
      ...{ created_at: '2026-01-05 10:00:00', closed_at: '2026-01-04 10:00:00' },
    },
  ],
  companies: [{ company_id: 'k9', name: 'North & Co', sector: 'Retail', _extra: { VIP: 'yes' } }],
  contacts: [{ contact_id: 'p1', name: 'P One', phone: '(93) 1000010', has_consent: true }],
  products: [{ product_id: 'P1', name: 'GTX Pro', category: 'GTX', price: 1 }],
  deal_lines: [
    { line_id: 'l1', deal: 'd3', product: 'Cable', category: 'Parts', quantity: 2, price: 1.5, amount: 3 },
    { line_id: 'l2', deal: 'd3', product: 'gtx pro', quantity: 1, price: 7, amount: 7 },
  ],
  payments: [
    { payment_id: 'i1', deal: 'd1', kind: 'invoice', amount: 10, currency: 'EUR' },
    { payment_id: 'p1', deal: 'd1', amount: 4, currency: 'EUR', paid_at: '2026-02-01 10:00:00' },
    { payment_id: 'p2', deal: 'd1', amount: 6, currency: 'EUR', paid_at: '2026-02-03 10:00:00' },
    { payment_id: 'p3', deal: 'd3', amount: 8, currency: 'USD', paid_at: '2026-02-03 10:00:00' },
    { payment_id: 'p4', deal: 'd3', amount: 1, currency: 'GBP', paid_at: '2026-02-03 10:00:00' },
    { payment_id: 'i2', deal: 'd2', kind: 'invoice', amount: 20, amount_paid: 5, currency: 'EUR' },
  ],
}

export const COMPANY: RawFixture = {
  sources: { crm: 'bitrix24', tel: 'files', sheet: 'files' },
  loads: [
    { source: 'workspace', at: FIRST, rows: WORKSPACE },
    { source: 'crm', at: FIRST, rows: CRM_FIRST },
    { source: 'tel', at: FIRST, rows: TEL },
    { source: 'sheet', at: FIRST, rows: SHEET },
    { source: 'crm', at: SECOND, rows: CRM_SECOND, gone: { deals: [deal(10, {})] } },
    { source: 'crm', at: '2026-02-20 00:00:00', rows: CRM_THIRD },
  ],
  phones: {
    ...CHAIN_PHONES,
    '93 100 00 10': '+34931000010',
    '(93) 1000010': '+34931000010',
    '12': null,
    ...Object.fromEntries(
      ['+34931000011', '+34931000015', '+34931000017', '+34930000000', '+34932000001', '+34932000002'].map(
        (phone) => [phone, phone],
      ),
    ),
    '+34939999999': '+34939999999',
  },
}

import fc from 'fast-check'
import { COMPANY_SETTINGS, daysOf } from './company.ts'
import type { RawFixture, RawRow } from './raw-fixture.ts'

const START = Date.parse('2026-01-01T00:00:00Z')
const DAYS = 100
const LOADED = '2026-05-01 12:00:00'
const CLIENTS = 40

/** Marks of a campaign as a link carries them, and the channel that they mean. */
export type Marks = { readonly source: string; readonly medium: string; readonly campaign: string }
const MARKS: readonly Marks[] = [
  { source: 'google', medium: 'cpc', campaign: 'spring' },
  { source: 'google', medium: 'cpc', campaign: 'brand' },
  { source: 'yandex', medium: 'cpc', campaign: 'brand' },
  { source: 'news', medium: 'email', campaign: 'letter' },
]

const anyMarks = fc.option(fc.constantFrom(...MARKS), { freq: 1 })
const anyDay = fc.integer({ min: 0, max: DAYS - 1 })
const anyMoney = fc.integer({ min: 1, max: 900 })

const anyLead = fc.record({
  client: fc.integer({ min: 1, max: CLIENTS }),
  day: anyDay,
  marks: anyMarks,
  source: fc.constantFrom('WEB', 'ADS', null),
  status: fc.constantFrom('P', 'F', 'S'),
})
const anyDeal = fc.record({
  client: fc.integer({ min: 1, max: CLIENTS }),
  day: anyDay,
  marks: fc.option(fc.constantFrom(...MARKS), { freq: 3 }),
  /** The lead that it came of, by its place, and how many days after it (before it, where somebody joined it by hand). */
  lead: fc.option(fc.integer({ min: 0, max: 119 }), { freq: 2 }),
  daysAfter: fc.integer({ min: -2, max: 20 }),
  status: fc.constantFrom('P', 'F', 'S', 'S'),
  amount: anyMoney,
  cost: fc.option(anyMoney, { freq: 3 }),
})
const anyVisit = fc.record({
  client: fc.integer({ min: 1, max: CLIENTS }),
  day: anyDay,
  marks: fc.option(fc.constantFrom(...MARKS), { freq: 3 }),
})
const anyCost = fc.record({ day: anyDay, marks: fc.constantFrom(...MARKS), cost: anyMoney })
const anySheetDeal = fc.record({
  day: anyDay,
  status: fc.constantFrom('open', 'won', 'lost'),
  amount: anyMoney,
})

const anyCompany = fc.record({
  leads: fc.array(anyLead, { minLength: 120, maxLength: 120 }),
  deals: fc.array(anyDeal, { minLength: 140, maxLength: 140 }),
  visits: fc.array(anyVisit, { minLength: 120, maxLength: 120 }),
  costs: fc.array(anyCost, { minLength: 60, maxLength: 60 }),
  /** Deals of a source that knows no leads. */
  sheet: fc.array(anySheetDeal, { minLength: 30, maxLength: 30 }),
})

type Drawn = typeof anyCompany extends fc.Arbitrary<infer Company> ? Company : never
/** A company with leads, drawn by chance; each event has a minute of its own. */
export type RandomCompany = {
  readonly leads: readonly (Drawn['leads'][number] & { readonly at: number })[]
  readonly deals: readonly (Drawn['deals'][number] & { readonly at: number })[]
  readonly visits: readonly (Drawn['visits'][number] & { readonly at: number })[]
  readonly costs: Drawn['costs']
  readonly sheet: Drawn['sheet']
}

export function randomCompany(seed: number): RandomCompany {
  const [drawn] = fc.sample(anyCompany, { seed, numRuns: 1 })
  if (drawn === undefined) throw new Error('fast-check drew no company')
  const at = (day: number, hour: number, place: number): number =>
    START + day * 86_400_000 + hour * 3_600_000 + place * 60_000
  return {
    ...drawn,
    leads: drawn.leads.map((lead, place) => ({ ...lead, at: at(lead.day, 9, place) })),
    deals: drawn.deals.map((deal, place) => {
      const lead = deal.lead === null ? undefined : drawn.leads[deal.lead]
      if (lead === undefined) return { ...deal, at: at(deal.day, 12, place) }
      return { ...deal, client: lead.client, at: at(Math.max(0, lead.day + deal.daysAfter), 12, place) }
    }),
    visits: drawn.visits.map((visit, place) => ({ ...visit, at: at(visit.day, 6, place) })),
  }
}

/** An instant as the raw tables have it, UTC. */
export const stampOf = (instant: number): string =>
  new Date(instant).toISOString().slice(0, 19).replace('T', ' ')
const dayOf = (day: number): string => stampOf(START + day * 86_400_000).slice(0, 10)
const phoneOf = (client: number): string => `+349310${String(client).padStart(5, '0')}`
const utmOf = (marks: Marks | null): RawRow =>
  marks === null ? {} : { utm_source: marks.source, utm_medium: marks.medium, utm_campaign: marks.campaign }
const stageOf = (status: string): string => ({ P: 'NEW', F: 'LOSE', S: 'WON' })[status] ?? status

/** The company's rows as its CRM, its site, its advertising accounts and a spreadsheet send them. */
export function rawOf(company: RandomCompany): RawFixture {
  const clients = Array.from({ length: CLIENTS }, (_, index) => index + 1)
  const crm = {
    users: [{ id: '1', active: true, name: 'Ada', email: 'ada@firm.example', department_ids: ['5'] }],
    departments: [{ id: '5', name: 'North', parent_id: null, head_user_id: null }],
    pipelines: [{ id: '0', name: 'Sales', sort: 1, is_default: true }],
    stages: [
      stage('DEAL_STAGE', 'NEW', 'P'),
      stage('DEAL_STAGE', 'WON', 'S'),
      stage('DEAL_STAGE', 'LOSE', 'F'),
    ],
    contacts: clients.map((id) => ({
      ...{ id: String(id), name: `Client ${id}`, assigned_by_id: '1', phones: [phoneOf(id)], emails: [] },
    })),
    leads: company.leads.map(leadRow),
    deals: company.deals.map(dealRow),
  }
  const sheet = {
    deals: company.sheet.map(({ day, status, amount }, index) => ({
      ...{ deal_id: String(index), stage: status, status, amount, created_at: `${dayOf(day)} 10:00:00` },
      closed_at: status === 'open' ? null : `${dayOf(day)} 11:00:00`,
    })),
  }
  return {
    sources: { crm: 'bitrix24', site: 'files', ads: 'files', sheet: 'files' },
    loads: [
      {
        ...{ source: 'workspace', at: LOADED },
        rows: { company_settings: [COMPANY_SETTINGS], calendar_days: daysOf('2025-12-01', 200) },
      },
      { source: 'crm', at: LOADED, rows: crm },
      { source: 'sheet', at: LOADED, rows: sheet },
      { source: 'site', at: LOADED, rows: { web_sessions: company.visits.map(visitRow) } },
      { source: 'ads', at: LOADED, rows: { ad_costs: company.costs.map(costRow) } },
    ],
    phones: Object.fromEntries(clients.map((id) => [phoneOf(id), phoneOf(id)])),
  }
}

const stage = (entity: string, status: string, semantics: string): RawRow => ({
  ...{ key: `${entity}:${status}`, entity_id: entity, status_id: status, name: status, sort: 1, semantics },
})

function leadRow(
  { client, marks, source, status, at }: RandomCompany['leads'][number],
  index: number,
): RawRow {
  return {
    ...{ id: String(index + 1), title: `Lead ${index}`, stage_id: 'NEW', stage_semantic_id: status },
    ...{ assigned_by_id: '1', contact_id: String(client), phones: [], emails: [], source_id: source },
    ...{ created_time: stampOf(at), updated_time: stampOf(at), moved_time: stampOf(at + 60_000) },
    ...utmOf(marks),
  }
}

function dealRow(deal: RandomCompany['deals'][number], index: number): RawRow {
  const closed = stampOf(deal.at + 86_400_000)
  return {
    ...{ id: String(index + 1), title: `Deal ${index}`, category_id: '0', stage_id: stageOf(deal.status) },
    ...{ stage_semantic_id: deal.status, closed: deal.status !== 'P', closedate: closed, currency_id: 'EUR' },
    ...{ opportunity: deal.amount, assigned_by_id: '1', contact_id: String(deal.client) },
    ...{ lead_id: deal.lead === null ? null : String(deal.lead + 1), created_time: stampOf(deal.at) },
    ...{ updated_time: closed, uf: deal.cost === null ? {} : { ufCost: String(deal.cost) } },
    ...utmOf(deal.marks),
  }
}

function visitRow({ client, marks, at }: RandomCompany['visits'][number], index: number): RawRow {
  const said = marks ?? { source: null, medium: null, campaign: null }
  return {
    ...{ session_id: String(index), visitor: `v${client}`, started_at: stampOf(at), phone: phoneOf(client) },
    ...{ is_direct: marks === null, ...said },
  }
}

const costRow = ({ day, marks, cost }: RandomCompany['costs'][number], index: number): RawRow => ({
  ...{ cost_id: String(index), day: dayOf(day), ...marks, cost, currency: 'EUR' },
})

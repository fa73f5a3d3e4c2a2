import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSemantic, type SemanticService } from '#semantic'
import { dbtBuild } from './dbt-build.ts'
import { randomCompany, rawOf, stampOf, type Marks, type RandomCompany } from './random-returns.ts'
import { writeRaw } from './raw-fixture.ts'

const SEED = Number(process.env['EMBUT_SEED'] ?? 20_261_123)
const DAY = 86_400_000
const ATTRIBUTION_DAYS = 90
const ADMINISTRATOR = {
  ...{ userId: 'a', role: 'administrator' as const, personId: null, departmentIds: [], canSeePersonal: true },
}
const folder = mkdtempSync(join(tmpdir(), 'embut-returns-'))
const place = (name: string): string => join(folder, name)
const company = randomCompany(SEED)
let semantic: SemanticService

beforeAll(async () => {
  const files = { raw: place('raw.duckdb'), marts: place('marts.duckdb'), work: place('work.duckdb') }
  await writeRaw(files.raw, rawOf(company))
  await dbtBuild({ ...files, target: place('target') }, ['--exclude-resource-type', 'unit_test'])
  copyFileSync(files.marts, place('marts-1.duckdb'))
  const current = { version: '1', file: 'marts-1.duckdb', publishedAt: '2026-05-01T13:00:00.000Z' }
  writeFileSync(place('current.json'), JSON.stringify(current))
  semantic = await createSemantic({ projectRoot: process.cwd(), publishedDir: folder, watch: false })
}, 300_000)
afterAll(async () => {
  await semantic.close()
  rmSync(folder, { recursive: true, force: true })
})

const CHANNELS: Readonly<Record<string, string>> = {
  google: 'Google Ads',
  yandex: 'Yandex.Direct',
  news: 'Email',
}
type Origin = { readonly channel: string | null; readonly campaign: string | null }
const originOf = (marks: Marks): Origin => ({
  channel: CHANNELS[marks.source] ?? null,
  campaign: marks.campaign,
})

/** The last visit that was not direct, of those that hold; null where all are direct or none is. */
function lastVisit(holds: (visit: RandomCompany['visits'][number]) => boolean): Marks | null {
  const found = company.visits.filter((visit) => visit.marks !== null && holds(visit))
  return found.sort((one, two) => two.at - one.at)[0]?.marks ?? null
}

/** Whose visit leads to the client's next deal, if that comes in time. */
function nextDeal(visit: RandomCompany['visits'][number]): RandomCompany['deals'][number] | undefined {
  const later = company.deals.filter(({ client, at }) => client === visit.client && at >= visit.at)
  const [next] = later.sort((one, two) => one.at - two.at)
  return next !== undefined && next.at - visit.at <= ATTRIBUTION_DAYS * DAY ? next : undefined
}

function originOfLead(lead: RandomCompany['leads'][number]): Origin {
  const since = lead.at - ATTRIBUTION_DAYS * DAY
  const visit = lastVisit(({ client, at }) => client === lead.client && at >= since && at <= lead.at + DAY)
  const marks = lead.marks ?? visit
  return marks === null ? { channel: lead.source, campaign: null } : originOf(marks)
}

function originOfDeal(deal: RandomCompany['deals'][number]): Origin {
  if (deal.marks !== null) return originOf(deal.marks)
  const lead = deal.lead === null ? undefined : company.leads[deal.lead]
  const ofLead = lead && originOfLead(lead)
  if (ofLead?.campaign) return ofLead
  const visit = lastVisit((each) => nextDeal(each) === deal)
  if (visit !== null) return originOf(visit)
  return { channel: lead?.source ?? null, campaign: null }
}

type Count = Readonly<Record<(typeof COUNTS)[number], number>>
type Event = Origin & { readonly month: string; readonly count: Partial<Count> }
const COUNTS = [
  ...(['cost', 'visits', 'leads_count', 'kept_leads_count', 'converted_leads_count', 'deals_count'] as const),
  ...(['won_leads_count', 'won_count', 'won_amount', 'margin', 'new_clients_count'] as const),
]

const firstOf = (index: number): RandomCompany['deals'][number] | undefined =>
  // The deal that a lead became is the first that names it.
  company.deals.filter(({ lead }) => lead === index).sort((one, two) => one.at - two.at)[0]

function leadEvents(): readonly Event[] {
  return company.leads.map((lead, index) => {
    const deal = firstOf(index)
    const isConverted = deal !== undefined || lead.status === 'S'
    return {
      ...{ ...originOfLead(lead), month: stampOf(lead.at).slice(0, 7) },
      count: {
        ...{ leads_count: 1, kept_leads_count: 1, converted_leads_count: isConverted ? 1 : 0 },
        won_leads_count: deal?.status === 'S' ? 1 : 0,
      },
    }
  })
}

function dealEvents(): readonly Event[] {
  const won = company.deals.filter(({ status }) => status === 'S')
  return company.deals.map((deal) => {
    const lead = deal.lead === null ? undefined : company.leads[deal.lead]
    const isWon = deal.status === 'S'
    const isFirst = isWon && !won.some((other) => other.client === deal.client && other.at < deal.at)
    const own = lead === undefined ? { leads_count: 1, won_leads_count: isWon ? 1 : 0 } : {}
    const margin = isWon && deal.cost !== null ? { margin: deal.amount - deal.cost } : {}
    return {
      ...{ ...originOfDeal(deal), month: stampOf(Math.min(deal.at, lead?.at ?? deal.at)).slice(0, 7) },
      count: {
        ...{
          deals_count: 1,
          won_count: isWon ? 1 : 0,
          new_clients_count: isFirst ? 1 : 0,
          ...own,
          ...margin,
        },
        ...(isWon ? { won_amount: deal.amount } : {}),
      },
    }
  })
}

function otherEvents(): readonly Event[] {
  const monthOf = (day: number): string => stampOf(Date.parse('2026-01-01') + day * DAY).slice(0, 7)
  const sheet = company.sheet.map(({ day, status, amount }) => {
    const isWon = status === 'won' ? 1 : 0
    const counts = { leads_count: 1, deals_count: 1, won_count: isWon, won_leads_count: isWon }
    return {
      ...{ channel: null, campaign: null, month: monthOf(day) },
      count: { ...counts, ...(isWon ? { won_amount: amount } : {}) },
    }
  })
  const costs = company.costs.map(({ day, marks, cost }) => ({
    ...{ ...originOf(marks), month: monthOf(day), count: { cost } },
  }))
  const visits = company.visits.map(({ day, marks }) => ({
    ...(marks === null ? { channel: 'Direct', campaign: null } : originOf(marks)),
    ...{ month: monthOf(day), count: { visits: 1 } },
  }))
  return [...sheet, ...costs, ...visits]
}

const events = [...leadEvents(), ...dealEvents(), ...otherEvents()]
const sum = (of: readonly Event[], name: keyof Count): number | null => {
  const known = of.flatMap(({ count }) => count[name] ?? [])
  return known.length === 0 ? (name.endsWith('_count') ? 0 : null) : known.reduce((a, b) => a + b, 0)
}
const over = (above: number | null, below: number | null): number | null =>
  above === null || below === null || below === 0 ? null : above / below

function expected(of: readonly Event[]): Readonly<Record<string, number | null>> {
  const counts = Object.fromEntries(COUNTS.map((name) => [name, sum(of, name)]))
  const count = (name: keyof Count): number | null => counts[name] ?? null
  const [cost, margin] = [count('cost'), count('margin')]
  return {
    ...counts,
    lead_conversion_rate: over(count('converted_leads_count'), count('kept_leads_count')),
    lead_win_rate: over(count('won_leads_count'), count('leads_count')),
    cost_per_lead: over(cost, count('leads_count')),
    cost_per_deal: over(cost, count('deals_count')),
    cost_per_sale: over(cost, count('won_count')),
    acquisition_cost: over(cost, count('new_clients_count')),
    romi: margin === null || cost === null ? null : over(margin - cost, cost),
  }
}

const VIEW = 'marketing_report'
async function reported(
  dimensions: readonly string[],
): Promise<ReadonlyMap<string, Record<string, number | null>>> {
  const names = Object.keys(expected([]))
  const isByMonth = dimensions.includes('day.month')
  const { rows } = await semantic.load(ADMINISTRATOR, {
    measures: names.map((name) => `${VIEW}.${name}`),
    dimensions: dimensions.filter((name) => name !== 'day.month').map((name) => `${VIEW}.${name}`),
    ...(isByMonth ? { timeDimensions: [{ dimension: `${VIEW}.day`, granularity: 'month' }] } : {}),
    limit: 1000,
  })
  return new Map(
    rows.map((row) => {
      const key = dimensions.map((name) =>
        String(row[`${VIEW}.${name}`] ?? '').slice(0, name === 'day.month' ? 7 : 99),
      )
      const value = (name: string): number | null => {
        const cell = row[`${VIEW}.${name}`] ?? null
        return cell === null ? null : Number(cell)
      }
      return [key.join('|'), Object.fromEntries(names.map((name) => [name, value(name)]))]
    }),
  )
}

describe(`what advertising returned, of a company drawn by the seed ${SEED}`, () => {
  test.each([
    ['in all', [], () => ''],
    [
      'by channel and campaign',
      ['channel', 'campaign'],
      (at: Event) => `${at.channel ?? ''}|${at.campaign ?? ''}`,
    ],
    ['by month', ['day.month'], (at: Event) => at.month],
    ['by channel and month', ['channel', 'day.month'], (at: Event) => `${at.channel ?? ''}|${at.month}`],
  ] as const)('is that of its raw rows %s', async (_, dimensions, slice) => {
    const found = await reported(dimensions)
    const groups = Map.groupBy(events, slice)
    expect([...found.keys()].sort()).toEqual([...groups.keys()].sort())
    for (const [key, members] of groups) {
      const truth = expected(members)
      for (const [name, value] of Object.entries(truth)) {
        const cell = found.get(key)?.[name] ?? null
        const told = `${key} ${name}: ${String(cell)} for ${String(value)}`
        expect(cell === null ? cell : Math.round(cell * 1e6), told).toBe(
          value === null ? value : Math.round(value * 1e6),
        )
      }
    }
  })
})

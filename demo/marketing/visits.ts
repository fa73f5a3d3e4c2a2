import { DAY, HOUR } from '../company/clock.ts'
import type { Deal } from '../company/deals.ts'
import { itemAt } from '../company/random.ts'
import type { Marketed } from './ads.ts'

/** One visit of the company's site. */
export type Visit = {
  readonly id: string
  readonly at: number
  /** The browser; a number that a double cannot hold. */
  readonly visitor: string
  readonly utm: readonly [source: string, medium: string] | null
  readonly campaign: string | null
  readonly term: string | null
  readonly page: string
  /** The deal that it led to. */
  readonly deal: Deal | null
}

const PAGES = ['solar', 'wallbox', 'contact', 'news'] as const
const CAMPAIGNS = [
  { name: 'Solar for homes', term: 'solar panels' },
  { name: 'Wallboxes', term: 'wallbox 11 kw' },
] as const

/** The mark that an advertisement gave the click that led to a deal. */
export function clickOf({ id, source }: Deal): string | null {
  return source.id === 'ADVERTISING' ? `Cj0KCQ${id}` : null
}

/** Visits of the generated company's site in the order of time: one or two before each deal of the web, and idle ones. */
export function createVisits({ world, deals }: Marketed, firstDay = '0000-01-01'): readonly Visit[] {
  const random = world.random('visits')
  const first = Date.parse(`${firstDay}T00:00:00Z`)
  const visits: Omit<Visit, 'id'>[] = []
  for (const deal of deals.filter(({ source }) => source.utm !== null)) {
    const before = deal.createdAt - random.int(5, 50) * 60_000
    const paid = deal.source.id === 'ADVERTISING'
    const campaign = paid ? itemAt(CAMPAIGNS, deal.id % 4 < 2 ? 0 : 1) : null
    const seen = {
      visitor: visitorOf(deal.id),
      campaign: campaign?.name ?? null,
      term: campaign?.term ?? null,
    }
    const page = `https://www.nordwind.example/${random.pick(PAGES)}?utm_source=${deal.source.utm?.[0]}`
    const click = clickOf(deal)
    const landing = click === null ? page : `${page}&gclid=${click}`
    visits.push({ at: before, ...seen, utm: deal.source.utm, page: landing, deal })
    if (random.chance(0.4))
      visits.push({
        at: before - random.int(1, 9) * DAY,
        ...seen,
        campaign: null,
        utm: null,
        page,
        deal: null,
      })
    const idle = {
      visitor: visitorOf(10_000_000 + deal.id),
      campaign: null,
      term: null,
      utm: null,
      deal: null,
    }
    visits.push({ ...idle, at: before + random.int(1, 20) * HOUR, page: 'https://www.nordwind.example/' })
  }
  return visits
    .filter(({ at }) => at >= first && at < world.asOf)
    .toSorted((a, b) => a.at - b.at)
    .map((visit, index) => ({ ...visit, id: String(13_371_337_133_713_000_000n + BigInt(index)) }))
}

function visitorOf(number: number): string {
  return String(1_700_000_000_000_000_000n + BigInt(number))
}

import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadFunnel } from '#lib/funnel/funnel-page.ts'
import { funnelUrl } from '#lib/funnel/funnel-state.ts'
import { quartilesOf, type Stays } from '#lib/funnel/stay-times.ts'
import { CALENDAR_YEARS } from '#semantic/report'
import { companySql } from './company.ts'
import { dealsInDuckDb, reader, rowsOf } from './deal-stages.ts'

type Deal = { readonly days: number; readonly hasLeft: boolean }

const deals = fc.array(fc.record({ days: fc.integer({ min: 0, max: 30 }), hasLeft: fc.boolean() }), {
  minLength: 1,
  maxLength: 60,
})

/** One row per day and outcome, in any order, as a query groups them. */
function grouped(all: readonly Deal[]): Stays[] {
  const groups = Map.groupBy(all, ({ days, hasLeft }) => `${days} ${hasLeft}`)
  return [...groups.values()].map((group) => ({
    days: group[0]?.days ?? 0,
    deals: group.length,
    left: group[0]?.hasLeft ? group.length : 0,
  }))
}

/**
 * The same by Efron's redistribution to the right: every deal has equal weight; whoever is still there hands its weight
 * in equal parts to those who were there longer. What has left by a day is the weight of those who left by it.
 */
function byRedistribution(all: readonly Deal[], level: number): number | null {
  const order = [...all].sort((a, b) => a.days - b.days || Number(b.hasLeft) - Number(a.hasLeft))
  const weights = order.map(() => 1 / order.length)
  let gone = 0
  for (const [index, { days, hasLeft }] of order.entries()) {
    const own = weights[index] ?? 0
    if (!hasLeft) {
      const later = order.length - index - 1
      for (let next = index + 1; next < order.length; next += 1)
        weights[next] = (weights[next] ?? 0) + own / later
      continue
    }
    gone += own
    if (gone >= level - 1e-9) return days
  }
  return null
}

describe('how long deals stay in a stage', () => {
  it('is what redistribution to the right finds, for any deals', () => {
    fc.assert(
      fc.property(deals, (all) => {
        const { lower, median, upper } = quartilesOf(grouped(all))
        expect([lower, median, upper]).toEqual([0.25, 0.5, 0.75].map((level) => byRedistribution(all, level)))
      }),
      { numRuns: 2000, verbose: true },
    )
  })

  it('is the plain quartile where every deal has left', () => {
    fc.assert(
      fc.property(deals, (all) => {
        const sorted = all.map(({ days }) => days).sort((a, b) => a - b)
        const at = (share: number): number | undefined => sorted[Math.ceil(sorted.length * share) - 1]
        const left = all.map((deal) => ({ ...deal, hasLeft: true }))
        expect(quartilesOf(grouped(left))).toEqual({ lower: at(0.25), median: at(0.5), upper: at(0.75) })
      }),
    )
  })

  it('is not reached yet where fewer have left', () => {
    const stays = [
      { days: 3, deals: 4, left: 4 },
      { days: 90, deals: 6, left: 0 },
    ]
    expect(quartilesOf(stays)).toEqual({ lower: 3, median: null, upper: null })
    expect(quartilesOf([])).toEqual({ lower: null, median: null, upper: null })
  })

  it('never gets shorter because a deal that is still there has been there longer', () => {
    const later = (days: number | null): number => days ?? Number.POSITIVE_INFINITY
    fc.assert(
      fc.property(deals, fc.nat(), (all, chosen) => {
        const index = chosen % all.length
        const longer = all.map((deal, at) =>
          at === index && !deal.hasLeft ? { ...deal, days: deal.days + 5 } : deal,
        )
        const [before, after] = [quartilesOf(grouped(all)), quartilesOf(grouped(longer))]
        expect(later(after.median)).toBeGreaterThanOrEqual(later(before.median))
      }),
    )
  })
})

describe('time in stage on the funnel page', () => {
  const calendar = { workingDays: [1, 2, 3, 4, 5], holidays: [] }
  const clock = {
    now: new Date('2026-03-01T12:00:00Z'),
    zone: 'UTC',
    fiscalCalendar: CALENDAR_YEARS,
    calendar,
  }
  let semantic: Awaited<ReturnType<typeof dealsInDuckDb>>
  beforeAll(async () => {
    semantic = await dealsInDuckDb(companySql(500))
  })
  const pageOf = (search: string) =>
    loadFunnel({ semantic, reader, clock }, funnelUrl.read(new URLSearchParams(search)))

  it('counts the deals of the page, each where it was, and those still there apart', async () => {
    const { stays } = await pageOf('?period=2025-03-01..2026-03-31&manager=Ana+Ribas')
    const truth = await rowsOf(
      semantic.connection,
      `select stage as name, count(*) as deals, count(*) filter (is_advanced or is_lost) as gone from deal_stages
        where manager = 'Ana Ribas' and is_visited and stay_seconds is not null and stage <> 'Won'
        group by stage, stage_order order by stage_order`,
    )
    expect(truth.length).toBe(5)
    expect(stays?.stages.map((stage) => [stage.name, stage.deals, stage.left])).toEqual(
      truth.map(({ name, deals: count, gone }) => [name, Number(count), Number(gone)]),
    )
    expect(stays?.passport.rows).toBe(5)
    expect(stays?.stages.every(({ median }) => median !== null)).toBe(true)
  })

  it('is not there for moves', async () => {
    expect((await pageOf('?basis=moves')).stays).toBeNull()
  })
})

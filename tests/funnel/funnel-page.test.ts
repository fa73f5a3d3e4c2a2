import { beforeAll, describe, expect, it } from 'vitest'
import { drillQueryOf } from '#lib/components/drill/cube-drill.ts'
import { funnelFilters } from '#lib/funnel/funnel-query.ts'
import { loadFunnel } from '#lib/funnel/funnel-page.ts'
import { pickOutcome, pickMoves } from '#lib/funnel/funnel-pick.ts'
import { cubeDrillOf } from '#lib/funnel/funnel-drill.ts'
import { funnelUrl, RULES } from '#lib/funnel/funnel-state.ts'
import type { CubeQuery } from '#semantic'
import { CALENDAR_YEARS } from '#semantic/report'
import { messagesOf } from '#lib/messages/index.ts'
import { companySql } from './company.ts'
import { dealsInDuckDb, reader, rowsOf } from './deal-stages.ts'

const calendar = { workingDays: [1, 2, 3, 4, 5], holidays: [] }
const clock = { now: new Date('2026-03-01T12:00:00Z'), zone: 'UTC', fiscalCalendar: CALENDAR_YEARS, calendar }
const t = messagesOf('en')
let semantic: Awaited<ReturnType<typeof dealsInDuckDb>>

beforeAll(async () => {
  semantic = await dealsInDuckDb(companySql(500))
})

describe('the funnel of deals created in the period', () => {
  it('counts by each rule what an independent SQL counts', async () => {
    const truth = await rowsOf(
      semantic.connection,
      `select stage, count(*) filter (is_reached) reached, count(*) filter (is_visited) visited, count(*) filter (is_strict) "strict"
        from deal_stages group by all order by any_value(stage_order)`,
    )
    const page = await pageOf('')
    expect(
      page.stages.map(({ name, reached, visited, strict }) => ({ stage: name, reached, visited, strict })),
    ).toEqual(
      truth.map((row) => ({
        ...row,
        reached: Number(row.reached),
        visited: Number(row.visited),
        strict: Number(row.strict),
      })),
    )
  })

  it('never counts more step by step than in a stage, nor more there than at least this far', async () => {
    for (const { reached, visited, strict } of (await pageOf('')).stages) {
      expect(strict).toBeLessThanOrEqual(visited)
      expect(visited).toBeLessThanOrEqual(reached)
    }
  })

  it.each(RULES)('splits every stage into parts that make its number, by the rule %s', async (rule) => {
    const page = await pageOf(`?rule=${rule}`)
    for (const stage of page.stages) {
      const { advanced = 0, open = 0, lost = 0, won = 0 } = stage.outcomes ?? {}
      expect(advanced + open + lost + won).toBe(stage[rule])
    }
  })

  it('knows the parts of the widest rule without the outcomes as fields, and of no other', async () => {
    const plain = await dealsInDuckDb(companySql(100), { hasOutcomes: false })
    const reached = await loadFunnel({ semantic: plain, reader, clock }, stateOf(''))
    const strict = await loadFunnel({ semantic: plain, reader, clock }, stateOf('?rule=strict'))
    expect(reached.stages.every(({ outcomes }) => outcomes !== null)).toBe(true)
    expect(strict.stages.every(({ outcomes }) => outcomes === null)).toBe(true)
    expect(strict.weakest).toBeNull()
  })

  it('marks the step where the smallest share of decided deals went on, with its money', async () => {
    const page = await pageOf('')
    const [truth] = await rowsOf(
      semantic.connection,
      `select stage, sum(amount) filter (is_lost) lost_money from deal_stages where stage <> 'Won'
        group by stage order by count(*) filter (is_advanced) / count(*) filter (is_advanced or is_lost) limit 1`,
    )
    expect(page.weakest?.from.name).toBe(truth?.stage)
    expect(page.weakest?.from.amountLost).toBe(Number(truth?.lost_money))
  })

  it('says at least and at most how many went on, the open ones between', async () => {
    const [step] = (await pageOf('')).steps
    expect(step?.high).toBeGreaterThan(step?.low ?? 1)
    expect(((step?.high ?? 0) - (step?.low ?? 0)) * (step?.entered ?? 0)).toBeCloseTo(
      step?.from.outcomes?.open ?? 0,
    )
  })
})

describe('funnels side by side', () => {
  it('are the period and as many working days of the one before', async () => {
    const page = await load('?period=this_month&against=previous')
    // Sunday 1 March has had no working day yet, so nothing of February beyond its first day is compared.
    expect(page.sides.map(({ ask }) => ask.range)).toEqual([
      ['2026-03-01', '2026-03-31'],
      ['2026-02-01', '2026-02-01'],
    ])
    const finished = await load('?period=last_month&against=last_year')
    expect(finished.sides.map(({ ask }) => ask.range)).toEqual([
      ['2026-02-01', '2026-02-28'],
      ['2025-02-01', '2025-02-28'],
    ])
  })

  it('count for each chosen person what the funnel of that person alone counts', async () => {
    const page = await pageOf('?against=manager&manager=Ana+Ribas&manager=Boris+Keller')
    expect(page.sides.map(({ name }) => name)).toEqual(['Ana Ribas', 'Boris Keller'])
    for (const side of page.sides) {
      const alone = await pageOf(`?manager=${encodeURIComponent(side.name ?? '')}`)
      expect(side.stages.map(({ reached }) => reached)).toEqual(alone.stages.map(({ reached }) => reached))
      const [stage] = side.stages
      if (!stage) throw new Error('the side has no stages')
      const pick = pickOutcome(page, { stage, outcome: 'unknown', count: stage.reached }, t)
      expect(await listed({ ...page, ask: side.ask }, pick)).toBe(stage.reached)
    }
  })

  it('are none until two are chosen', async () => {
    expect((await pageOf('?against=source&source=Web')).sides).toEqual([])
    expect((await pageOf('')).sides).toEqual([])
  })
})

describe('versions of a pipeline', () => {
  const period = '?period=2025-03-01..2026-03-31'
  const reachedBy = async (of: typeof semantic, version: string) => {
    const where = version === '' ? '' : `where pipeline_version = ${version}`
    const rows = await rowsOf(
      of.connection,
      `select count(*) filter (is_reached) as reached from deal_stages ${where} group by stage, stage_order order by stage_order`,
    )
    return rows.map(({ reached }) => Number(reached))
  }

  it('are shown one at a time, the one with the most deals where none is chosen', async () => {
    const two = await dealsInDuckDb(companySql(300, { versions: 2 }))
    const shown = (search: string) =>
      loadFunnel({ semantic: two, reader, clock }, stateOf(`${period}${search}`))
    const pages = [
      ['', '1'],
      ['&version=2', '2'],
      ['&version=all', ''],
      ['&version=9', '1'],
    ] as const
    for (const [search, version] of pages) {
      const page = await shown(search)
      expect(page.versions).toEqual(['2', '1'])
      expect(page.ask.version).toBe(version)
      expect(page.stages.map(({ reached }) => reached)).toEqual(await reachedBy(two, version))
    }
  })

  it('are not asked about where there is one, or for moves', async () => {
    expect((await pageOf('')).ask.version).toBe('')
    expect(await load('?basis=moves&version=1')).toMatchObject({ versions: [], ask: { version: '' } })
  })
})

describe('money at a stage', () => {
  it('is what its lost deals were worth, and what its open ones may add to that', async () => {
    const page = await pageOf('')
    const truth = await rowsOf(
      semantic.connection,
      `select sum(amount) filter (is_lost) as lost, sum(amount) filter (is_open) as open from deal_stages
        where is_reached group by stage, stage_order order by stage_order`,
    )
    expect(page.stages.map(({ amountLost, amountOpen }) => [amountLost, amountOpen])).toEqual(
      truth.map(({ lost, open }) => [Number(lost ?? 0), Number(open ?? 0)]),
    )
  })
})

describe('the deals behind a number', () => {
  it.each(RULES)(
    'are as many as the number says, for every part of every stage by the rule %s',
    async (rule) => {
      const page = await pageOf(`?rule=${rule}&manager=Ana+Ribas`)
      for (const stage of page.stages) {
        const parts = Object.entries({ unknown: stage[rule], ...stage.outcomes }) as [Part, number][]
        for (const [outcome, count] of parts) {
          expect(await listed(page, pickOutcome(page, { stage, outcome, count }, t))).toBe(count)
        }
      }
    },
  )

  it('are as many as the moves, one line for each', async () => {
    const page = await pageOf('?basis=moves')
    for (const stage of page.moves) {
      expect(await listed(page, pickMoves(stage, { measure: 'moves_count', count: stage.moves }, t))).toBe(
        stage.moves,
      )
      expect(await listed(page, pickMoves(stage, { measure: 'returns_count', count: 0 }, t))).toBe(
        stage.returns,
      )
    }
  })
})

describe('moves made in the period', () => {
  it('counts every entry, and the flow into the next stage', async () => {
    const { moves } = await pageOf('?basis=moves')
    const truth = await rowsOf(
      semantic.connection,
      `select stage, count(*) moves from stage_events where entered_at < date '2026-04-01' group by stage order by any_value(stage_order)`,
    )
    expect(moves.map(({ name, moves: count }) => [name, count])).toEqual(
      truth.map((row) => [row.stage, Number(row.moves)]),
    )
    expect(moves[0]?.flow).toBeCloseTo((moves[1]?.moves ?? 0) / (moves[0]?.moves ?? 1))
    expect(moves.at(-1)?.flow).toBeNull()
  })

  it('leaves the filter by source out, which moves do not know', () => {
    const ask = {
      pipeline: 'Sales',
      version: '',
      range: ['2026-01-01', '2026-01-31'] as const,
      manager: [],
      department: [],
      source: ['Web'],
    }
    const filters = funnelFilters({ ...ask, basis: 'moves' }).flatMap((filter) =>
      'member' in filter ? filter.member : [],
    )
    expect(filters).not.toContain('stage_history_report.source')
  })
})

describe('the funnel as it stood on a day', () => {
  /** Every question that the page asks, and the page. */
  async function asked(search: string) {
    const queries: CubeQuery[] = []
    const listening = {
      ...semantic,
      meta: async () =>
        (await semantic.meta()).map((view) =>
          view.name === 'pipeline_report' ? { ...view, unknownAsOf: ['pipeline_report.entered_at'] } : view,
        ),
      load: async (who: typeof reader, query: CubeQuery) => {
        queries.push(query)
        return semantic.load(who, query)
      },
    }
    const page = await loadFunnel({ semantic: listening, reader, clock }, stateOf(search))
    return { page, queries }
  }

  it('asks every number of the page of that day, and nothing that nobody knows of it', async () => {
    const people = '&manager=Ana+Ribas&manager=Boris+Keller'
    const { page, queries } = await asked(`?asOf=2026-01-31&against=manager${people}`)
    expect(queries.length).toBeGreaterThan(4)
    expect(queries.map(({ asOf }) => asOf)).toEqual(queries.map(() => '2026-01-31'))
    expect(queries.flatMap(({ dimensions = [] }) => dimensions)).not.toContain(
      'pipeline_report.observed_days',
    )
    expect(page.stays).toBeNull()
    expect(page.columns.map(({ name }) => name)).not.toContain('pipeline_report.entered_at')
    const [stage] = page.stages
    if (!stage) throw new Error('the page has no stages')
    const drill = cubeDrillOf(page, pickOutcome(page, { stage, outcome: 'unknown', count: 1 }, t))
    expect(drillQueryOf(drill, { columns: drill.columns, search: '' })).toMatchObject({ asOf: '2026-01-31' })
    expect(drill.columns).not.toContain('pipeline_report.entered_at')
  })

  it('stands at the end of a period that is named, by the company’s clock', async () => {
    expect((await asked('?asOf=last_month')).page.ask.asOf).toBe('2026-02-28')
  })

  it('is of now where no day is chosen, or none that there is, and for moves', async () => {
    for (const search of ['', '?asOf=2026-02-30', '?asOf=once', '?asOf=2026-01-31&basis=moves']) {
      const { page, queries } = await asked(search)
      expect(page.ask.asOf).toBeNull()
      expect(queries.filter((query) => 'asOf' in query)).toEqual([])
    }
  })
})

describe('the address of the page', () => {
  it('opens on at least this far, deals created in the period, the last 12 months', async () => {
    const { state, ask } = await load('')
    expect(state).toMatchObject({ rule: 'reached', basis: 'cohort', period: 'last_12_months' })
    expect(ask).toMatchObject({ pipeline: 'Sales', range: ['2025-04-01', '2026-03-31'] })
  })

  it('falls back to what it knows when somebody types nonsense', async () => {
    const { state, ask } = await load('?rule=all&basis=x&period=whenever&pipeline=Nowhere')
    expect(state).toMatchObject({ rule: 'reached', basis: 'cohort' })
    expect(ask).toMatchObject({ pipeline: 'Sales', range: ['2025-04-01', '2026-03-31'] })
  })
})

type Page = Awaited<ReturnType<typeof loadFunnel>>
type Part = 'unknown' | 'advanced' | 'won' | 'open' | 'lost'

function stateOf(search: string) {
  return funnelUrl.read(new URLSearchParams(search))
}

/** A page over all the deals there are. */
function pageOf(search: string): Promise<Page> {
  return load(`${search === '' ? '?' : `${search}&`}period=2025-03-01..2026-03-31`)
}

function load(search: string): Promise<Page> {
  return loadFunnel({ semantic, reader, clock }, stateOf(search))
}

async function listed(page: Page, pick: Parameters<typeof cubeDrillOf>[1]): Promise<number> {
  const drill = cubeDrillOf(page, pick)
  const { rows } = await semantic.load(reader, drillQueryOf(drill, { columns: drill.columns, search: '' }))
  return rows.length
}

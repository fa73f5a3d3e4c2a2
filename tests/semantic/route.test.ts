import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLES, type CubeQuery, type MemberFilter, type Reader, type SemanticService } from '#semantic'
import type { FiscalCalendar } from '#semantic/report'
import { withWarehouse } from '#warehouse'
import { readTwins, worthAsking, type Twin } from '../../semantic/twins.ts'
import { administrator, openFixture, openSemantic, reader, type Fixture } from './harness.ts'
import { publishFixture } from './marts-fixture.ts'
import { anyReader } from './random-query.ts'
import { anyRoutableQuery, type KnownValues } from './routable-query.ts'
import { differences } from './same-answer.ts'

const QUERIES = process.env['EMBUT_LONG'] === '1' ? 500 : 40
const SEED = Number(process.env['EMBUT_SEED'] ?? 20_260_302)

const FEBRUARY: FiscalCalendar = { firstMonth: 2, namedBy: 'end', retail: null }

let fixture: Fixture
let facts: SemanticService
let twins: readonly Twin[]
let known: KnownValues

beforeAll(async () => {
  fixture = await openFixture({ seed: SEED, deals: 1_500, fiscalCalendar: FEBRUARY }, 2)
  facts = await openSemantic(fixture.folder, { routing: 'never' })
  twins = await readTwins('semantic/model')
  known = await knownValues()
})
afterAll(async () => {
  await facts.close()
  await fixture.semantic.close()
})

async function knownValues(): Promise<KnownValues> {
  const values = new Map<string, readonly string[]>()
  for (const view of await facts.meta(administrator)) {
    const held = twins.filter(({ views }) => views.has(view.name))
    for (const { name, type } of view.members) {
      const isHeld = held.some(({ dimensions }) => dimensions.has(name.slice(view.name.length + 1)))
      if (isHeld && type === 'string') values.set(name, await facts.values(administrator, name, '', 20))
    }
  }
  return values
}

const routeOf = async (who: Reader, query: CubeQuery): Promise<string | null> =>
  (await fixture.semantic.sql(who, query)).route

describe('a question that an aggregate can answer', () => {
  it.each(ROLES)(
    `gives a %s the rows that the facts give (${QUERIES} queries, seed ${SEED})`,
    { timeout: QUERIES * 1_000 },
    async (role) => {
      const views = await facts.meta(reader(role))
      let routed = 0
      const ask = anyReader(role).chain((who) =>
        fc
          .constantFrom(...twins.filter(({ roles }) => roles.has(role)))
          .chain((twin) => fc.tuple(fc.constant(who), anyRoutableQuery(twin, views, known))),
      )
      const check = async ([who, query]: [Reader, CubeQuery]): Promise<void> => {
        const [ours, theirs] = await Promise.all([fixture.semantic.load(who, query), facts.load(who, query)])
        expect(theirs.passport.route).toBeUndefined()
        routed += ours.passport.route === undefined ? 0 : 1
        const differing = differences(ours.rows, theirs.rows, query.measures ?? [])
        expect(differing, JSON.stringify({ who, query })).toEqual([])
      }
      await fc.assert(fc.asyncProperty(ask, check), { seed: SEED, numRuns: QUERIES, endOnFailure: true })
      expect(routed).toBe(QUERIES)
    },
  )

  it('says in its passport which aggregate answered', async () => {
    const query = { measures: ['deals_report.won_amount'], dimensions: ['deals_report.manager'] }
    const { passport } = await fixture.semantic.load(administrator, query)
    expect(passport.route).toBe('Deals by month, people')
    expect(passport.definition).toMatch(/ · from Deals by month, people$/)
  })
})

describe('fiscal quarters and years', () => {
  const created = 'deals_report.created_at'
  const by = (granularity: 'fiscal_quarter' | 'fiscal_year', measure: string): CubeQuery => ({
    measures: [`deals_report.${measure}`],
    timeDimensions: [{ dimension: created, granularity }],
    order: { [created]: 'asc' },
  })
  // The fiscal year of the fixture begins in February: months counted from there, in threes and twelves.
  const firstMonth = (months: number) =>
    `make_date(1, 2, 1) + to_months((((year(created_on) - 1) * 12 + month(created_on) - 2) // ${months} * ${months})::int)`
  const counted = async (months: number, number: string) =>
    withWarehouse(fixture.file, { readOnly: true }, (connection) =>
      connection.query(
        `select strftime(start, '%Y-%m-%dT00:00:00.000') as start, n::varchar as n from (
           select ${firstMonth(months)} as start, ${number} as n
           from (select *, created_at_local as created_on from fct_deals where not is_excluded) group by 1) order by start nulls last`,
      ),
    )

  it.each([
    { granularity: 'fiscal_quarter', months: 3, measure: 'count' },
    { granularity: 'fiscal_year', months: 12, measure: 'count' },
    { granularity: 'fiscal_quarter', months: 3, measure: 'clients_count' },
  ] as const)('are the company’s own: $granularity of $months months, $measure', async (asked) => {
    const { granularity, months, measure } = asked
    const sql = measure === 'count' ? 'count(*)' : `count(distinct client_id) filter (client_id <> 'unknown')`
    const { rows } = await fixture.semantic.load(administrator, by(granularity, measure))
    const found = rows.map((row) => [row[`${created}.${granularity}`], row[`deals_report.${measure}`]])
    expect(found).toEqual((await counted(months, sql)).map(({ start, n }) => [start, n]))
  })

  it('are read from an aggregate where it has the number', async () => {
    expect(await routeOf(administrator, by('fiscal_quarter', 'won_amount'))).toMatch(/by month/)
    expect(await routeOf(administrator, by('fiscal_quarter', 'clients_count'))).toBeNull()
  })
})

describe('the facts are asked', () => {
  const count = 'deals_report.count'
  const created = 'deals_report.created_at'
  const cut = (operator: MemberFilter['operator'], ...values: string[]): CubeQuery => ({
    measures: [count],
    filters: [{ member: created, operator, values }],
  })
  it.each<[string, CubeQuery]>([
    ['for different clients', { measures: ['deals_report.clients_count'] }],
    ['for a median', { measures: ['deals_report.median_cycle_days'] }],
    [
      'for one more number than the aggregates have',
      { measures: [count, 'deals_report.overdue_open_count'] },
    ],
    [
      'for fields of two slices',
      { measures: [count], dimensions: ['deals_report.manager', 'deals_report.product'] },
    ],
    ['for records', { dimensions: ['deals_report.deal_id'] }],
    ['for rows one by one', { dimensions: ['deals_report.status'], ungrouped: true }],
    ['for weeks', { measures: [count], timeDimensions: [{ dimension: created, granularity: 'week' }] }],
    ['for a moment', { measures: [count], dimensions: [created] }],
    ['in a part of a month', cut('inDateRange', '2025-01-01', '2025-03-15')],
    ['from the middle of a month', cut('inDateRange', '2025-01-02', '2025-03-31')],
    ['outside a part of a month', cut('notInDateRange', '2025-01-01', '2025-03-15')],
    ['until the middle of a month', cut('lte', '2025-03-15')],
    ['until the first day of a month', cut('beforeOrOnDate', '2025-03-01')],
    ['after the first day of a month', cut('gt', '2025-03-01')],
    ['before the last day of a month', cut('lt', '2025-03-31')],
    ['from the last day of a month', cut('afterOrOnDate', '2025-03-31')],
    ['on one day', cut('equals', '2025-03-01')],
    [
      'in words of time',
      { measures: [count], timeDimensions: [{ dimension: created, dateRange: 'last month' }] },
    ],
    [
      'with a hidden cut inside',
      {
        measures: [count],
        filters: [
          {
            or: [
              { member: created, operator: 'gte', values: ['2025-01-02'] },
              { member: 'deals_report.client', operator: 'set' },
            ],
          },
        ],
      },
    ],
    ['in the order of another field', { measures: [count], order: { 'deals_report.client': 'asc' } }],
  ])('%s', async (_what, query) => {
    expect(await routeOf(administrator, query)).toBeNull()
  })

  it('where a role may see rows by owners that a slice does not keep', async () => {
    const query = { measures: [count], dimensions: ['deals_report.product'] }
    expect(await routeOf(administrator, query)).toBe('Deals by month, products')
    expect(await routeOf(reader('head'), query)).toBe('Deals by month, products')
    expect(await routeOf(reader('manager'), query)).toBeNull()
  })
})

describe('the aggregates', () => {
  it('are no report types: nobody is shown them or may name them', async () => {
    for (const role of ROLES) {
      const names = (await fixture.semantic.meta(reader(role))).map(({ name }) => name)
      expect(names.filter((name) => twins.some(({ cube }) => cube === name))).toEqual([])
    }
    for (const { cube } of twins) {
      await expect(fixture.semantic.load(administrator, { measures: [`${cube}.count`] })).rejects.toThrow(
        /no field/,
      )
    }
  })

  it('stand for members of their report types only, under the same names and of the same kinds', async () => {
    const views = await facts.meta(reader('administrator', { canSeePersonal: true }))
    for (const { views: named, cube, measures, times } of twins) {
      expect(named.size, cube).toBeGreaterThan(0)
      const members = views.filter(({ name }) => named.has(name)).flatMap((view) => view.members)
      const ofKind = (kind: string) =>
        new Set(members.filter((each) => each.kind === kind).map(({ name }) => name.split('.')[1]))
      expect(
        [...measures].filter((name) => !ofKind('measure').has(name)),
        cube,
      ).toEqual([])
      expect(
        [...times].filter((name) => !ofKind('time').has(name)),
        cube,
      ).toEqual([])
    }
  })
})

it('are asked only where their slice has a quarter of the rows of the facts or fewer', () => {
  const sales = twins.filter(({ table }) => table === 'fct_deal_sums')
  const rows = (slice: string, n: number) =>
    new Map([
      [`fct_deal_sums.${slice}`, n],
      ['fct_deals', 1000],
    ] as const)
  expect(sales.map(({ facts: fact }) => fact)).toContain('fct_deals')
  expect(worthAsking(sales, rows('people', 250)).map(({ slice }) => slice)).toEqual(['people'])
  expect(worthAsking(sales, rows('people', 251))).toEqual([])
  expect(worthAsking(sales, new Map())).toEqual([])
})

it('a published file without aggregates is asked for its facts', async () => {
  await publishFixture(fixture.folder, '20260302060000-0002', {
    ...{ deals: 50, withAggregates: false, fiscalCalendar: FEBRUARY },
  })
  await fixture.semantic.swap()
  const query: CubeQuery = {
    measures: ['deals_report.count'],
    filters: [{ member: 'deals_report.is_excluded', operator: 'equals', values: ['false', 'true'] }],
  }
  expect(await routeOf(administrator, query)).toBeNull()
  expect((await fixture.semantic.load(administrator, query)).rows).toEqual([{ 'deals_report.count': '50' }])
})

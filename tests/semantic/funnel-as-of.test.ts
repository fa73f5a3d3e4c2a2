import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SemanticService } from '#semantic'
import { withWarehouse } from '#warehouse'
import { administrator, openSemantic, reader, VERSION } from './harness.ts'
import { publishedFolder, publishFixture } from './marts-fixture.ts'

const SEED = Number(process.env['EMBUT_SEED'] ?? 20_260_401)
const DEALS = process.env['EMBUT_LONG'] === '1' ? 5_000 : 250
const DAYS = [0, 3, 6, 9, 12, 40]
const START = Date.parse('2026-01-01T00:00:00Z')
/** Pipelines with the meaning of their stages, in order; what is lost is no stage of the funnel. */
const PIPELINES: Readonly<Record<string, readonly string[]>> = {
  sales: ['open', 'qualified', 'open', 'won', 'lost'],
  other: ['open', 'won', 'lost', 'ignore'],
}
const STAGES = Object.entries(PIPELINES).flatMap(([pipeline, meanings]) =>
  meanings.map((meaning, index) => ({ id: `${pipeline}${index + 1}`, pipeline, meaning, order: index + 1 })),
)
type Stage = (typeof STAGES)[number]
type Known = { readonly from: number; readonly to: number }
type Move = Known & { readonly stage: Stage; readonly entered: number }
type State = Known & { readonly stage: Stage; readonly status: string; readonly owner: string }
type Deal = { readonly moves: readonly Move[]; readonly states: readonly State[] }

const anyStage = fc.constantFrom(...STAGES)
const anyMove: fc.Arbitrary<Move> = fc
  .tuple(
    anyStage,
    fc.integer({ min: 0, max: 10 }),
    fc.integer({ min: 0, max: 9 }),
    fc.integer({ min: 1, max: 9 }),
  )
  .map(([stage, entered, late, kept]) => ({
    ...{ stage, entered, from: entered + Math.max(0, late - 5) },
    to: kept > 2 ? 9_999 : entered + late + kept,
  }))
const anyState = fc.record({
  stage: anyStage,
  status: fc.constantFrom('open', 'won', 'lost'),
  owner: fc.constantFrom('crm:p1', 'crm:p2'),
})
const anyDeal: fc.Arbitrary<Deal> = fc
  .tuple(fc.array(anyMove, { maxLength: 7 }), fc.array(anyState, { minLength: 1, maxLength: 4 }))
  .map(([moves, states]) => ({
    moves,
    states: states.map((state, index) => ({
      ...{ ...state, from: index * 4 },
      to: index + 1 === states.length ? 9_999 : index * 4 + 4,
    })),
  }))
const deals = fc.sample(anyDeal, { seed: SEED, numRuns: DEALS })

/** A day at noon: what is known from then on is known at its end, and was not the evening before. */
const noon = (day: number): string =>
  day === 9_999 ? "timestamp '9999-12-31'" : `timestamp '2026-01-01 12:00' + to_days(${day})`
const dayOf = (day: number): string => new Date(START + day * 86_400_000).toISOString().slice(0, 10)
const isKnown = ({ from, to }: Known, day: number): boolean => from <= day && day < to

function statements(): string[] {
  const stages = STAGES.map(
    ({ id, pipeline, meaning, order }) => `('${id}', '${pipeline}', '${meaning}', ${order})`,
  )
  const moves = deals.flatMap(({ moves: all }, deal) =>
    all.map(
      ({ stage, entered, from, to }, place) =>
        `('${deal}', '${stage.id}', ${place}, ${noon(entered)}, 'e${deal}-${place}', ${noon(from)}, ${noon(to)})`,
    ),
  )
  const states = deals.flatMap(({ states: all }, deal) =>
    all.map(
      ({ stage, status, owner, from, to }) =>
        `('${deal}', '${stage.id}', '${stage.pipeline}', '${status}', '${owner}', ${noon(from)}, ${noon(to)})`,
    ),
  )
  return [
    'delete from dim_stage',
    `insert into dim_stage by name select *, stage_id as stage_name, pipeline_id as pipeline_name, 1 as pipeline_version
      from (values ${stages.join(', ')}) as v(stage_id, pipeline_id, meaning, stage_order)`,
    'delete from fct_stage_moves',
    `insert into fct_stage_moves by name select * from (values ${moves.join(', ')})
      as v(deal_id, stage_id, position, entered_at, stage_event_id, known_from_local, known_to_local)`,
    'delete from fct_deals_as_of',
    `insert into fct_deals_as_of by name select *, 1 as pipeline_version, 100 as amount_company, false as is_excluded,
      timestamp '2026-01-01' as created_at_local from (values ${states.join(', ')})
      as v(deal_id, stage_id, pipeline_id, status, owner_id, known_from_local, known_to_local)`,
  ]
}

const FACTS = ['strict', 'visited', 'reached', 'returned', 'reopened', 'advanced', 'open', 'lost'] as const

/** What a deal is at the stages of its pipeline, written from the definitions and not from the SQL. */
function expected(deal: Deal, id: number, day: number): string[] {
  const state = deal.states.find((one) => isKnown(one, day))
  if (state === undefined) return []
  const known = deal.moves
    .map((move, place) => ({ ...move, place }))
    .filter((move) => isKnown(move, day))
    .sort((one, two) => one.entered - two.entered || one.place - two.place)
  const walked = [...known.map(({ stage }) => stage), state.stage]
  const isFunnel = ({ pipeline, meaning }: Stage): boolean =>
    pipeline === state.stage.pipeline && ['open', 'qualified', 'won'].includes(meaning)
  const path = walked.filter(isFunnel).map(({ order }) => order)
  const furthest = Math.max(1, ...path)
  const strict = path.reduce((step, order) => (order === step + 1 ? order : step), 0)
  const isClosed = ({ meaning }: Stage): boolean => ['won', 'lost'].includes(meaning)
  const isReopened = walked.some((stage, at) => {
    const before = walked[at - 1]
    return before !== undefined && isClosed(before) && ['open', 'qualified'].includes(stage.meaning)
  })
  return STAGES.filter(isFunnel).flatMap(({ id: stage, order }) => {
    const isReached = order <= furthest
    const facts = {
      ...{ strict: order <= strict, visited: path.includes(order), reached: isReached },
      returned: path.some((one, at) => one === order && path.slice(0, at).some((before) => before > order)),
      reopened: isReached && isReopened,
      advanced: isReached && (order < furthest || state.status === 'won'),
      open: isReached && order === furthest && state.status === 'open',
      lost: isReached && order === furthest && state.status === 'lost',
    }
    return `${id} ${stage} ${state.owner}: ${FACTS.filter((fact) => facts[fact]).join(' ')}`
  })
}

let semantic: SemanticService
const field = (name: string) => `pipeline_report.${name}`

beforeAll(async () => {
  const folder = await publishedFolder()
  const file = await publishFixture(folder, VERSION)
  await withWarehouse(file, {}, async (connection) => {
    for (const statement of statements()) await connection.run(statement)
  })
  semantic = await openSemantic(folder)
})
afterAll(() => semantic.close())

async function shown(day: number, who = administrator): Promise<string[]> {
  const dimensions = ['deal_id', 'stage', 'manager_id'].map(field)
  const measures = FACTS.map((fact) => field(`deals_${fact}`))
  const { rows } = await semantic.load(who, { dimensions, measures, asOf: dayOf(day), limit: 50_000 })
  return rows.map((row) => {
    const facts = FACTS.filter((fact) => Number(row[field(`deals_${fact}`)]) === 1)
    return `${dimensions.map((name) => row[name]).join(' ')}: ${facts.join(' ')}`
  })
}

describe(`the funnel of ${DEALS} random deals as it stood on a day (seed ${SEED})`, () => {
  it.each(DAYS)('is what the definitions make of the moves known by the end of day %i', async (day) => {
    const wanted = deals.flatMap((deal, id) => expected(deal, id, day))
    expect((await shown(day)).sort()).toEqual(wanted.sort())
    expect(new Set(wanted.map((row) => row.split(': ')[1])).size).toBeGreaterThan(8)
  })

  it('tells by the deal, its stage, and the outcome then what the numbers of each stage are', async () => {
    const measures = ['deals_reached', 'deals_advanced', 'deals_open', 'deals_lost', 'amount_reached'].map(
      field,
    )
    const query = { dimensions: [field('stage')], measures, asOf: dayOf(6) }
    const { rows } = await semantic.load(administrator, query)
    const wanted = deals.flatMap((deal, id) => expected(deal, id, 6))
    for (const row of rows) {
      const count = (fact: string): number =>
        wanted.filter((one) => one.includes(` ${row[field('stage')]} `) && one.includes(` ${fact}`)).length
      const counts = ['reached', 'advanced', 'open', 'lost'].map(count)
      expect(measures.map((name) => Number(row[name] ?? 0))).toEqual([...counts, (counts[0] ?? 0) * 100])
    }
    expect(rows).toHaveLength(6)
  })

  it('shows a manager the deals that were credited then', async () => {
    const mine = await shown(6, reader('manager', { personId: 'crm:p2' }))
    const wanted = deals.flatMap((deal, id) => expected(deal, id, 6)).filter((row) => row.includes('crm:p2'))
    expect(mine.sort()).toEqual(wanted.sort())
  })

  it('has only deals created in the time that is asked for', async () => {
    const query = (dateRange: [string, string]) => ({
      measures: [field('deals_reached')],
      filters: [{ member: field('created_at'), operator: 'inDateRange' as const, values: dateRange }],
      asOf: dayOf(6),
    })
    const counted = async (range: [string, string]) =>
      Number((await semantic.load(administrator, query(range))).rows[0]?.[field('deals_reached')] ?? 0)
    expect(await counted(['2025-01-01', '2025-12-31'])).toBe(0)
    expect(await counted(['2026-01-01', '2026-01-01'])).toBeGreaterThan(DEALS)
  })

  it('says that it does not know when a stage was entered as it was known then', async () => {
    const query = { measures: [field('average_stay_days')], asOf: dayOf(6) }
    await expect(semantic.load(administrator, query)).rejects.toThrow('Average stay is not known as of')
  })
})

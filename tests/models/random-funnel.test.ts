import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withWarehouse } from '#warehouse'
import type { Row } from '#warehouse'
import { COMPANY_SETTINGS } from './company.ts'
import { dbtBuild } from './dbt-build.ts'
import { writeRaw, type RawRow } from './raw-fixture.ts'

const SEED = Number(process.env['EMBUT_SEED'] ?? 20_260_301)
const DEALS = process.env['EMBUT_LONG'] === '1' ? 2_000 : 120
const FUNNEL = ['New', 'Talk', 'Offer', 'Won']
const START = Date.parse('2026-01-05T00:00:00Z')
const NOW_HOUR = 2_000

/** A history: stages in order of entry, each some hours after the one before; anything may follow anything. */
type History = readonly { readonly stage: string; readonly hour: number }[]

const anyHistory: fc.Arbitrary<History> = fc
  .array(fc.tuple(fc.constantFrom(...FUNNEL, 'Lost'), fc.integer({ min: 1, max: 60 })), {
    minLength: 1,
    maxLength: 7,
  })
  .map((moves) => {
    let hour = 0
    return moves.map(([stage, gap]) => ({ stage, hour: (hour += gap) }))
  })

const histories = fc.sample(anyHistory, { seed: SEED, numRuns: DEALS })
const folder = mkdtempSync(join(tmpdir(), 'embut-funnel-'))
const files = {
  raw: join(folder, 'raw.duckdb'),
  marts: join(folder, 'marts.duckdb'),
  work: join(folder, 'work.duckdb'),
  target: join(folder, 'target'),
}
const rows = (sql: string): Promise<readonly Row[]> =>
  withWarehouse(files.marts, { readOnly: true }, (connection) => connection.query(sql))
const at = (hour: number): string =>
  new Date(START + hour * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

function dealRow(history: History, index: number): RawRow {
  const last = history.at(-1)
  const isClosed = last?.stage === 'Won' || last?.stage === 'Lost'
  return {
    ...{ deal_id: String(index), pipeline: 'Sales', stage: last?.stage ?? null, created_at: at(0) },
    closed_at: isClosed ? at(last.hour) : null,
  }
}

async function landHistories(): Promise<void> {
  const moves = histories.flatMap((history, deal) =>
    history.map(({ stage, hour }, place) => ({
      ...{ event_id: `${deal}-${place}`, deal_id: String(deal), pipeline: 'Sales', stage },
      entered_at: at(hour),
    })),
  )
  const stages = [...FUNNEL, 'Lost'].map((stage, index) => ({
    ...{ stage_id: stage, pipeline: 'Sales', stage, name: stage, sort: index },
    meaning: stage === 'Won' || stage === 'Lost' ? stage.toLowerCase() : 'open',
  }))
  await writeRaw(files.raw, {
    sources: { sheet: 'files' },
    loads: [
      { source: 'workspace', at: at(NOW_HOUR), rows: { company_settings: [COMPANY_SETTINGS] } },
      {
        source: 'sheet',
        at: at(NOW_HOUR),
        rows: { stages, deals: histories.map(dealRow), stage_events: moves },
      },
    ],
  })
}

/** Stays of a history: a move into the stage where the deal stands is none. */
function staysOf(history: History): { place: number; stage: string; from: number; to: number | null }[] {
  const moved = history.filter(({ stage }, index) => stage !== history[index - 1]?.stage)
  return moved.map(({ stage, hour }, index) => ({
    ...{ place: FUNNEL.indexOf(stage) + 1, stage, from: hour },
    to: moved[index + 1]?.hour ?? null,
  }))
}

/** What became of a deal at a stage, written from the definitions and not from the SQL. */
function outcome(history: History, place: number) {
  const stays = staysOf(history)
  const inFunnel = stays.filter((stay) => stay.place > 0)
  const status = { Won: 'won', Lost: 'lost' }[stays.at(-1)?.stage ?? ''] ?? 'open'
  // A deal that was seen nowhere in the funnel came to its first stage all the same.
  const furthest = Math.max(1, ...inFunnel.map((stay) => stay.place))
  const strict = inFunnel.reduce((step, stay) => (stay.place === step + 1 ? step + 1 : step), 0)
  const here = inFunnel.filter((stay) => stay.place === place)
  const isReached = furthest >= place
  const isBack = inFunnel.some(
    (stay, index) => stay.place === place && inFunnel.slice(0, index).some((before) => before.place > place),
  )
  return {
    is_strict: place <= strict,
    is_visited: here.length > 0,
    is_reached: isReached,
    is_returned: isBack,
    is_advanced: isReached && (furthest > place || status === 'won'),
    is_open: isReached && furthest === place && status === 'open',
    is_lost: isReached && furthest === place && status === 'lost',
    hours: here.length > 0 ? here.reduce((sum, { from, to }) => sum + (to ?? NOW_HOUR) - from, 0) : null,
  }
}

type Observed = { readonly hours: number; readonly isAdvanced: boolean; readonly isLost: boolean }

/** Kaplan–Meier one observation after the other, as the textbook does it by hand. */
function medianHours(observed: readonly Observed[]): number | null {
  let survival = 1
  for (const hours of [...new Set(observed.map((one) => one.hours))].sort((a, b) => a - b)) {
    const atRisk = observed.filter((one) => one.hours >= hours).length
    const left = observed.filter((one) => one.hours === hours && (one.isAdvanced || one.isLost)).length
    survival *= 1 - left / atRisk
    if (survival <= 0.5 + 1e-12) return hours
  }
  return null
}

describe(`${DEALS} random histories (seed ${SEED})`, () => {
  beforeAll(async () => {
    await landHistories()
    await dbtBuild(files, ['--select', '+fct_stage_times', '--exclude-resource-type', 'unit_test', 'test'])
  }, 300_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('are strict, visited, reached, returned, advanced, open or lost as the definitions say', async () => {
    const built = await rows(
      `select deal_id, stage_order, is_strict, is_visited, is_reached, is_returned, is_advanced, is_open, is_lost,
        (observed_seconds // 3600)::int as hours from fct_deal_stages order by split_part(deal_id, ':', 2)::int, stage_order`,
    )
    expect(built).toEqual(
      histories.flatMap((history, deal) =>
        FUNNEL.map((_, index) => ({
          ...{ deal_id: `sheet:${deal}`, stage_order: index + 1, ...outcome(history, index + 1) },
        })),
      ),
    )
  })

  test('never have more strict than visited, nor more visited than reached deals', async () => {
    const [counted] = await rows(
      `select count(*)::int as broken from fct_deal_stages where is_strict and not is_visited or is_visited and not is_reached`,
    )
    expect(counted).toEqual({ broken: 0 })
  })

  test('stay in each stage for the median that Kaplan and Meier find by hand', async () => {
    const built = await rows(
      `select stage_order, round(max(median_days) * 24)::int as median from fct_stage_times
       where slice = 'company' group by stage_order order by stage_order`,
    )
    const expected = [1, 2, 3].map((place) => ({
      stage_order: place,
      median: medianHours(
        histories
          .map((history) => outcome(history, place))
          .flatMap(({ hours, is_advanced: isAdvanced, is_lost: isLost }) =>
            hours === null ? [] : [{ hours, isAdvanced, isLost }],
          ),
      ),
    }))
    expect(built).toEqual(expected)
  })
})

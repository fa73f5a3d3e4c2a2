import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { demoSignIns } from '#demo'
import type { CubeQuery, SemanticService } from '#semantic'
import { openWorkspace } from '#workspace'
import { signInAs } from '../demo-check.ts'
import type { Demo } from '../demo-company.ts'
import { serve } from '../serve.ts'
import { withManyDeals } from './company.ts'
import { milliseconds, sideBySide, type Result, type Turns } from './measure.ts'
import { BENCH_READER } from './reader.ts'

const BIG_TURNS: Turns = { warmUp: 1, repeats: 9 }
// A server runs for days: milliseconds are measured when its code has been compiled by use, not in its first seconds.
const SMALL_TURNS: Turns = { warmUp: 60, repeats: 31 }
const MANY = 2_000_000

/** Each turn asks another period, so that no kept rows can answer; the SQL is compiled in the first turns only. */
const BIG = (turn: number): CubeQuery => ({
  measures: ['deals_report.count', 'deals_report.won_amount', 'deals_report.win_rate'],
  dimensions: ['deals_report.status'],
  timeDimensions: [
    {
      dimension: 'deals_report.created_at',
      granularity: 'month',
      dateRange: ['2023-01-01', `2026-10-${10 + turn}`],
    },
  ],
  limit: 10_000,
})
const SMALL = (turn: number): CubeQuery => ({
  measures: ['calls_report.count'],
  timeDimensions: [
    { dimension: 'calls_report.started_at', dateRange: ['2026-03-01', day('2026-04-01', turn)] },
  ],
  limit: 10,
})

/** The date `days` after `from`. */
function day(from: string, days: number): string {
  return new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Queries through the portal's server beside the same SQL straight in DuckDB, on 2 million deals and on few rows. */
export async function benchPortalQuery(demo: Demo, folder: string): Promise<readonly Result[]> {
  const config = await withManyDeals(demo.config, folder, MANY)
  const workspace = await openWorkspace({ file: join(folder, 'workspace.sqlite') })
  const administrator = demoSignIns[0]
  if (administrator === undefined) throw new Error('The demo has no administrator')
  await workspace.users.create(administrator)
  const running = await serve({ config, workspace, port: 0, isKeeping: false, log: () => {} })
  try {
    const cookie = await signInAs(running.url, administrator)
    const ask = (query: CubeQuery) => post(running.url, cookie, query)
    const compared = { semantic: running.services.semantic, ask }
    const big = await compare(compared, BIG, BIG_TURNS)
    const small = await compare(compared, SMALL, SMALL_TURNS)
    return [bigResult(big), smallResult(small)]
  } finally {
    await running.close()
    await workspace.close()
  }
}

type Compared = Awaited<ReturnType<typeof compare>>

type Sides = {
  readonly semantic: SemanticService
  readonly ask: (query: CubeQuery) => Promise<unknown>
}

async function compare({ semantic, ask }: Sides, query: (turn: number) => CubeQuery, turns: Turns) {
  const compiled = await Promise.all(
    Array.from({ length: turns.warmUp + turns.repeats }, (_, turn) =>
      semantic.sql(BENCH_READER, query(turn)),
    ),
  )
  const instance = await DuckDBInstance.create(compiled[0]?.file ?? '', { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  const straight = async (turn: number) => {
    const { sql, params } = compiled[turn] ?? { sql: '', params: [] }
    const read = await connection.runAndReadAll(sql, params.map(String))
    read.getRowObjectsJson()
  }
  try {
    return await sideBySide(turns, (turn) => ask(query(turn)), straight)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** A query to the portal's server as somebody who has signed in. */
export async function post(url: string, cookie: string, query: CubeQuery): Promise<unknown> {
  const headers = { 'content-type': 'application/json', origin: url, cookie }
  const response = await fetch(`${url}/api/query`, { method: 'POST', headers, body: JSON.stringify(query) })
  if (!response.ok) throw new Error(`The portal refused a query: ${response.status} ${await response.text()}`)
  return response.json()
}

function bigResult({ ours, reference }: Compared): Result {
  const ratio = ours.median / reference.median
  return {
    name: 'report query, 2 M deals, through the portal',
    ours: milliseconds(ours),
    reference: `DuckDB ${milliseconds(reference)}`,
    ratio: `${ratio.toFixed(2)} ×`,
    goal: '≤ 1.3 ×',
    isMet: ratio <= 1.3,
  }
}

function smallResult({ ours, reference }: Compared): Result {
  const above = ours.median - reference.median
  return {
    name: 'small query, through the portal',
    ours: milliseconds(ours),
    reference: `DuckDB ${milliseconds(reference)}`,
    ratio: `+${above.toFixed(1)} ms`,
    goal: '≤ +8 ms',
    isMet: above <= 8,
  }
}

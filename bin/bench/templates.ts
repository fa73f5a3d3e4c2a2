import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { demoSignIns } from '#demo'
import { createSemantic, type CubeQuery, type SemanticService } from '#semantic'
import { CALENDAR_YEARS, runReport, type GrainResult, type ReportQuery } from '#semantic/report'
import { PROJECT_ROOT, publishedDir } from '../context.ts'
import { signInAs } from '../demo-check.ts'
import { readReadyTemplates } from '../ready-templates.ts'
import { serve } from '../serve.ts'
import type { Company } from './dbt-build.ts'
import { summary, time, type Result } from './measure.ts'
import { post } from './portal-query.ts'
import { BENCH_READER } from './reader.ts'

const REPEATS = 3
/** A day near the end of what `scale-company.ts` makes. */
const NOW = new Date('2025-12-20T12:00:00Z')

/** Milliseconds of one template, as medians: through the portal, the same SQL straight, and the SQL of the facts straight. */
type Timed = { readonly id: string; readonly ours: number; readonly straight: number; readonly facts: number }

/** Every ready template through the portal's server, none from its cache, beside its own SQL and that of the facts. */
export async function benchTemplates(company: Company): Promise<readonly Result[]> {
  const { config, workspace } = company
  const administrator = demoSignIns[0]
  if (administrator === undefined) throw new Error('The demo has no administrator')
  await workspace.users.create(administrator)
  const folder = { projectRoot: PROJECT_ROOT, publishedDir: publishedDir(config), watch: false }
  const facts = await createSemantic({ ...folder, routing: 'never' })
  const running = await serve({ config, workspace, port: 0, isKeeping: false, log: () => {} })
  try {
    const cookie = await signInAs(running.url, administrator)
    const { semantic } = running.services
    const ask = (query: CubeQuery) => post(running.url, cookie, query)
    const timed = await timeTemplates({ semantic, facts, ask, zone: config.company.timezone })
    return resultsOf(timed)
  } finally {
    await running.close()
    await facts.close()
  }
}

type Sides = {
  readonly instance: DuckDBInstance
  readonly semantic: SemanticService
  readonly facts: SemanticService
  readonly ask: (query: CubeQuery) => Promise<unknown>
  readonly zone: string
}

async function timeTemplates(portal: Omit<Sides, 'instance'>): Promise<readonly Timed[]> {
  const { file } = await portal.semantic.sql(BENCH_READER, { measures: ['deals_report.count'] })
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' })
  const timed: Timed[] = []
  try {
    for (const template of readReadyTemplates(PROJECT_ROOT)) {
      const turns: Omit<Timed, 'id'>[] = []
      for (let turn = 0; turn <= REPEATS; turn++)
        turns.push(await timeOnce({ ...portal, instance }, template, turn))
      const medianOf = (side: keyof Omit<Timed, 'id'>) =>
        summary(turns.slice(1).map((each) => each[side])).median
      const line = {
        id: template.id,
        ours: medianOf('ours'),
        straight: medianOf('straight'),
        facts: medianOf('facts'),
      }
      process.stderr.write(
        `${line.id.padEnd(28)} ${whole(line.ours)}, its SQL ${whole(line.straight)}, that of the facts ${whole(line.facts)}\n`,
      )
      timed.push(line)
    }
    return timed
  } finally {
    instance.closeSync()
  }
}

type Template = ReturnType<typeof readReadyTemplates>[number]

async function timeOnce(
  { instance, semantic, facts, ask, zone }: Sides,
  template: Template,
  turn: number,
): Promise<Omit<Timed, 'id'>> {
  const definition = template.definition('en')
  const view = (await semantic.meta(BENCH_READER)).find(({ name }) => name === definition.reportType)
  if (view === undefined) throw new Error(`There is no report type ${definition.reportType}`)
  const asked: ReportQuery[] = []
  const load = async (query: ReportQuery) => {
    asked.push(query)
    return (await ask(query)) as GrainResult
  }
  // Another limit is another statement, so no turn is answered from the cache of one before.
  const limit = 10_000 - turn
  const context = { view, now: NOW, zone, fiscalCalendar: CALENDAR_YEARS, given: {}, limit }
  const ours = await time(() => runReport(definition, context, load))
  const straight = await timeStraight(semantic, instance, asked)
  return { ours, straight, facts: await timeStraight(facts, instance, asked) }
}

/** All statements of a report at once, as the portal asks them, each on a connection of its own. */
async function timeStraight(
  semantic: SemanticService,
  instance: DuckDBInstance,
  queries: readonly ReportQuery[],
): Promise<number> {
  const compiled = await Promise.all(queries.map((query) => semantic.sql(BENCH_READER, query)))
  const connections = await Promise.all(compiled.map(() => instance.connect()))
  const run = async (connection: DuckDBConnection, index: number) => {
    const { sql, params } = compiled[index] ?? { sql: '', params: [] }
    const read = await connection.runAndReadAll(sql, params.map(String))
    read.getRowObjectsJson()
  }
  try {
    return await time(() => Promise.all(connections.map(run)))
  } finally {
    for (const connection of connections) connection.closeSync()
  }
}

function resultsOf(timed: readonly Timed[]): readonly Result[] {
  const ours = spread(timed.map((each) => each.ours))
  const straight = spread(timed.map((each) => each.straight))
  const facts = spread(timed.map((each) => each.facts))
  const ratio = ours.median / straight.median
  const shown = ({ median, late }: Spread) => `${whole(median)}, 95 % ${whole(late)}`
  return [
    {
      name: `${timed.length} templates through the portal, median and 95th percentile`,
      ours: shown(ours),
      reference: `its SQL ${shown(straight)}; of the facts ${shown(facts)}`,
      ratio: `${ratio.toFixed(2)} ×`,
      goal: '≤ 300 ms, 95 % ≤ 1 s, ≤ 1.3 ×',
      isMet: ours.median <= 300 && ours.late <= 1000 && ratio <= 1.3,
    },
  ]
}

type Spread = { readonly median: number; readonly late: number }

function spread(times: readonly number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
  return { median: at(0.5), late: at(0.95) }
}

function whole(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`
}

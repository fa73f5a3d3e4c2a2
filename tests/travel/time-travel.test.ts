import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig, type Config } from '#config'
import { createDemoCompany, startFakeBitrix, type FakeBitrix } from '#demo'
import { createExports } from '#exports'
import { syncSources } from '#ingest'
import { createSemantic, type Reader, type SemanticService } from '#semantic'
import { parseDefinition, type ReportDefinition } from '#semantic/report'
import { withWarehouse } from '#warehouse'
import { openWorkspace, type Workspace } from '#workspace'
import { dbtBuild } from '../models/dbt-build.ts'
import { portalDays } from './portal-days.ts'

const COUNT = process.env['EMBUT_LONG'] === '1' ? 10 : 2
const DAY = 86_400_000
/** Evenings two weeks apart, the last one a while before the end. */
const EVENINGS = Array.from(
  { length: COUNT + 1 },
  (_, index) => Date.parse('2026-11-18T20:30:00Z') - (COUNT - index) * 14 * DAY,
)
const MARTS = [
  'fct_deals',
  'fct_deals_as_of',
  'fct_deal_stages',
  'fct_stage_moves',
  'fct_target_attainment',
  'fct_targets',
  'fct_calls',
  'dim_date',
  'dim_working_day',
  'dim_absent_day',
  'dim_manager_department',
  'dim_manager',
  'dim_department',
  'dim_client',
  'dim_product',
  'dim_source',
]
const META = ['dim_stage', 'meta_build', 'meta_freshness']

const ANALYST: Reader = {
  ...{ userId: 'a', role: 'analyst', personId: null, departmentIds: [], canSeePersonal: false },
}

const folder = mkdtempSync(join(tmpdir(), 'embut-travel-'))
const published = join(folder, 'published')
const files = {
  raw: join(folder, 'company/.embut/raw.duckdb'),
  work: join(folder, 'work.duckdb'),
  target: join(folder, 'target'),
}
let crm: FakeBitrix
let config: Config
let workspace: Workspace
let clock = EVENINGS[0] ?? 0
let semantic: SemanticService
/** The report files of each evening as they were written then. */
const saved = new Map<string, string[]>()

const report = (name: string, definition: object): ReportDefinition =>
  parseDefinition({ version: 1, reportType: 'deals_report', title: name, ...definition })
const member = (name: string) => ({ member: `deals_report.${name}` })
const staged = (name: string) => ({ member: `pipeline_report.${name}` })
const planned = (name: string) => ({ member: `targets_report.${name}` })
const REPORTS: readonly ReportDefinition[] = [
  report('Every deal', {
    rows: ['deal_id', 'stage', 'status', 'manager', 'department'].map(member),
    values: ['count', 'amount', 'won_amount'].map(member),
    options: { subtotals: false },
  }),
  report('Won by month', {
    rows: [member('department'), member('manager')],
    columns: [{ ...member('closed_at'), granularity: 'quarter' }],
    values: ['won_count', 'lost_count', 'win_rate', 'won_amount', 'average_won_amount'].map(member),
  }),
  report('Open now', {
    rows: [member('pipeline'), member('stage')],
    values: ['open_count', 'open_amount', 'closed_count', 'average_cycle_days'].map(member),
  }),
  report('Which deal came how far', {
    reportType: 'pipeline_report',
    rows: ['deal_id', 'pipeline_version', 'stage', 'manager', 'department'].map(staged),
    values: ['deals_strict', 'deals_visited', 'deals_reached', 'deals_skipped', 'deals_returned'].map(staged),
    options: { subtotals: false },
  }),
  report('Where deals are lost', {
    reportType: 'pipeline_report',
    rows: ['pipeline', 'stage_order', 'stage'].map(staged),
    columns: [{ ...staged('created_at'), granularity: 'quarter' }],
    values: [
      ...['deals_strict', 'deals_visited', 'deals_reached', 'deals_advanced', 'deals_open', 'deals_lost'],
      ...['deals_reopened', 'amount_reached', 'amount_open', 'amount_lost', 'advance_rate', 'loss_rate'],
    ].map(staged),
    filters: [{ ...staged('created_at'), operator: 'inDateRange', values: ['2026-01-01', '2026-12-31'] }],
  }),
  report('Who is where against the plan', {
    reportType: 'targets_report',
    rows: ['metric', 'department', 'manager'].map(planned),
    columns: [{ ...planned('month'), granularity: 'month' }],
    values: ['target_value', 'original_value', 'actual_value', 'attainment', 'gap_value'].map(planned),
    filters: [{ ...planned('month'), operator: 'inDateRange', values: ['2026-06-01', '2026-12-31'] }],
  }),
  report('Pace', {
    reportType: 'targets_report',
    rows: ['metric', 'manager'].map(planned),
    values: ['expected_value', 'pace', 'projected_value', 'required_per_day', 'open_value', 'coverage'].map(
      planned,
    ),
    filters: [{ ...planned('month'), operator: 'inDateRange', values: ['2026-10-01', '2026-11-30'] }],
  }),
]

beforeAll(async () => {
  const company = await createDemoCompany({ dir: join(folder, 'company'), size: 'miniature' })
  crm = await startFakeBitrix({ dataDir: company.crmDir, now: goingOn(EVENINGS.at(-1) ?? 0) })
  const whole = loadConfig(company.configFile, { ...process.env, DEMO_CRM_URL: crm.url })
  config = { ...whole, sources: whole.sources.filter(({ connector }) => connector === 'bitrix24') }
  workspace = await openWorkspace({ file: ':memory:', dataDir: folder, now: () => new Date(clock) })
  await mkdir(published)
  semantic = await createSemantic({ projectRoot: resolve('.'), publishedDir: published, watch: false })
  const days = portalDays(crm.portal)
  for (const [index, moment] of EVENINGS.entries()) {
    clock = moment
    days.show(moment, index + 1)
    await plan(index + 1)
    await land(moment)
    await publish(index)
    saved.set(dayOf(moment), await reportFiles(null))
  }
}, COUNT * 450_000)

afterAll(async () => {
  await semantic.close()
  await workspace.close()
  await crm.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Targets are set, raised and taken back from evening to evening, of people and of a whole department. */
async function plan(day: number): Promise<void> {
  const months = ['2026-10', '2026-11', dayOf(clock).slice(0, 7)]
  const targets = months.flatMap((month) => [
    { metric: 'won_amount' as const, month, person: 'crm:21', value: String(9_000 + day * 500) },
    { metric: 'won_amount' as const, month, person: 'crm:22', value: day % 2 === 0 ? null : '8000' },
    { metric: 'won_amount' as const, month, department: 'crm:3', value: String(40_000 - day * 1_000) },
    { metric: 'won_count' as const, month, person: 'crm:12', value: String(1 + (day % 3)) },
    { metric: 'calls' as const, month, person: 'crm:11', value: String(20 + day) },
  ])
  await workspace.targets.setMany(targets.map((target) => ({ ...target, author: 'Eva' })))
}

/** A clock that goes on from a moment: limits of calls and waits for them would never end on one that stands still. */
function goingOn(moment: number): () => number {
  const begun = performance.now()
  return () => moment + performance.now() - begun
}

async function land(moment: number): Promise<void> {
  const now = goingOn(moment)
  const { failures } = await syncSources({ config, workspace, now: () => new Date(now()) })
  expect(failures).toEqual([])
}

function versionOf(index: number): string {
  return `20260301060${String(index).padStart(3, '0')}-0001`
}

/** Builds what reports of deals read, and makes it the published file. */
async function publish(index: number): Promise<void> {
  const version = versionOf(index)
  const marts = join(published, `marts-${version}.duckdb`)
  const wanted = [...MARTS, ...META].flatMap((name) => [`+${name}`])
  await dbtBuild({ ...files, marts }, [
    '--select',
    ...wanted,
    '--exclude-resource-type',
    'test',
    'unit_test',
    'exposure',
  ])
  const current = { version, file: marts, publishedAt: '2026-03-01T06:00:00Z' }
  await writeFile(join(published, 'current.json'), JSON.stringify(current))
}

/** The reports as CSV: of now, or as they stood on a day. */
async function reportFiles(asOf: string | null): Promise<string[]> {
  await semantic.swap()
  const exports = createExports({
    ...{ semantic, workspace, now: () => new Date(), tempDir: folder, company: config.company },
  })
  const written: string[] = []
  for (const definition of REPORTS) {
    const options = { ...definition.options, ...(asOf !== null && { asOf }) }
    const request = { reader: ANALYST, definition: { ...definition, options }, parameters: {}, locale: 'en' }
    written.push(sameSums(await text((await exports.reportCsv(request)).stream)))
  }
  return written
}

/** Moves that became known only on the second evening after they were made. */
async function lateMoves(): Promise<number> {
  return withWarehouse(
    join(published, `marts-${versionOf(COUNT)}.duckdb`),
    { readOnly: true },
    async (marts) => {
      const [row] = await marts.query(
        `select count(*)::int as late from fct_stage_moves where known_from_local > entered_at + interval '14 days 4 hours'`,
      )
      return Number(row?.['late'])
    },
  )
}

// The last digits of an average of fractions depend on the order in which threads add.
function sameSums(csv: string): string {
  return csv.replaceAll(/\d+\.\d{9,}/g, (number) => Number(number).toPrecision(10))
}

function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10)
}

describe(`the company landed on ${COUNT} evenings and once more`, () => {
  it('changed in between in every way that matters', async () => {
    const written = [...saved.values()]
    for (const report of REPORTS.keys())
      expect(new Set(written.map((each) => each[report])).size).toBe(COUNT + 1)
    expect(await lateMoves()).toBe(COUNT)
    expect(written.every(([deals]) => (deals?.split('\n').length ?? 0) > 300)).toBe(true)
  })

  it.each(EVENINGS.map(dayOf))('has the reports of %s as they were saved then', async (day) => {
    expect(await reportFiles(day)).toEqual(saved.get(day))
  })
})

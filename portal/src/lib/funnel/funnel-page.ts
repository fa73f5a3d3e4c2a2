import type { MemberMeta, Passport, Reader, Services, ViewMeta } from '#services'
import { asOfDay, periodRange, type ComparisonClock } from '#semantic/report'
import type { DrillColumn } from '#lib/components/drill/drill-source.ts'
import { isMonth, monthRange, type DayRange } from '#lib/period/month.ts'
import type { PageScope } from '#lib/scope/page-scope.ts'
import { funnelScope } from './funnel-scope.ts'
import { funnelStages, funnelSteps, moveStages, weakestStep } from './funnel.ts'
import type { FunnelStage, MoveStage, Step } from './funnel.ts'
import {
  OUTCOME_MEMBERS,
  outcomesQuery,
  pipelinesQuery,
  stagesQuery,
  versionsQuery,
  viewOf,
} from './funnel-query.ts'
import type { FunnelAsk } from './funnel-query.ts'
import { ALL_VERSIONS, type FunnelState } from './funnel-state.ts'
import { loadSides, type Side } from './sides.ts'
import { staysQuery, stayTimes, type StayTimes } from './stay-times.ts'

export type Choices = {
  readonly pipelines: readonly string[]
  readonly managers: readonly string[]
  readonly departments: readonly string[]
  readonly sources: readonly string[]
}

export type FunnelPage = {
  readonly state: FunnelState
  readonly scope: PageScope
  readonly ask: FunnelAsk
  readonly choices: Choices
  /** Versions of the pipeline that have deals here, the newest first; none for moves. */
  readonly versions: readonly string[]
  readonly columns: readonly DrillColumn[]
  readonly hasLinks: boolean
  readonly passport: Passport | null
  readonly stages: readonly FunnelStage[]
  readonly steps: readonly (Step | null)[]
  readonly weakest: Step | null
  readonly moves: readonly MoveStage[]
  /** Null for moves, and as of an earlier day, of which nobody knows them. */
  readonly stays: StayTimes | null
  /** The funnels that are compared; none where nothing is, or where fewer than two are chosen. */
  readonly sides: readonly Side[]
}

type Asked = {
  readonly semantic: Pick<Services['semantic'], 'meta' | 'load' | 'values'>
  readonly reader: Reader
  readonly clock: ComparisonClock
}

const MOST_CHOICES = 500
const FALLBACK = ['last_12_months']

/** Everything the funnel page shows for one state of its address, as this reader. */
export async function loadFunnel(asked: Asked, state: FunnelState): Promise<FunnelPage> {
  const [view, choices] = await Promise.all([viewMetaOf(asked, viewOf(state.basis)), choicesOf(asked)])
  const { ask: whole, passport } = await askOf(asked, state, choices)
  const { ask, versions } = await withVersion(asked, state, whole)
  const columns = knownMembers(view, ask)
  const shared = {
    state,
    ask,
    choices,
    scope: funnelScope(state, ask.range, choices.departments),
    versions,
    columns: columns.filter(isListed).map(drillColumn),
    hasLinks: columns.some(({ name }) => name.endsWith('.source_url')),
  }
  if (ask.pipeline === '') {
    return { ...shared, passport, stages: [], steps: [], weakest: null, moves: [], stays: null, sides: [] }
  }
  const [numbers, sides] = await Promise.all([
    numbersOf(asked, { state, ask, columns }),
    state.basis === 'cohort' ? loadSides(asked, state, ask) : [],
  ])
  return { ...shared, ...numbers, sides }
}

type Numbers = Pick<FunnelPage, 'passport' | 'stages' | 'steps' | 'weakest' | 'moves' | 'stays'>
type Wanted = {
  readonly state: FunnelState
  readonly ask: FunnelAsk
  readonly columns: readonly MemberMeta[]
}

async function numbersOf({ semantic, reader }: Asked, { state, ask, columns }: Wanted): Promise<Numbers> {
  const canSplit = OUTCOME_MEMBERS.every((name) => columns.some((column) => column.name === name))
  const isCohort = state.basis === 'cohort'
  const [result, split, stayed] = await Promise.all([
    semantic.load(reader, stagesQuery(ask)),
    isCohort && canSplit ? semantic.load(reader, outcomesQuery(ask)) : null,
    isCohort && canSplit && ask.asOf === null ? semantic.load(reader, staysQuery(ask)) : null,
  ])
  const { passport } = result
  if (!isCohort) {
    return { passport, stages: [], steps: [], weakest: null, moves: moveStages(result.rows), stays: null }
  }
  const stages = funnelStages(result.rows, split?.rows ?? null, state.rule)
  const steps = funnelSteps(stages, state.rule)
  const stays = stayed && stayTimes(stages, stayed)
  return { passport, stages, steps, weakest: weakestStep(steps), moves: [], stays }
}

function rangeOf(period: string, clock: ComparisonClock): DayRange | null {
  return isMonth(period) ? monthRange(period) : periodRange([period], clock)
}

/** The question in full: dates for the period, and the busiest pipeline where none is chosen. */
async function askOf({ semantic, reader, clock }: Asked, state: FunnelState, { pipelines }: Choices) {
  const range = rangeOf(state.period, clock) ?? periodRange(FALLBACK, clock)
  if (range === null) throw new Error('A relative period has no dates')
  const { basis, manager, department, source, pipeline } = state
  const asOf = basis === 'cohort' ? asOfDay({ asOf: state.asOf ?? undefined }, clock) : null
  const ask: FunnelAsk = { basis, manager, department, source, range, pipeline, version: '', asOf }
  if (pipelines.includes(pipeline)) return { ask, passport: null }
  const { rows, passport } = await semantic.load(reader, pipelinesQuery(ask))
  const [busiest] = rows.flatMap((row) => row[`${viewOf(basis)}.pipeline`] ?? [])
  const chosen = typeof busiest === 'string' ? busiest : (pipelines[0] ?? '')
  return { ask: { ...ask, pipeline: chosen }, passport }
}

/** The question about one version of the pipeline, the busiest where none is chosen; about all of them where there is one. */
async function withVersion({ semantic, reader }: Asked, state: FunnelState, ask: FunnelAsk) {
  if (ask.basis === 'moves' || ask.pipeline === '') return { ask, versions: [] }
  const { rows } = await semantic.load(reader, versionsQuery(ask))
  const busiest = rows.flatMap((row) => row[`${viewOf('cohort')}.pipeline_version`] ?? []).map(String)
  const versions = busiest.toSorted((a, b) => Number(b) - Number(a))
  if (versions.length < 2 || state.version === ALL_VERSIONS) return { ask, versions }
  const version = versions.includes(state.version) ? state.version : (busiest[0] ?? '')
  return { ask: { ...ask, version }, versions }
}

async function choicesOf({ semantic, reader }: Asked): Promise<Choices> {
  const valuesOf = (name: string): Promise<readonly string[]> =>
    semantic.values(reader, `pipeline_report.${name}`, '', MOST_CHOICES)
  const names = ['pipeline', 'manager', 'department', 'source']
  const [pipelines = [], managers = [], departments = [], sources = []] = await Promise.all(
    names.map(valuesOf),
  )
  return { pipelines, managers, departments, sources }
}

async function viewMetaOf({ semantic, reader }: Asked, view: string): Promise<ViewMeta | undefined> {
  const views = await semantic.meta(reader)
  return views.find(({ name }) => name === view)
}

/** The fields of a view; as of an earlier day those that are known of it. */
function knownMembers(view: ViewMeta | undefined, { asOf }: FunnelAsk): readonly MemberMeta[] {
  const unknown = new Set(asOf === null ? [] : view?.unknownAsOf)
  return view?.members.filter(({ name }) => !unknown.has(name)) ?? []
}

/** Fields that tell something about one record; addresses and flags are followed, not read. */
function isListed({ name, kind, type }: MemberMeta): boolean {
  if (kind === 'measure') return name.endsWith('.amount_reached')
  return type !== 'boolean' && !name.endsWith('.source_url') && !/\.(stage|manager|department)_id$/.test(name)
}

function drillColumn({ name, title, type, format, kind }: MemberMeta): DrillColumn {
  return { name, title, type: kind === 'measure' ? 'number' : type, format, kind }
}

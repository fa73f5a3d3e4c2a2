import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import type { CubeQuery, Filter, MemberMeta, Passport, QueryResult, Reader, Row } from '#semantic'

export const reader: Reader = {
  userId: 'user-1',
  role: 'analyst',
  personId: null,
  departmentIds: [],
  canSeePersonal: false,
}

const COHORT: Readonly<Record<string, string>> = {
  deals_reached: 'count(*) filter (is_reached)',
  deals_visited: 'count(*) filter (is_visited)',
  deals_strict: 'count(*) filter (is_strict)',
  deals_skipped: 'count(*) filter (is_reached and not is_visited)',
  deals_returned: 'count(*) filter (is_returned)',
  deals_open: 'count(*) filter (is_open)',
  deals_lost: 'count(*) filter (is_lost)',
  deals_advanced: 'count(*) filter (is_advanced)',
  amount_reached: 'sum(amount) filter (is_reached)',
}
const MOVES: Readonly<Record<string, string>> = {
  moves_count: 'count(*)',
  deals_count: 'count(distinct deal_id)',
  returns_count: 'count(*) filter (is_return)',
  median_stay_hours: 'median(stay_seconds) / 3600.0',
}
const DERIVED: Readonly<Record<string, string>> = { observed_days: 'stay_seconds::bigint // 86400' }
const OUTCOMES = ['is_advanced', 'is_open', 'is_lost']
const FIELDS = {
  pipeline_report: [
    'stage',
    'stage_order',
    'pipeline',
    'manager',
    'department',
    'source',
    'observed_days',
    'pipeline_version',
    'deal_id',
    'title',
    'source_url',
  ],
  stage_history_report: [
    'stage',
    'stage_order',
    'pipeline',
    'manager',
    'department',
    'how',
    'deal_id',
    'title',
    'source_url',
  ],
} as const
const TABLES = { pipeline_report: 'deal_stages', stage_history_report: 'stage_events' } as const
const TIMES = {
  pipeline_report: ['created_at', 'entered_at'],
  stage_history_report: ['entered_at', 'exited_at'],
} as const
type View = keyof typeof TABLES

/** The semantic service's answers over deals made in DuckDB, as plain SQL. */
export async function dealsInDuckDb(sql: string, options: { readonly hasOutcomes?: boolean } = {}) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(sql)
  const hasOutcomes = options.hasOutcomes ?? true
  return {
    connection,
    meta: async () =>
      (['pipeline_report', 'stage_history_report'] as const).map((view) => viewMeta(view, hasOutcomes)),
    load: async (_reader: Reader, query: unknown): Promise<QueryResult> =>
      loadFrom(connection, query as CubeQuery),
    values: async (_reader: Reader, member: string): Promise<string[]> => {
      const { rows } = await loadFrom(connection, { dimensions: [member], order: [[member, 'asc']] })
      return rows.flatMap((row) => (row[member] === null ? [] : [String(row[member])]))
    },
  }
}

export async function rowsOf(connection: DuckDBConnection, sql: string) {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson()
}

async function loadFrom(connection: DuckDBConnection, query: CubeQuery): Promise<QueryResult> {
  const limit = query.limit ?? 10_000
  const found = await rowsOf(connection, `${sqlOf(query)} limit ${limit + 1}`)
  const rows = found
    .slice(0, limit)
    .map((row) => Object.fromEntries(Object.entries(row).map(valueOf))) as Row[]
  const isComplete = found.length <= limit
  return { rows, isComplete, durationMs: 1, passport: passportOf(rows.length, isComplete) }
}

function sqlOf({ dimensions = [], measures = [], filters = [], order = [] }: CubeQuery): string {
  const view = ([...dimensions, ...measures][0] ?? '').split('.')[0] as View
  const columns = [...dimensions, ...measures].map((member) => `${expression(member)} as "${member}"`)
  const conditions = filters.map((filter) => condition(filter))
  const where = conditions.filter(({ isMeasure }) => !isMeasure).map(({ sql }) => sql)
  const having = conditions.filter(({ isMeasure }) => isMeasure).map(({ sql }) => sql)
  const sorted = (Array.isArray(order) ? order : Object.entries(order)).map(
    ([m, way]) => `"${m}" ${way} nulls last`,
  )
  return [
    `select ${columns.join(', ')} from ${TABLES[view]}`,
    where.length > 0 ? `where ${where.join(' and ')}` : '',
    dimensions.length > 0 ? `group by ${dimensions.map((_, index) => index + 1).join(', ')}` : '',
    having.length > 0 ? `having ${having.join(' and ')}` : '',
    sorted.length > 0 ? `order by ${sorted.join(', ')}` : '',
  ].join(' ')
}

function expression(member: string): string {
  const field = member.split('.')[1] ?? ''
  return COHORT[field] ?? MOVES[field] ?? DERIVED[field] ?? field
}

function condition(filter: Filter): { sql: string; isMeasure: boolean } {
  if (!('member' in filter)) throw new Error('only plain filters here')
  const field = filter.member.split('.')[1] ?? ''
  const isMeasure = field in COHORT || field in MOVES
  const values = (filter.values ?? []).map((value) => `'${String(value).replaceAll("'", "''")}'`)
  return { sql: comparison(expression(filter.member), filter.operator, values), isMeasure }
}

function comparison(left: string, operator: string, values: readonly string[]): string {
  if (operator === 'inDateRange') return `${left} >= ${values[0]}::date and ${left} < ${values[1]}::date + 1`
  if (operator === 'set') return `${left} is not null`
  if (operator === 'gt') return `${left} > ${values[0]}::double`
  if (operator === 'contains') return `contains(lower(${left}), lower(${values[0]}))`
  return `cast(${left} as varchar) in (${values.join(', ')})`
}

function valueOf([name, value]: [string, unknown]): [string, string | boolean | null] {
  if (value === null || typeof value === 'boolean') return [name, value]
  return [name, String(value)]
}

function passportOf(rows: number, isComplete: boolean): Passport {
  return {
    version: '20260301100000-abcd',
    publishedAt: '2026-03-01T10:00:00.000Z',
    freshness: [{ source: 'crm', at: '2026-03-01T09:55:00.000Z' }],
    members: [
      {
        name: 'pipeline_report.deals_reached',
        title: 'Reached',
        description: 'Deals that got at least this far.',
      },
    ],
    filters: 'Deal created in the last 12 months',
    rows,
    isComplete,
    definition: 'Pipeline: Reached',
  }
}

function viewMeta(view: View, hasOutcomes: boolean) {
  const numbers = Object.keys(view === 'pipeline_report' ? COHORT : MOVES)
  const outcomes = view === 'pipeline_report' && hasOutcomes ? OUTCOMES : []
  const members = [
    ...numbers.map((name) => memberMeta(`${view}.${name}`, 'measure', 'number')),
    ...FIELDS[view].map((name) =>
      memberMeta(`${view}.${name}`, 'dimension', name === 'stage_order' ? 'number' : 'string'),
    ),
    ...outcomes.map((name) => memberMeta(`${view}.${name}`, 'dimension', 'boolean')),
    ...TIMES[view].map((name) => memberMeta(`${view}.${name}`, 'time', 'time')),
  ]
  return { name: view, title: view, description: '', members, folders: [], drillMembers: [], hierarchies: [] }
}

function memberMeta(name: string, kind: MemberMeta['kind'], type: string): MemberMeta {
  const word = (name.split('.')[1] ?? '').replaceAll('_', ' ')
  const title = word.charAt(0).toUpperCase() + word.slice(1)
  const format = name.endsWith('amount_reached') ? 'currency' : null
  const rest = { folder: null, isPersonal: false, isAdditive: false, drillMembers: [] }
  return { name, title, shortTitle: title, description: title, kind, type, format, ...rest }
}

import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Column, CubeQuery, Passport, QueryResult, Reader } from '#semantic'
import type { ExportSemantic } from '#exports'

export const reader: Reader = {
  userId: 'user-1',
  role: 'analyst',
  personId: null,
  departmentIds: [],
  canSeePersonal: false,
}

const VERSION = '20260301100000-abcd'

type Field = {
  title: string
  type: Column['type']
  sql: string
  kind: 'measure' | 'dimension' | 'time'
  format?: string
}

const FIELDS: Readonly<Record<string, Field>> = {
  'deals_report.deal_id': { title: 'Deal', type: 'string', sql: 'deal_id', kind: 'dimension' },
  'deals_report.title': { title: 'Title', type: 'string', sql: 'title', kind: 'dimension' },
  'deals_report.manager': { title: 'Manager', type: 'string', sql: 'manager', kind: 'dimension' },
  'deals_report.department': { title: 'Department', type: 'string', sql: 'department', kind: 'dimension' },
  'deals_report.is_won': { title: 'Is won', type: 'boolean', sql: 'is_won', kind: 'dimension' },
  'deals_report.created_at': { title: 'Created', type: 'time', sql: 'created_at', kind: 'time' },
  'deals_report.count': { title: 'Deals', type: 'number', sql: 'count(*)', kind: 'measure' },
  'deals_report.amount': {
    title: 'Amount',
    type: 'number',
    sql: 'sum(amount)',
    kind: 'measure',
    format: 'currency',
  },
  'deals_report.closed_count': {
    title: 'Closed deals',
    type: 'number',
    sql: 'count(*)',
    kind: 'measure',
    format: 'integer',
  },
  'deals_report.win_rate': {
    title: 'Win rate',
    type: 'number',
    sql: 'count(*) filter (is_won) / nullif(count(*), 0)::double',
    kind: 'measure',
    format: 'percent',
  },
}

/** A file of deals as a build publishes it, and the semantic service's answers over it in plain SQL. */
export async function publishDeals(
  folder: string,
  rows: number,
): Promise<{ file: string; semantic: ExportSemantic }> {
  const file = join(folder, `marts-${VERSION}-${rows}.duckdb`)
  await runIn(file, dealsSql(rows))
  return { file, semantic: semanticOver(file) }
}

/** Rows of any SQL over a published file, as JSON values. */
export async function rowsOf(file: string, sql: string, values: string[] = []) {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  try {
    return (await connection.runAndReadAll(sql, values)).getRowObjectsJson()
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** Compiles a query the way the semantic layer does: grouped by its dimensions, with its limit. */
export function compile(query: CubeQuery): { sql: string; params: string[] } {
  const times = (query.timeDimensions ?? []).filter((time) => time.granularity !== undefined)
  const dimensions = [
    ...(query.dimensions ?? []).map((name) => ({ name, sql: fieldOf(name).sql })),
    ...times.map(({ dimension, granularity }) => ({
      name: `${dimension}.${granularity}`,
      sql: `date_trunc('${granularity}', ${fieldOf(dimension).sql})::timestamp`,
    })),
  ]
  const measures = (query.measures ?? []).map((name) => ({ name, sql: fieldOf(name).sql }))
  const columns = [...dimensions, ...measures].map(({ name, sql }) => `${sql} as "${aliasOf(name)}"`)
  const { clauses, params } = where(query)
  const group =
    measures.length > 0 && dimensions.length > 0
      ? `group by ${dimensions.map((_, i) => i + 1).join(',')}`
      : ''
  const asked = sorted(query)
  const placed = dimensions.map((_, index) => String(index + 1))
  const order = dimensions.length > 0 ? `order by ${(asked.length > 0 ? asked : placed).join(',')}` : ''
  const sql = `select ${columns.join(', ')} from deals ${clauses} ${group} ${order} limit ${query.limit ?? 1_000_000}`
  return { sql, params }
}

function sorted({ order }: CubeQuery): string[] {
  const pairs = Array.isArray(order) ? order : Object.entries(order ?? {})
  return pairs.map(([name, direction]) => `"${aliasOf(String(name))}" ${String(direction)} nulls last`)
}

function where(query: CubeQuery): { clauses: string; params: string[] } {
  const params: string[] = []
  const clauses = (query.filters ?? []).flatMap((filter) => {
    if (!('member' in filter) || !(filter.operator === 'equals' || filter.operator === 'notEquals')) return []
    const values = (filter.values ?? []).map((value) => value ?? '')
    params.push(...values)
    const column = `cast(${fieldOf(filter.member).sql} as varchar)`
    const list = values.map(() => '?').join(', ')
    return filter.operator === 'equals'
      ? [`${column} in (${list})`]
      : [`(${column} not in (${list}) or ${column} is null)`]
  })
  return { clauses: clauses.length === 0 ? '' : `where ${clauses.join(' and ')}`, params }
}

function semanticOver(file: string): ExportSemantic {
  return {
    meta: async () => [
      {
        name: 'deals_report',
        title: 'Deals',
        description: 'Every deal',
        folders: [],
        drillMembers: [],
        hierarchies: [],
        members: Object.entries(FIELDS).map(([name, field]) => memberOf(name, field)),
      },
    ],
    load: async (_reader, query) => loadFrom(file, parsed(query)),
    sql: async (_reader, asked) => {
      const query = parsed(asked)
      const names = [
        ...(query.dimensions ?? []),
        ...(query.timeDimensions ?? []).map((time) => `${time.dimension}.${time.granularity}`),
        ...(query.measures ?? []),
      ]
      const columns = names.map((member) => ({ member, alias: aliasOf(member), type: fieldOf(member).type }))
      return { ...compile(query), columns, version: VERSION, file, route: null }
    },
  }
}

async function loadFrom(file: string, query: CubeQuery): Promise<QueryResult> {
  const { sql, params } = compile({ ...query, limit: (query.limit ?? 10_000) + 1 })
  const rows = await rowsOf(file, sql, params)
  const shown = rows
    .slice(0, query.limit ?? 10_000)
    .map((row) => Object.fromEntries(Object.entries(row).map(loadedValue)))
  const isComplete = rows.length === shown.length
  return { rows: shown, isComplete, durationMs: 1, passport: passportOf(query, shown.length, isComplete) }
}

function loadedValue([alias, value]: [string, unknown]): [string, string | boolean | null] {
  const member = alias.replaceAll('__', '.')
  if (value === null || typeof value === 'boolean') return [member, value]
  const text = String(value)
  return [member, fieldOf(member).kind === 'time' ? text.replace(' ', 'T') : text]
}

function passportOf(query: CubeQuery, rows: number, isComplete: boolean): Passport {
  const names = [
    ...(query.measures ?? []),
    ...(query.dimensions ?? []),
    ...(query.timeDimensions ?? []).map((t) => t.dimension),
  ]
  return {
    version: VERSION,
    publishedAt: '2026-03-01T10:00:00.000Z',
    freshness: [{ source: 'crm', at: '2026-03-01T09:55:00.000Z' }],
    members: names.map((name) => {
      const { title, format } = fieldOf(name)
      return { name, title, description: `What ${title} means`, ...(format === undefined ? {} : { format }) }
    }),
    filters: (query.filters ?? []).length === 0 ? '' : 'Some deals only',
    rows,
    isComplete,
    definition: 'deals_report',
  }
}

function parsed(query: unknown): CubeQuery {
  return query as CubeQuery
}

function memberOf(name: string, field: Field) {
  const { title, type, kind, format } = field
  return {
    name,
    title,
    shortTitle: title,
    description: `What ${title} means`,
    kind,
    type,
    format: format ?? null,
    folder: 'Deals',
    isPersonal: false,
    isAdditive: false,
    drillMembers: [],
  }
}

function fieldOf(member: string): Field {
  const found = FIELDS[member.split('.').slice(0, 2).join('.')]
  if (found === undefined) throw new Error(`no member ${member}`)
  return found
}

function aliasOf(member: string): string {
  return member.replaceAll('.', '__')
}

function dealsSql(rows: number): string {
  return `create table deals as select
    'crm:' || i as deal_id,
    case i % 7 when 0 then '=1+' || i when 1 then '+7 900 ' || i when 2 then '@cmd' when 3 then '-' || i
      when 4 then 'Say "hi", ' || chr(10) || 'twice' when 5 then chr(9) || 'tab' else 'Deal ' || i end as title,
    case when i % 11 = 0 then null else 'Manager ' || (i % 5) end as manager,
    'Department ' || (i % 2) as department,
    i % 3 = 0 as is_won,
    (i * 1.37)::decimal(18, 2) as amount,
    timestamp '2026-01-01 08:30:15' + interval (i % 59) day as created_at
    from range(1, ${rows} + 1) t(i)`
}

async function runIn(file: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(file)
  const connection = await instance.connect()
  await connection.run(sql)
  connection.closeSync()
  instance.closeSync()
}

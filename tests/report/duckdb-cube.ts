import { DuckDBInstance } from '@duckdb/node-api'
import type { GrainResult, QueryFilter, ReportQuery, ReportView, ResultRow } from '#semantic/report'

/** Answers report queries with plain SQL over one DuckDB table, so that a report's totals meet real numbers. */
export type DuckDbCube = {
  readonly load: (query: ReportQuery) => Promise<GrainResult>
  readonly select: (sql: string) => Promise<ResultRow[]>
  readonly asked: ReportQuery[]
  readonly close: () => void
}

export type CubeSpec = {
  /** A select whose columns are the dimensions, by their name without the view. */
  readonly source: string
  /** SQL of each measure. */
  readonly measures: Readonly<Record<string, string>>
  readonly version?: () => string
}

export async function duckDbCube({ source, measures, version = () => 'v1' }: CubeSpec): Promise<DuckDbCube> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const asked: ReportQuery[] = []
  const select = async (sql: string) => {
    const reader = await connection.runAndReadAll(sql)
    return reader.getRowObjects().map(plainRow)
  }
  const load = async (query: ReportQuery): Promise<GrainResult> => {
    asked.push(query)
    const rows = await select(toSql(query, source, measures))
    return {
      rows,
      isComplete: rows.length < (query.limit ?? 10_000),
      passport: passport(version(), rows),
      durationMs: 1,
    }
  }
  return { load, select, asked, close: () => instance.closeSync() }
}

export function viewOf(name: string, members: Readonly<Record<string, string>>): ReportView {
  return {
    name,
    title: name,
    members: Object.entries(members).map(([member, type]) => ({
      name: `${name}.${member}`,
      title: member.charAt(0).toUpperCase() + member.slice(1).replaceAll('_', ' '),
      kind: type === 'measure' ? 'measure' : type === 'time' ? 'time' : 'dimension',
      type: type === 'measure' ? 'number' : type,
    })),
  }
}

function toSql(query: ReportQuery, source: string, measures: Readonly<Record<string, string>>): string {
  const groups = [
    ...(query.dimensions ?? []).map((name) => [name, bare(name)] as const),
    ...(query.timeDimensions ?? []).map(({ dimension, granularity }) => [
      `${dimension}.${granularity}`,
      `strftime(${bucketSql(granularity, bare(dimension))}, '%Y-%m-%dT00:00:00.000')`,
    ]),
  ] as const
  const numbers = (query.measures ?? []).map(
    (name) => [name, `(${measures[bare(name)] ?? 'null'})::varchar`] as const,
  )
  const columns = [...groups, ...numbers].map(([name, sql]) => `${sql} as "${name}"`)
  const where = (query.filters ?? []).map(condition)
  const order = (query.order ?? []).map(([name, direction]) => `"${name}" ${direction} nulls last`)
  const grouping = groups.length > 0 ? `group by ${groups.map((_, index) => index + 1).join(', ')}` : ''
  return `select ${columns.join(', ')} from (${source}) ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
    ${grouping} ${order.length > 0 ? `order by ${order.join(', ').replaceAll(/"[^"]*_amount"|"[^"]*\.amount"/g, (name) => `${name}::double`)}` : ''} limit ${query.limit ?? 10_000}`
}

/** Fiscal years begin in February here. */
function bucketSql(granularity: string, column: string): string {
  const [, fiscal] = granularity.split('fiscal_')
  if (fiscal === undefined) return `date_trunc('${granularity}', ${column})`
  return `date_trunc('${fiscal}', ${column} - interval 1 month) + interval 1 month`
}

function condition({ member, operator, values = [] }: QueryFilter): string {
  const column = bare(member)
  const list = values.map((value) => `'${value.replaceAll("'", "''")}'`)
  switch (operator) {
    case 'equals':
      return `${column}::varchar in (${list.join(', ')})`
    case 'notEquals':
      return `(${column}::varchar not in (${list.join(', ')}) or ${column} is null)`
    case 'set':
      return `${column} is not null`
    case 'notSet':
      return `${column} is null`
    case 'gte':
      return `${column} >= ${values[0] ?? 'null'}`
    case 'lt':
      return `${column} < ${values[0] ?? 'null'}`
    case 'inDateRange':
      return `${column}::date between ${list.join(' and ')}`
    default:
      throw new Error(`the test cube has no operator ${operator}`)
  }
}

function bare(name: string): string {
  return name.slice(name.indexOf('.') + 1)
}

function plainRow(row: Record<string, unknown>): ResultRow {
  const plain = (value: unknown) => (value === null || typeof value === 'boolean' ? value : String(value))
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]))
}

function passport(version: string, rows: readonly ResultRow[]) {
  const publishedAt = '2026-01-01T00:00:00Z'
  return {
    version,
    publishedAt,
    freshness: [],
    members: [],
    filters: '',
    rows: rows.length,
    isComplete: true,
    definition: '',
  }
}

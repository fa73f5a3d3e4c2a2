import type { CubeQuery, Filter, QueryResult } from '#services'
import { saveFile } from '#lib/components/chart/download.ts'
import { postJson } from '#lib/designer/post.ts'
import { webAddress } from '#lib/web-address.ts'
import type { DrillAsk, DrillColumn, DrillFormat, DrillPage, DrillSource } from './drill-source.ts'

export type CubeDrill = {
  readonly title: string
  readonly description?: string
  readonly count: number | null
  readonly choices: readonly DrillColumn[]
  readonly columns: readonly string[]
  /** Filters that hold exactly the records. */
  readonly filters: readonly Filter[]
  /** The day at whose end the records stood so; now without it. */
  readonly asOf?: string | null
  /** Tell the records apart; always read, so that two records with equal columns stay two. */
  readonly keys: readonly string[]
  readonly searchIn: string
  /** Member with the record's address in its CRM. */
  readonly link?: string | undefined
}

/** The most records a panel reads at once; the export has all of them. */
export const DRILL_ROWS = 2000

/** Lists records straight from the semantic layer, under the reader's own rights. */
export function cubeDrill(drill: CubeDrill): DrillSource {
  return {
    title: drill.title,
    description: drill.description,
    count: drill.count,
    choices: drill.choices,
    columns: drill.columns,
    load: async (ask, signal) => readPage(drill, ask, signal),
    save: (ask, format) => saveRecords(drill, ask, format),
  }
}

/** The query behind a list; also the one its export runs, without the limit. */
export function drillQueryOf(drill: CubeDrill, ask: DrillAsk, extra: readonly string[] = []): CubeQuery {
  const isMeasure = (name: string): boolean =>
    drill.choices.find((choice) => choice.name === name)?.kind === 'measure'
  const search: Filter[] =
    ask.search.trim() === ''
      ? []
      : [{ member: drill.searchIn, operator: 'contains', values: [ask.search.trim()] }]
  return {
    dimensions: [...new Set([...ask.columns.filter((name) => !isMeasure(name)), ...drill.keys, ...extra])],
    measures: ask.columns.filter(isMeasure),
    filters: [...drill.filters, ...search],
    ...(drill.asOf ? { asOf: drill.asOf } : {}),
    order: drill.keys.map((key): [string, 'asc'] => [key, 'asc']),
  }
}

async function readPage(drill: CubeDrill, ask: DrillAsk, signal: AbortSignal): Promise<DrillPage> {
  const extra = drill.link === undefined ? [] : [drill.link]
  const query = { ...drillQueryOf(drill, ask, extra), limit: DRILL_ROWS }
  const { value, error } = await postJson<QueryResult>('/api/query', query, signal)
  if (value === null) throw new Error(error ?? 'aborted')
  return pageOf(drill, ask, value)
}

function pageOf(drill: CubeDrill, ask: DrillAsk, result: QueryResult): DrillPage {
  const columns = ask.columns.flatMap((name) => drill.choices.find((choice) => choice.name === name) ?? [])
  const link = drill.link
  return {
    columns,
    rows: result.rows.map((row) => columns.map(({ name }) => row[name] ?? null)),
    isComplete: result.isComplete,
    ...(link === undefined ? {} : { links: result.rows.map((row) => webAddress(row[link])) }),
  }
}

async function saveRecords(drill: CubeDrill, ask: DrillAsk, format: DrillFormat): Promise<void> {
  const query = drillQueryOf(drill, ask)
  const response = await fetch('/api/export', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, title: drill.title, format }),
  })
  if (!response.ok) throw new Error(await response.text())
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  saveFile(await response.blob(), name === undefined ? `export.${format}` : decodeURIComponent(name))
}

import { z } from 'zod'
import { QueryError } from '#config'
import type { Core, RequestContext } from './core.ts'

/** A row by member name, e.g. `deals_report.created_at.month`: numbers and times as text, booleans, null. */
export type Row = Readonly<Record<string, string | boolean | null>>

export type CompiledSql = {
  readonly sql: string
  readonly params: readonly unknown[]
  /** Member by column alias. */
  readonly members: Readonly<Record<string, string>>
}

const FAILURE = z.object({ error: z.unknown() })
const CELL = z.union([z.string(), z.boolean(), z.null()])
const LOADED = z.object({ results: z.array(z.object({ data: z.array(z.custom<Row>()) })) })
const SQL = z.object({
  sql: z.object({
    sql: z.tuple([z.string(), z.array(z.unknown())]),
    aliasNameToMember: z.record(z.string(), z.string()),
  }),
})
const SQLS = z.union([SQL.transform((one) => [one]), z.array(SQL)])

/** The rows of each query behind a request (several for a comparison of dates). */
export async function loadRows(core: Core, query: unknown, context: RequestContext): Promise<Row[][]> {
  for (;;) {
    const answer = await core.load(query, context)
    if (!isWait(answer)) return LOADED.parse(finalObject(answer)).results.map(({ data }) => checkedRows(data))
  }
}

/** The SQL of each query behind a request, with the reader's row policies in it. */
export async function compileSql(
  core: Core,
  query: unknown,
  context: RequestContext,
): Promise<CompiledSql[]> {
  const answer = await core.sql(query, context)
  refuseFailure(answer)
  return SQLS.parse(answer).map(({ sql }) => ({
    sql: sql.sql[0],
    params: sql.sql[1],
    members: sql.aliasNameToMember,
  }))
}

// Checking every cell of a large result costs more than reading it; one row shows what the driver gives.
function checkedRows(rows: Row[]): Row[] {
  if (rows[0] !== undefined) z.record(z.string(), CELL).parse(rows[0])
  return rows
}

function isWait(answer: unknown): boolean {
  const failure = FAILURE.safeParse(answer)
  return failure.success && failure.data.error === 'Continue wait'
}

function finalObject(answer: unknown): unknown {
  refuseFailure(answer)
  const wrapper = z.object({
    getFinalObject: z.custom<() => unknown>((value) => typeof value === 'function'),
  })
  wrapper.parse(answer)
  return (answer as { getFinalObject(): unknown }).getFinalObject()
}

/** Cube's own text may hold SQL or values, so it becomes the cause and is never shown. */
export function refuseFailure(answer: unknown): void {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return
  throw new QueryError('The query could not be answered. The log of the server says why.', {
    sql: '',
    cause: answer.error,
  })
}

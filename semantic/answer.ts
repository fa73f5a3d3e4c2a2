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

const SQL = z.object({
  sql: z.object({
    sql: z.tuple([z.string(), z.array(z.unknown())]),
    aliasNameToMember: z.record(z.string(), z.string()),
  }),
})

/** The SQL behind a request, with the reader's row policies in it. */
export async function compileSql(
  core: Pick<Core, 'sql'>,
  query: unknown,
  context: RequestContext,
): Promise<CompiledSql> {
  const answer = await core.sql(query, context)
  refuseFailure(answer)
  const { sql } = SQL.parse(answer)
  return { sql: sql.sql[0], params: sql.sql[1], members: sql.aliasNameToMember }
}

/** Throws what Cube answered instead of an answer, if it did. */
export function refuseFailure(answer: unknown): void {
  if (typeof answer === 'object' && answer !== null && 'error' in answer) refuse(answer.error)
}

/** Cube's and DuckDB's own text may hold SQL or values, so it becomes the cause and is never shown. */
export function refuse(cause: unknown): never {
  throw new QueryError('The query could not be answered. The log of the server says why.', { sql: '', cause })
}

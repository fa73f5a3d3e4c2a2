import { refuse, type Row } from './answer.ts'
import type { Admitted } from './admit.ts'
import { partsOf, type Part } from './compare.ts'
import { compileAdmitted } from './compile.ts'
import type { Parts } from './parts.ts'
import { writePassport } from './passport.ts'
import type { Publication } from './publication.ts'
import type { Reader } from '#config'
import type { LoadOptions, QueryResult } from './service.ts'
import { leased } from './shelf.ts'
import { byMember } from './stream.ts'

const DEFAULT_LIMIT = 10_000
const HIGHEST_LIMIT = 100_000

type Asked = { readonly reader: Reader; readonly query: unknown; readonly options?: LoadOptions }

/**
 * Answers a query: at most its limit of rows, asking one more to know whether that is all. A comparison of periods is
 * one query per period, whose rows say in `compareDateRange` which they belong to.
 */
export async function answerQuery(
  parts: Parts,
  { reader, query: asked, options = {} }: Asked,
): Promise<QueryResult> {
  const started = performance.now()
  const { signal, locale = 'en' } = options
  return leased(parts.shelf, async ({ publication }) => {
    const admitted = await parts.gate.admit(reader, asked, publication.model)
    const { query, view } = admitted
    const limit = Math.min(query.limit ?? DEFAULT_LIMIT, HIGHEST_LIMIT)
    const ask = (part: Part): Promise<Answer> =>
      answerPart(parts, { publication, reader, admitted, part, limit: limit + 1, signal })
    const answered = await parts.slowest.timed({ reader, query }, () => Promise.all(partsOf(query).map(ask)))
    const isComplete = answered.every(({ rows }) => rows.length <= limit)
    const rows = answered.flatMap((part) => part.rows.slice(0, limit))
    const definitions = [parts.definitions, publication.model].filter((part) => part !== '').join('-')
    const passport = writePassport({
      ...{ reader, query, view, publication, definitions, locale },
      rows: rows.length,
      isComplete,
      routes: answered.map(({ route }) => route),
    })
    return { rows, isComplete, passport, durationMs: performance.now() - started }
  })
}

type Question = {
  readonly publication: Publication
  readonly reader: Reader
  readonly admitted: Admitted
  readonly part: Part
  readonly limit: number
  readonly signal: AbortSignal | undefined
}

type Answer = { readonly rows: readonly Row[]; readonly route: string | null }

async function answerPart(parts: Parts, question: Question): Promise<Answer> {
  const { publication, reader, admitted, part, limit, signal } = question
  const { version, database } = publication
  const whole = { ...part.query, limit }
  const { sql, params, columns, route } = await compileAdmitted(parts, publication, {
    reader,
    query: whole,
    view: admitted.view,
  })
  // One twin answers for several report types with the same SQL, and rows are kept by their members' names.
  const key = JSON.stringify([sql, params, columns.map(({ member }) => member)])
  const rows = await parts.results.take({ version, key, signal }, async (nobodyWaits) => {
    const found = await database.query(sql, params, nobodyWaits).catch(refuse)
    return found.map((row) => byMember(row, columns))
  })
  const { label } = part
  if (label === undefined) return { rows, route }
  return { rows: rows.map((row) => ({ ...row, compareDateRange: label })), route }
}

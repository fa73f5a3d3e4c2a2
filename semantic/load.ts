import { loadRows } from './answer.ts'
import { writePassport } from './passport.ts'
import type { Parts } from './parts.ts'
import { securityContext, type Reader } from './reader.ts'
import type { QueryResult } from './service.ts'
import { leased } from './shelf.ts'
import { withWholeDays } from './whole-days.ts'

const DEFAULT_LIMIT = 10_000
const HIGHEST_LIMIT = 100_000

/** Answers a query: at most its limit of rows, asking one more to know whether that is all. */
export async function answerQuery(parts: Parts, reader: Reader, asked: unknown): Promise<QueryResult> {
  const started = performance.now()
  return leased(parts.shelf, async ({ publication }) => {
    const { query, view } = await parts.gate.admit(reader, asked)
    const limit = Math.min(query.limit ?? DEFAULT_LIMIT, HIGHEST_LIMIT)
    const context = { securityContext: securityContext(reader), version: publication.version }
    const loaded = await loadRows(
      parts.core,
      { ...withWholeDays(query, view), limit: limit + 1, timezone: 'UTC' },
      context,
    )
    const isComplete = loaded.every((rows) => rows.length <= limit)
    const rows = loaded.flatMap((part) => (part.length > limit ? part.slice(0, limit) : part))
    parts.budget.spend(rows)
    const { definitions } = parts
    const passport = writePassport({
      reader,
      query,
      view,
      publication,
      definitions,
      rows: rows.length,
      isComplete,
    })
    return { rows, isComplete, passport, durationMs: performance.now() - started }
  })
}

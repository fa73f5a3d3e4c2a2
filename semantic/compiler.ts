import { LRUCache } from 'lru-cache'
import { compileSql, type CompiledSql } from './answer.ts'
import type { Core } from './core.ts'
import { withoutDays, withDays } from './days.ts'
import type { CubeQuery } from './query.ts'
import type { SecurityContext } from './reader.ts'

/**
 * Cube's SQL of a question, with the row policies of who asks in it. Questions of one context that differ in the days
 * of their periods only share one compilation, from the third on.
 */
export type Compiler = (
  query: CubeQuery & { readonly timezone: 'UTC' },
  securityContext: SecurityContext,
) => Promise<CompiledSql>

type Kept = CompiledSql | 'asked once' | 'compiled each time'

// A few kilobytes each.
const MOST_KEPT = 1_000

export function createCompiler(core: Pick<Core, 'sql'>): Compiler {
  const kept = new LRUCache<string, Kept>({ max: MOST_KEPT })
  return async (query, securityContext) => {
    const compile = (each: CubeQuery): Promise<CompiledSql> => compileSql(core, each, { securityContext })
    const open = withoutDays(query)
    if (open === undefined) return compile(query)
    const key = JSON.stringify([securityContext, open.query])
    const known = kept.get(key)
    if (typeof known === 'object') return withDays(known, open.days)
    const compiled = await compile(query)
    // What is asked once only, as while somebody makes a report, is not compiled twice.
    kept.set(
      key,
      known === undefined ? 'asked once' : keepable(await compile(open.query), compiled, open.days),
    )
    return compiled
  }
}

/** The SQL with stand-ins for days, if it becomes what Cube itself made of the days. */
function keepable(shape: CompiledSql, compiled: CompiledSql, days: ReadonlyMap<string, string>): Kept {
  const isSame = JSON.stringify(withDays(shape, days)) === JSON.stringify(compiled)
  return isSame ? shape : 'compiled each time'
}

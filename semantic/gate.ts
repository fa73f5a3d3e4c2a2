import { admit, allowedOf, type Admitted, type Allowed } from './admit.ts'
import { refuseFailure } from './answer.ts'
import type { Core, RequestContext } from './core.ts'
import { parseMeta, type ViewMeta } from './meta.ts'
import { parseQuery } from './query.ts'
import type { Reader } from '#config'
import { securityContext } from './reader.ts'

/** Stands before every question: who asks is checked, then what is asked. */
export type Gate = {
  views(reader: Reader): Promise<readonly ViewMeta[]>
  admit(reader: Reader, query: unknown): Promise<Admitted>
}

// What a reader may see of the model depends on the groups alone, and the model never changes while running.
export function createGate(core: Core): Gate {
  const known = new Map<string, Promise<Allowed>>()
  const ask = async (context: RequestContext): Promise<Allowed> => {
    const answered = await core.meta(context)
    refuseFailure(answered)
    return allowedOf(parseMeta(answered))
  }
  const allowed = async (reader: Reader): Promise<Allowed> => {
    const context = securityContext(reader)
    const groups = `${context.role} ${context.canSeePersonal}`
    const found = known.get(groups) ?? ask({ securityContext: context })
    known.set(groups, found)
    found.catch(() => known.delete(groups))
    return found
  }
  return {
    views: async (reader) => (await allowed(reader)).views,
    admit: async (reader, query) => admit(parseQuery(query), await allowed(reader)),
  }
}

import { admit, allowedOf, type Admitted, type Allowed } from './admit.ts'
import { refuseFailure } from './answer.ts'
import type { Core, RequestContext } from './core.ts'
import { parseMeta, type ViewMeta } from './meta.ts'
import { parseQuery } from './query.ts'
import type { Reader } from '#config'
import { securityContext } from './reader.ts'

/** Stands before every question: who asks is checked, then what is asked. */
export type Gate = {
  /** `model` is that of the version that is asked. */
  views(reader: Reader, model: string): Promise<readonly ViewMeta[]>
  admit(reader: Reader, query: unknown, model: string): Promise<Admitted>
  /** Drops what a model that is gone showed. */
  forget(model: string): void
}

// What a reader may see of a model depends on the groups alone, and a model never changes.
export function createGate(core: Core): Gate {
  const known = new Map<string, Map<string, Promise<Allowed>>>()
  const ask = async (context: RequestContext): Promise<Allowed> => {
    const answered = await core.meta(context)
    refuseFailure(answered)
    return allowedOf(parseMeta(answered))
  }
  const allowed = async (reader: Reader, model: string): Promise<Allowed> => {
    const context = securityContext(reader, model)
    const groups = `${context.role} ${context.canSeePersonal}`
    const ofModel = known.get(model) ?? new Map<string, Promise<Allowed>>()
    const found = ofModel.get(groups) ?? ask({ securityContext: context })
    known.set(model, ofModel.set(groups, found))
    found.catch(() => ofModel.delete(groups))
    return found
  }
  return {
    views: async (reader, model) => (await allowed(reader, model)).views,
    admit: async (reader, query, model) => admit(parseQuery(query), await allowed(reader, model)),
    forget: (model) => void known.delete(model),
  }
}

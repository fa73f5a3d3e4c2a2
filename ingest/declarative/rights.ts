import { z } from 'zod'
import type { Rights } from '../connector.ts'
import { requestSchema } from './definition-request.ts'
import { isRecord, valueAt } from './path.ts'
import { fill } from './template.ts'

/** How a service says whose rights the credentials carry. */
export const rightsSchema = z.strictObject({
  /** Asked one after the other; what the first one answered is `{{ answers.0 }}`. */
  ask: z.array(requestSchema).min(1),
  /** Who it is: the first of these texts that has all its values. */
  who: z.array(z.string()).min(1),
  /** Has one of these values for somebody who sees everything. */
  full: z.strictObject({ value: z.string(), is: z.array(z.string()) }).optional(),
  /**
   * Where the list of what is allowed lies, and what of it is needed. Its entries are names, or have them at `name`; with
   * `where` those alone count that say so.
   */
  allowed: z
    .strictObject({
      list: z.string(),
      name: z.string().optional(),
      where: z.strictObject({ at: z.string(), is: z.string() }).optional(),
      needs: z.array(z.string()).min(1),
    })
    .optional(),
})
export type RightsDefinition = Readonly<z.output<typeof rightsSchema>>

/** What the answers of a service say of the rights. Null where they do not tell who it is. */
export function rightsOf(
  { who, full, allowed }: RightsDefinition,
  answers: readonly unknown[],
): Rights | null {
  const scope = { answers }
  const read = (text: string) => fill(text, scope, (instant) => instant)
  const names = who.map(read).filter((name) => name !== undefined && name !== null && name !== '')
  const [name] = names
  if (name === undefined) return null
  const list = allowed === undefined ? [] : allowedOf(allowed, scope)
  return {
    who: String(name).trim(),
    isFull: full === undefined || full.is.includes(String(read(full.value))),
    lacks: (allowed?.needs ?? []).filter((need) => !list.includes(need)),
  }
}

function allowedOf(
  { list, name, where }: NonNullable<RightsDefinition['allowed']>,
  scope: unknown,
): readonly string[] {
  const given = valueAt(scope, list)
  if (!Array.isArray(given)) return Object.keys(isRecord(given) ? given : {})
  const counted = where === undefined ? given : given.filter((each) => valueAt(each, where.at) === where.is)
  return counted.map((each) => String(name === undefined ? each : valueAt(each, name)))
}

import { z } from 'zod'
import { FORMATS } from './decode.ts'

const tree = z.record(z.string(), z.unknown())

/** A request; every text may have expressions. At most one kind of body. */
export const requestSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'DELETE']).optional(),
  /** Below the base, or a whole address. */
  path: z.string(),
  /** Nested maps and lists are written with brackets: `filter[id][]`. */
  query: tree.optional(),
  /** One JSON document as the whole query. */
  jsonQuery: tree.optional(),
  json: tree.optional(),
  form: tree.optional(),
  headers: tree.optional(),
  /** How the records of a good answer are written. */
  decode: z.enum(FORMATS).optional(),
})
export type RequestTemplate = Readonly<z.output<typeof requestSchema>>
export type PartialRequest = { readonly [K in keyof RequestTemplate]?: RequestTemplate[K] | undefined }

/**
 * A way to be let in, for sources that have `given` in their configuration; the first that fits is taken. `access`
 * are values for `{{ access.… }}`. With `renew` they come from a request instead (an OAuth grant, a login), which is
 * made again when the service says that they expired: `take` names paths in its answer, `access.cookie` are its
 * cookies and `access.cookies.<name>` each one. What it took before is `{{ stored.… }}`, at first `start`. What `sign`
 * says of a service account is signed by its key, and is `{{ assertion }}` in the request.
 */
export const authSchema = z.strictObject({
  given: z.string(),
  access: tree.default({}),
  renew: z
    .strictObject({
      sign: z
        .strictObject({ claims: tree, key: z.string(), seconds: z.int().min(1).default(3600) })
        .optional(),
      request: requestSchema,
      take: z.record(z.string(), z.string()),
      start: tree.default({}),
      /** Must be there for the answer to count, e.g. `take` names that may not be missing. */
      needs: z.array(z.string()).default([]),
      /** Paths with the values that one of must lie there, where a refusal has status 200. */
      says: z.record(z.string(), z.array(z.string())).default({}),
    })
    .optional(),
})
export type AuthDefinition = Readonly<z.output<typeof authSchema>>
export type SignDefinition = NonNullable<NonNullable<AuthDefinition['renew']>['sign']>

/**
 * What an answer means: all conditions given must hold. `busy`: too many calls. `wait`: its share is used up.
 * `expired`: access. `broken`: may work when tried again. `final`: will not. `empty`: no records. `split`: too much,
 * ask for a shorter time. `restart`: the place in the list is lost, read it again. `pending`: not ready yet, ask the same again.
 */
export const errorRuleSchema = z.strictObject({
  status: z.array(z.int()).optional(),
  body: z.string().optional(),
  is: z.array(z.string()).optional(),
  /** Does not hold when something is there. */
  unless: z.string().optional(),
  then: z.enum(['busy', 'wait', 'expired', 'broken', 'final', 'empty', 'split', 'restart', 'pending']),
  /** Seconds to wait when the answer does not say. */
  wait: z.number().optional(),
  /** The header that says how many seconds to wait. */
  waitHeader: z.string().optional(),
  /** Where the body says how many seconds to wait. */
  waitBody: z.string().optional(),
})
export type ErrorRule = Readonly<z.output<typeof errorRuleSchema>>

const usedSchema = z.strictObject({
  header: z.string(),
  /** Paths of shares in percent, and of the minutes that the service asks to wait. */
  percent: z.array(z.string()).min(1),
  minutes: z.string().optional(),
  /** From so many percent on, so many seconds are waited. */
  above: z.number().default(90),
  pause: z.number().default(60),
})
export type UsedDefinition = Readonly<z.output<typeof usedSchema>>

export const rateSchema = z.strictObject({
  /** Requests under way at once. */
  concurrency: z.int().min(1),
  /** Never more than so many requests in so many seconds; each bound holds, for paths with `path` in them. */
  limits: z
    .array(
      z.strictObject({
        calls: z.int().min(1),
        seconds: z.number().positive(),
        path: z.string().optional(),
      }),
    )
    .default([])
    .optional(),
  /** After the service said that there were too many: for so many calls, so many milliseconds between two. */
  calm: z.strictObject({ everyMs: z.int(), calls: z.int() }).optional(),
  /** Headers that say as JSON what share of its limits is used. */
  used: z.array(usedSchema).default([]).optional(),
  /** Where answers say how many calls are left, and seconds until there are more. */
  left: z
    .strictObject({
      header: z.string().optional(),
      body: z.string().optional(),
      resetHeader: z.string().optional(),
      resetBody: z.string().optional(),
    })
    .optional(),
})
export type RateDefinition = Readonly<z.output<typeof rateSchema>>

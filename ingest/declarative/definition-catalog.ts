import { z } from 'zod'
import { CUSTOM_TYPES } from '#config'
import { requestSchema } from './definition-request.ts'

const path = z.string()

/**
 * Where a service says which fields its records have. Those of the tenant's own are kept as the stream `fields`, with the
 * words for them and for the values of lists, and asked for by streams that name their kind of records in `catalog`.
 */
export const catalogSchema = z.strictObject({
  /** Asked once a sync for each kind, `{{ catalog }}`. */
  request: requestSchema,
  /** A list of fields, or a map whose entries know their name as `key`. */
  select: path,
  name: path,
  label: z.union([path, z.array(path)]),
  type: path,
  /** Which fields are the tenant's own: the text at a path is one of these, or begins so; all without this. */
  own: z
    .strictObject({ at: path, is: z.array(z.string()).optional(), starts: z.string().optional() })
    .optional(),
  /** Fields of the service's own that not every tenant has; where there are, records have them like any other. */
  also: z.array(z.string()).default([]),
  /** What a type of the service is here; of any other the values tell. */
  types: z.record(z.string(), z.enum(CUSTOM_TYPES)),
  /** Types that cannot be asked for, or whose values say nothing. */
  without: z.array(z.string()).default([]),
  /** Names of the values of a list: where they are, and what of each the records have. */
  values: z.strictObject({ list: path, id: path, name: path }).optional(),
  /** Fields whose values stand in one text, and what is between them. */
  several: z.strictObject({ at: path, is: z.array(z.string()), by: z.string() }).optional(),
  /** Not every tenant has the catalogue: a refusal means no fields. */
  mayLack: z.boolean().default(false),
  /**
   * How the values are asked for, where the stream's own request does not name `{{ own.fields }}`: records by `id`,
   * `records` (`{{ batch }}`) and `fields` (`{{ names }}`) to a call; what lies at `at` of a record becomes its `custom`.
   */
  ask: z
    .strictObject({
      request: requestSchema,
      select: path,
      id: path,
      at: path.default(''),
      records: z.int().min(1),
      fields: z.int().min(1),
    })
    .optional(),
})
export type CatalogDefinition = Readonly<z.output<typeof catalogSchema>>

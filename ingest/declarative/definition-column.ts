import { z } from 'zod'

/** How a column's values travel: decimals and JSON as text, times as instants in UTC, dates as days. */
export const FIELD_TYPES = [
  'text',
  'bigint',
  'integer',
  'boolean',
  'decimal',
  'timestamp',
  'unix',
  'unix_ms',
  'dotnet',
  'date',
  'json',
] as const
export type FieldType = (typeof FIELD_TYPES)[number]

const type = z.enum(FIELD_TYPES)
const path = z.union([z.string(), z.array(z.string()).min(1)])

const shared = {
  type: type.default('text'),
  /** Values by which the service says that there is none, e.g. `0`; the empty text always does. */
  none: z.array(z.string()).default([]),
  /** The value is in parts of so many to one, e.g. 100 for cents. */
  divide: z.int().min(2).optional(),
  /** Written before a value of digits alone: `+` for international numbers that come without it. */
  lead: z.string().optional(),
}

const longSchema = z.union([
  /** One field of the record. */
  z.strictObject({ from: path, ...shared }),
  /** The first of several fields that has a value, for names that differ by tenant or by version. */
  z.strictObject({ any: z.array(path).min(2), ...shared }),
  /** Several fields as one text, e.g. a key of two parts. */
  z.strictObject({ join: z.array(path).min(2), by: z.string(), ...shared }),
  /** Several fields as a list, without those that have no value. */
  z.strictObject({ all: z.array(path).min(1), type: z.literal('json').default('json') }),
  /** One property of those entries of a list that have certain others, e.g. the phones of a multi-field. */
  z.strictObject({
    list: path,
    where: z.record(z.string(), z.string()).default({}),
    take: path,
    /** The first alone, or all as a JSON list. */
    first: z.boolean().default(false),
    ...shared,
  }),
  /** The same in every record, e.g. the key of a list that has one alone. */
  z.strictObject({ always: z.string(), type: z.literal('text').default('text') }),
  /** Every field whose name starts so, as one JSON map. */
  z.strictObject({ prefix: z.string(), type: z.literal('json').default('json') }),
])

/** `path` or `path type` for the plain case. */
const shortSchema = z.string().transform((text, context): z.output<typeof longSchema> => {
  const [from = '', given = 'text', ...rest] = text.split(' ')
  const parsed = type.safeParse(given)
  if (parsed.success && rest.length === 0) return { from, type: parsed.data, none: [] }
  context.addIssue({ code: 'custom', message: `"${text}" is not a path with a type` })
  return z.NEVER
})

/** Columns by their names: where each comes from, and its type. */
export const columnsSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9_]*$/),
  z.union([shortSchema, longSchema]),
)

export type ColumnDefinition = z.output<typeof longSchema>

import { z } from 'zod'
import { parseExact } from '../../declarative/exact-json.ts'

const propertySchema: z.ZodType<Property> = z.lazy(() =>
  z.looseObject({
    format: z.string().optional().catch(undefined),
    properties: z.record(z.string(), propertySchema).optional().catch(undefined),
  }),
)

/** What a tap's JSON Schema says of a property, as far as reading it takes. */
export type Property = {
  readonly format?: string | undefined
  readonly properties?: Readonly<Record<string, Property>> | undefined
}

const messageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('SCHEMA'),
    stream: z.string(),
    schema: propertySchema,
    key_properties: z.array(z.string()).default([]),
  }),
  z.object({
    type: z.literal('RECORD'),
    stream: z.string(),
    record: z.record(z.string(), z.unknown()),
    version: z.number().nullish(),
  }),
  z.object({ type: z.literal('STATE'), value: z.unknown() }),
  z.object({ type: z.literal('ACTIVATE_VERSION'), stream: z.string(), version: z.number() }),
])

export type Message = Readonly<z.output<typeof messageSchema>>

const OTHER_TYPES = ['BATCH', 'LOG', 'METRIC']

/**
 * Reads one line of a tap's output; numbers longer than JavaScript keeps come as text. Null for a message that brings
 * no data. Throws when the line is no message.
 */
export function parseMessage(line: string): Message | null {
  const value = parseExact(line)
  const parsed = messageSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const type = typeOf(value)
  if (type === 'BATCH')
    throw new TypeError('the tap sends BATCH messages; switch batch_config off in its config')
  if (OTHER_TYPES.includes(type)) return null
  throw new TypeError(`not a Singer message: ${parsed.error.issues[0]?.message ?? 'unknown'}`)
}

function typeOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'type' in value ? String(value.type) : ''
}

const STREAM = /"stream"\s*:\s*"((?:[^"\\]|\\.)*)"/

/** The stream that a line which is no message seems to be of. */
export function streamNamedIn(line: string): string | undefined {
  return STREAM.exec(line)?.[1]
}

/** A record's cells as text, by property; those of objects inside also as `outer.inner`. */
export function cellOf(record: Readonly<Record<string, unknown>>, name: string): string | null {
  const own = record[name]
  return textOf(own === undefined && name.includes('.') ? inner(record, name.split('.')) : own)
}

function inner(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (object, name) => (typeof object === 'object' && object !== null ? Reflect.get(object, name) : undefined),
    value,
  )
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Names of the properties, those of objects inside as `outer.inner`, and which of them hold times. */
export function propertiesOf(
  schema: Property,
  prefix = '',
): ReadonlyMap<string, { readonly isTime: boolean }> {
  const found = new Map<string, { readonly isTime: boolean }>()
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    found.set(`${prefix}${name}`, { isTime: property.format === 'date-time' })
    for (const [below, facts] of propertiesOf(property, `${prefix}${name}.`)) found.set(below, facts)
  }
  return found
}

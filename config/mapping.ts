import { z } from 'zod'
import { ENTITIES, ENTITY_NAMES, type Entity, type EntityName } from './entity.ts'
import { suggestion } from './nearest.ts'
import { strict, text } from './value.ts'

const scalar = z.union([z.string(), z.number(), z.boolean()])

const reading = {
  type: z.enum(['text', 'number', 'date', 'timestamp', 'boolean', 'duration']).optional(),
  format: text.optional().describe('How dates are written, e.g. %d/%m/%Y'),
  values: z.record(z.string(), scalar).optional().describe('Values to replace, e.g. {Y: true, N: false}'),
}

const joined = { columns: z.array(text).min(1), join: z.string().default(' ') }

const columnMapping = z.union([
  text.transform((column) => ({ column })),
  strict({ column: text, ...reading }),
  strict(joined),
  strict({ constant: scalar }),
])

/**
 * Where a canonical column comes from: one column of the file, several joined by a text, or a constant.
 * A bare column name in embut.yaml arrives here as `{ column }`.
 */
export type ColumnMapping = Readonly<z.output<typeof columnMapping>>

/** `columns:` of an entity: a mapping for each of its columns, those it can't do without among them. */
export function columnsSchema(entity: EntityName): z.ZodType<Readonly<Record<string, ColumnMapping>>> {
  return shapeSchema(ENTITIES[entity])
}

/** The same for what is no entity by itself. */
export function shapeSchema({
  columns,
}: Pick<Entity, 'columns'>): z.ZodType<Readonly<Record<string, ColumnMapping>>> {
  const shape = columns.map((column) => [
    column.name,
    column.required ? columnMapping : columnMapping.optional(),
  ])
  return strict(Object.fromEntries(shape)) as unknown as z.ZodType<Readonly<Record<string, ColumnMapping>>>
}

/**
 * The choice between the mappings of the entities, one made by `mappingOf` for each, told apart by `entity`; `others`
 * are choices that are no entity.
 */
export function entityChoice<
  T extends z.core.$ZodTypeDiscriminable,
  O extends z.core.$ZodTypeDiscriminable = never,
>(mappingOf: (entity: EntityName) => T, others: Readonly<Record<string, O>> = {}) {
  const mappings = [...ENTITY_NAMES.map(mappingOf), ...Object.values(others)]
  const names = [...ENTITY_NAMES, ...Object.keys(others)]
  return z.discriminatedUnion('entity', mappings as [T | O, ...(T | O)[]], {
    error: (issue) => unknownChoice(issue.input, 'entity', names),
  })
}

/** What to say of a key that chooses between mappings and is missing or unknown. */
export function unknownChoice(input: unknown, key: string, known: readonly string[]): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  const given = Object.entries(input).find(([name]) => name === key)?.[1]
  if (given === undefined) return `is missing; known are ${known.join(', ')}`
  return known.includes(String(given)) ? undefined : `is not known; ${suggestion(String(given), known)}`
}

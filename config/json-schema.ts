import { z } from 'zod'
import { embutSchema } from './schema.ts'

/** JSON Schema of embut.yaml as a person writes it, for editors. */
export function jsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(embutSchema, {
    io: 'input',
    reused: 'ref',
    unrepresentable: 'any',
  })
  return { $schema, title: 'embut.yaml', ...rest }
}

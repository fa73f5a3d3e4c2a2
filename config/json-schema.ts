import { z } from 'zod'
import { embutSchema } from './schema.ts'

/** JSON Schema of embut.yaml as a person writes it, for editors. */
export function jsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(embutSchema, {
    io: 'input',
    reused: 'ref',
    override: ({ jsonSchema: schema }) => {
      delete schema.format
      if (schema.pattern !== undefined) schema.pattern = orReference(schema.pattern)
    },
  })
  return { $schema, title: 'embut.yaml', ...rest }
}

// An editor checks the file before `${NAME}` is filled in.
function orReference(pattern: string): string {
  return `(?:${pattern})|\\$\\{`
}

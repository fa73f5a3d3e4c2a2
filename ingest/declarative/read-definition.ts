import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { definitionSchema, type Definition } from './definition.ts'
import { withFieldsStream } from './fields-stream.ts'

/** The definition in a YAML file. Throws with every place that is wrong. */
export function readDefinition(file: URL): Definition {
  return parseDefinition(readFileSync(file, 'utf8'), file.pathname)
}

export function parseDefinition(yaml: string, name: string): Definition {
  const parsed = definitionSchema.safeParse(parse(yaml, { merge: true }))
  if (parsed.success) return withFieldsStream(parsed.data)
  const issues = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
  throw new TypeError([`${name} is no connector definition:`, ...issues].join('\n'))
}

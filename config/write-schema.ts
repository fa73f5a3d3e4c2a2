import { writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { jsonSchema } from './json-schema.ts'

// Run from the root of the project: node config/write-schema.ts
const file = 'config/embut.schema.json'
writeFileSync(
  file,
  await format(JSON.stringify(jsonSchema()), { ...(await resolveConfig(file)), filepath: file }),
)

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ENTITIES, ENTITY_NAMES, jsonSchema } from '#config'

it('is the file that editors read; if not, run: node config/write-schema.ts', () => {
  expect(JSON.parse(readFileSync('config/embut.schema.json', 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(jsonSchema())),
  )
})

it('knows every canonical column of every entity', () => {
  const text = JSON.stringify(jsonSchema())
  for (const name of ENTITY_NAMES) {
    for (const column of ENTITIES[name].columns) expect(text).toContain(`"${column.name}"`)
  }
})

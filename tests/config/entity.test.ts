import { expect, it } from 'vitest'
import { duckdbType, ENTITIES, ENTITY_NAMES } from '#config'

it('gives every entity one key column, which is required and comes first', () => {
  for (const name of ENTITY_NAMES) {
    const { key, columns } = ENTITIES[name]
    expect(key).toEqual([columns[0]?.name])
    expect(columns[0]).toMatchObject({ isKey: true, required: true })
    expect(new Set(columns.map((column) => column.name)).size).toBe(columns.length)
  }
})

it('keeps money exact and times naive', () => {
  expect(duckdbType('decimal')).toBe('DECIMAL(18,4)')
  expect(duckdbType('timestamp')).toBe('TIMESTAMP')
  expect(ENTITIES.deals.columns.find((column) => column.name === 'amount')?.type).toBe('decimal')
})

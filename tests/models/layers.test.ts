import { describe, expect, test } from 'vitest'
import { layerProblems } from './layers.ts'
import type { ModelNode } from './layers.ts'

const model = (path: string, reads: readonly string[], fields: Partial<ModelNode> = {}) => {
  const name = path.split('/').at(-1) ?? ''
  return {
    [`model.embut.${name}`]: {
      ...{ name, path: `${path}.sql`, description: 'One row per thing.' },
      ...{
        config: { contract: { enforced: true }, unique_key: ['thing_id'] },
        depends_on: { nodes: [...reads] },
      },
      ...fields,
    },
  }
}

describe('the wall between layers', () => {
  test('lets each layer read what lies before it', () => {
    expect(
      layerProblems({
        ...model('staging/a/stg_a__x', ['source.embut.a.x']),
        ...model('intermediate/a/int_x__done', ['model.embut.stg_a__x', 'seed.embut.words']),
        ...model('marts/a/fct_x', ['model.embut.int_x__done', 'model.embut.dim_y']),
      }),
    ).toEqual([])
  })

  test('refuses a mart that reads a source, a name of another layer, and a model without grain or contract', () => {
    const grainless = { description: 'Things.', config: { unique_key: ['thing_id'] } }
    expect(
      layerProblems({
        ...model('marts/a/fct_x', ['source.embut.a.x']),
        ...model('staging/a/int_y__done', []),
        ...model('marts/a/dim_z', [], grainless),
      }),
    ).toEqual([
      'fct_x may not read source.embut.a.x',
      'int_y__done has a name of another layer',
      'dim_z does not say its grain first',
      'dim_z has no contract',
    ])
  })

  test('asks no key of a model that is part of another', () => {
    const ephemeral = { config: { materialized: 'ephemeral' } }
    expect(layerProblems(model('intermediate/a/int_y__done', [], ephemeral))).toEqual([])
  })

  test('refuses a model without a key', () => {
    expect(layerProblems(model('staging/a/stg_a__x', [], { config: {} }))).toEqual([
      'stg_a__x has no unique_key',
    ])
  })
})

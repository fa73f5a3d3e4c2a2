import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { withWarehouse } from '#warehouse'
import { administrator, openFixture, reader, type Fixture } from './harness.ts'
import { visibleRows } from './access-rule.ts'

const SEED = Number(process.env['EMBUT_SEED'] ?? 20_261_123)
const ROOT = resolve(import.meta.dirname, '../..')
const VIEW = 'call_ladder_report'
const NAMES = ['adjusted_rate', 'effective_cases', 'adjusted_rate_low', 'adjusted_rate_high', 'covered_share']

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture({ seed: SEED })
})
afterAll(() => fixture.semantic.close())

const references = z.record(z.string(), z.array(z.number()).length(NAMES.length))

/** The same numbers by a second implementation, over the rows of the published file. */
async function referencesOf(slice: string, where: string): Promise<z.infer<typeof references>> {
  const rows = await withWarehouse(fixture.file, { readOnly: true }, (connection) =>
    connection.query(`select ${slice} as slice, stratum, cases::double as cases, passed::double as passed, standard_share
      from fct_call_ladder where ${where}`),
  )
  const script = resolve(import.meta.dirname, 'standardised_reference.py')
  const { stdout, stderr } = spawnSync(resolve(ROOT, '.venv/bin/python'), ['-B', script], {
    input: JSON.stringify(rows.map((row) => Object.values(row))),
    encoding: 'utf8',
  })
  if (stdout === '') throw new Error(stderr)
  return references.parse(JSON.parse(stdout))
}

describe(`rates of calls adjusted for their mix (seed ${SEED})`, () => {
  it.each([
    { dimensions: ['manager_id', 'step'], slice: `owner_id || '|' || step` },
    { dimensions: ['step'], slice: 'step' },
    { dimensions: ['department_id'], slice: 'department_id', step: 'won' },
    { dimensions: [], slice: `''`, step: 'connected' },
  ])('are those of a second implementation by $dimensions', async ({ dimensions, slice, step }) => {
    const { rows } = await fixture.semantic.load(administrator, {
      measures: NAMES.map((name) => `${VIEW}.${name}`),
      dimensions: dimensions.map((name) => `${VIEW}.${name}`),
      ...(step === undefined
        ? {}
        : { filters: [{ member: `${VIEW}.step`, operator: 'equals', values: [step] }] }),
      limit: 1000,
    })
    const truth = await referencesOf(slice, step === undefined ? 'true' : `step = '${step}'`)
    expect(rows).toHaveLength(Object.keys(truth).length)
    for (const row of rows) {
      const key = dimensions.map((name) => String(row[`${VIEW}.${name}`])).join('|')
      const found = NAMES.map((name) => Number(row[`${VIEW}.${name}`]))
      expect(truth[key], key).toBeDefined()
      truth[key]?.forEach((value, index) =>
        expect(found[index], `${key} ${String(NAMES[index])}`).toBeCloseTo(value, 4),
      )
    }
  })

  it('are of the rows that a head may see, weighed by the whole company', async () => {
    const head = reader('head')
    const { rows } = await fixture.semantic.load(head, {
      measures: NAMES.map((name) => `${VIEW}.${name}`),
      dimensions: [`${VIEW}.step`],
    })
    const truth = await referencesOf('step', visibleRows(head, 'fct_call_ladder'))
    expect(rows).toHaveLength(4)
    for (const row of rows) {
      const [rate] = truth[String(row[`${VIEW}.step`])] ?? []
      expect(Number(row[`${VIEW}.adjusted_rate`])).toBeCloseTo(rate ?? NaN, 6)
    }
  })

  it('are blank where several steps are added up, and the crude rate is not', async () => {
    const { rows } = await fixture.semantic.load(administrator, {
      measures: [...NAMES, 'step_rate'].map((name) => `${VIEW}.${name}`),
    })
    const cells = NAMES.map((name) => rows[0]?.[`${VIEW}.${name}`])
    expect(cells).toEqual(NAMES.map(() => null))
    expect(Number(rows[0]?.[`${VIEW}.step_rate`])).toBeGreaterThan(0)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SemanticService } from '#semantic'
import { withWarehouse } from '#warehouse'
import { administrator, openSemantic, reader } from './harness.ts'
import { publishedFolder, publishFixture } from './marts-fixture.ts'

/** Area of the normal curve below z, by Simpson's rule over its density. */
function normalArea(z: number): number {
  const steps = 400
  const width = (z + 8) / steps
  const density = (at: number) => Math.exp((-at * at) / 2) / Math.sqrt(2 * Math.PI)
  const parts = Array.from({ length: steps + 1 }, (_, index) => {
    const weight = index === 0 || index === steps ? 1 : index % 2 === 1 ? 4 : 2
    return weight * density(-8 + index * width)
  })
  return (parts.reduce((sum, part) => sum + part, 0) * width) / 3
}

/** Forecast, bounds of 80 %, target and result so far of one person. */
const CASES = {
  sure: [100, 90, 130, 80, 10],
  even: [100, 90, 130, 100, 10],
  hopeful: [100, 90, 130, 120, 10],
  lost: [100, 90, 130, 900, 10],
  reached: [100, 90, 130, 120, 121],
  flat: [100, 100, 100, 101, 0],
  planless: [100, 90, 130, null, 0],
} as const

const MONTH = "timestamp '2026-03-01'"

async function publish(folder: string): Promise<void> {
  const file = await publishFixture(folder, '20260301060000-0001', { deals: 20 })
  await withWarehouse(file, {}, async (connection) => {
    await connection.run('delete from fct_forecast')
    await connection.run('delete from fct_target_attainment')
    for (const [name, [said, low, high, target, actual]] of Object.entries(CASES)) {
      const owner = `${name}`
      const row = `'${name}' as series_id, 'won_amount' as metric, '${owner}' as owner_id, 'sales' as department_id`
      await connection.run(
        `insert into fct_forecast by name
         select '${name}' || method as forecast_id, ${row}, 'person' as scope, method, 'x' as model, method = 'blended' as is_chosen,
           forecast, ${low} as lower_80, ${high} as upper_80, 0 as lower_95, 200 as upper_95, 3 as origins_count,
           ${MONTH} as month_start, date '2026-03-01' as as_of
         from (values ('blended', ${said}), ('top-down', 10)) as said(method, forecast)`,
      )
      await connection.run(
        `insert into fct_target_attainment by name
         select '${name}' as attainment_id, 'won_amount' as metric, '${owner}' as owner_id, 'sales' as department_id,
           ${MONTH} as month_start, ${String(target)} as target_value, ${actual} as actual_value`,
      )
    }
    await connection.run('checkpoint')
  })
}

let semantic: SemanticService
beforeAll(async () => {
  const folder = await publishedFolder()
  await publish(folder)
  semantic = await openSemantic(folder)
})
afterAll(() => semantic.close())

const measures = ['forecast', 'target_value', 'plan_chance'].map((name) => `forecast_report.${name}`)

describe('the chance of the plan', () => {
  it('is what lies above the target under a curve as wide as the bound on its side', async () => {
    const { rows } = await semantic.load(administrator, {
      ...{ measures, dimensions: ['forecast_report.manager_id'] },
      timeDimensions: [{ dimension: 'forecast_report.month', granularity: 'month' }],
    })
    const found = new Map(
      rows.map((row) => [row['forecast_report.manager_id'], row['forecast_report.plan_chance']]),
    )
    const chance = (name: keyof typeof CASES) => Number(found.get(name))
    expect(chance('sure')).toBeCloseTo(normalArea((1.2816 * 20) / 10), 3)
    expect(chance('even')).toBeCloseTo(0.5, 6)
    expect(chance('hopeful')).toBeCloseTo(1 - normalArea((1.2816 * 20) / 30), 3)
    expect(chance('lost')).toBeLessThan(1e-6)
    expect(chance('reached')).toBe(1)
    expect(chance('flat')).toBe(0)
    expect(found.get('planless')).toBeNull()
  })

  it('is blank where series meet, while their targets add up once', async () => {
    const { rows } = await semantic.load(administrator, { measures })
    const targets = Object.values(CASES).reduce((sum, [, , , target]) => sum + (target ?? 0), 0)
    expect(rows[0]?.['forecast_report.plan_chance']).toBeNull()
    expect(Number(rows[0]?.['forecast_report.target_value'])).toBe(targets)
  })

  it('is shown to a manager of themselves alone', async () => {
    const { rows } = await semantic.load(reader('manager', { personId: 'sure' }), {
      ...{ measures, dimensions: ['forecast_report.manager_id'] },
    })
    expect(rows.map((row) => row['forecast_report.manager_id'])).toEqual(['sure'])
  })
})

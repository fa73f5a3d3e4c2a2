import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localeOf } from '#lib/messages/context.ts'
import { chanceText } from '#lib/plan/chance-text.ts'
import { whyNoPace } from '#lib/plan/pace.ts'
import { planState } from '#lib/plan/state.ts'
import { askAs } from '#lib/server/home/ask.ts'
import { loadOwnPlan } from '#lib/server/plan/own.ts'
import { loadPlan } from '#lib/server/plan/page.ts'
import { loadPaces } from '#lib/server/plan/pace.ts'
import { savePlan } from '#lib/server/plan/save.ts'
import type { SemanticService } from '#semantic'
import { withWarehouse } from '#warehouse'
import { openServices, type FakeServices } from '../portal/fake-services.ts'
import { administrator, openSemantic, reader } from '../semantic/harness.ts'
import { publishedFolder, publishFixture } from '../semantic/marts-fixture.ts'

const MONTH = '2026-03'
/** 22 working days, 11 of them over: half of a target is expected, and 11 days are left. */
const PEOPLE = [
  { key: 'crm:p1', department: 'crm:d1', target: 2200, actual: 1320 },
  { key: 'crm:p2', department: 'crm:d1', target: 1100, actual: 110 },
  { key: 'crm:p3', department: 'crm:d2', target: 1000, actual: 1500 },
  { key: 'crm:p4', department: 'crm:d2', target: null, actual: 90 },
] as const
/** Both bounds of 80 % are 200 away; the target is the sum of the people's. */
const FORECASTS = [
  { scope: 'person', owner: 'crm:p1', department: 'crm:d1', forecast: 2200 },
  { scope: 'department', owner: 'unknown', department: 'crm:d1', forecast: 3100 },
  { scope: 'company', owner: 'unknown', department: 'unknown', forecast: 4500 },
] as const

const planRow = ({ key, department, target, actual }: (typeof PEOPLE)[number]): string => `
  insert into fct_target_attainment by name
  select '${key}' as attainment_id, 'won_amount' as metric, '${key}' as owner_id, '${department}' as department_id,
    timestamp '${MONTH}-01' as month_start, ${target} as target_value, ${actual} as actual_value,
    ${target === null ? 'null' : target / 2} as expected_value, ${actual * 2} as projected_value,
    ${target === null ? 'null' : Math.max(target - actual, 0) / 11} as required_per_day`
const forecastRow = ({ scope, owner, department, forecast }: (typeof FORECASTS)[number]): string => `
  insert into fct_forecast by name
  select '${scope}' as forecast_id, '${scope}' as series_id, 'won_amount' as metric, '${owner}' as owner_id,
    '${department}' as department_id, '${scope}' as scope, 'blended' as method, 'x' as model, true as is_chosen,
    ${forecast} as forecast, ${forecast - 200} as lower_80, ${forecast + 200} as upper_80,
    timestamp '${MONTH}-01' as month_start, date '${MONTH}-16' as as_of`

async function publish(folder: string): Promise<void> {
  const file = await publishFixture(folder, '20260316060000-0001', { deals: 20 })
  await withWarehouse(file, {}, async (connection) => {
    await connection.run('delete from fct_forecast; delete from fct_target_attainment')
    for (const row of [...PEOPLE.map(planRow), ...FORECASTS.map(forecastRow)]) await connection.run(row)
    await connection.run('checkpoint')
  })
}

describe('the paces of a month that runs', () => {
  let semantic: SemanticService
  beforeAll(async () => {
    const folder = await publishedFolder()
    await publish(folder)
    semantic = await openSemantic(folder)
  })
  afterAll(() => semantic.close())
  const pacesFor = (who: Parameters<typeof askAs>[1]) =>
    loadPaces(askAs(semantic, who), { month: MONTH, metric: 'won_amount' })

  it('are the rates of each person on working days', async () => {
    const { people } = await pacesFor(administrator)
    expect(people.get('crm:p1')).toMatchObject({ target: '2200', actual: '1320', runRate: '2640' })
    expect(Number(people.get('crm:p1')?.index)).toBeCloseTo(1.2, 9)
    expect(people.get('crm:p1')?.requiredPerDay).toBe('80')
    expect(people.get('crm:p2')).toMatchObject({ runRate: '220', requiredPerDay: '90', chance: null })
    expect(people.get('crm:p3')).toMatchObject({ requiredPerDay: '0' })
    expect(people.get('crm:p4')).toMatchObject({ target: null, index: null, requiredPerDay: null })
  })

  it('are told of a department and of all together by their own sums and their own forecast', async () => {
    const { departments, all, people } = await pacesFor(administrator)
    const first = departments.get('crm:d1')
    expect(first).toMatchObject({ target: '3300', actual: '1430', runRate: '2860', requiredPerDay: '170' })
    expect(Number(first?.index)).toBeCloseTo(1430 / 1650, 9)
    expect(all).toMatchObject({ target: '4300', actual: '3020', requiredPerDay: '170' })
    expect(Number(all?.index)).toBeCloseTo(3020 / 2150, 9)
    // Φ(0), Φ(−1.2816) and Φ(1.2816): the bounds of 80 % leave a tenth on either side.
    expect(Number(people.get('crm:p1')?.chance)).toBeCloseTo(0.5, 3)
    expect(Number(first?.chance)).toBeCloseTo(0.1, 3)
    expect(Number(all?.chance)).toBeCloseTo(0.9, 3)
  })

  it('hold what a reader may see alone', async () => {
    const head = await pacesFor(reader('head', { departmentIds: ['crm:d1'] }))
    expect([...head.people.keys()].sort()).toEqual(['crm:p1', 'crm:p2'])
    expect(head.all).toMatchObject({ target: '3300', chance: null })
    const manager = await pacesFor(reader('manager', { personId: 'crm:p2' }))
    expect([...manager.people.keys()]).toEqual(['crm:p2'])
    expect(manager.all).toMatchObject({ target: '1100', actual: '110' })
  })
})

describe('a month without a pace', () => {
  let services: FakeServices
  beforeAll(async () => {
    services = await openServices()
  })
  afterAll(() => services.close())
  const head = reader('head', { departmentIds: ['crm:d1', 'crm:d2'] })
  const manager = reader('manager', { personId: 'crm:p1' })
  const choice = (month: string) => planState.read(new URLSearchParams(`month=${month}`))

  it('is one that is closed, over or ahead', () => {
    const at = (month: string, isClosed = false) => whyNoPace({ month, present: '2026-02', isClosed })
    expect([at('2026-01'), at('2026-02'), at('2026-03')]).toEqual(['over', null, 'ahead'])
    expect(at('2026-01', true)).toBe('closed')
  })

  async function setTarget(month: string): Promise<void> {
    const posted = new FormData()
    const cells = [{ person: 'crm:p1', value: '50000', version: 0 }]
    posted.set('plan', JSON.stringify({ month, reason: '', cells }))
    const control = { ...services.control, requestSync: async () => undefined }
    await savePlan(
      { ...services, control },
      { reader: head, author: 'Oriol' },
      { choice: choice(month), posted },
    )
  }

  it.each([
    ['2026-01', false],
    ['2026-02', true],
    ['2026-03', false],
  ] as const)('has none for the head and none for the manager: %s', async (month, runs) => {
    await setTarget(month)
    expect((await loadPlan(services, head, choice(month))).paces !== null).toBe(runs)
    const { targets } = await loadOwnPlan(services, manager, choice(month))
    expect(targets.map(({ metric, pace }) => [metric, pace !== null])).toEqual([['won_amount', runs]])
  })
})

describe('a chance in words', () => {
  const { f, t } = localeOf({ code: 'en', companyLocale: 'en-GB', timeZone: 'UTC', currency: 'EUR' })
  it('is called certain or impossible never by rounding', () => {
    const text = (chance: string | null) => chanceText(f, t.plan.pace, chance)
    expect(['0', '0.004', '0.42', '0.9951', '1'].map(text)).toEqual([
      'under 1%',
      'under 1%',
      '42%',
      'over 99%',
      '100%',
    ])
    expect(text(null)).toBe('–')
  })
})

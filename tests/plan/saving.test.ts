import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { planState } from '#lib/plan/state.ts'
import { loadOwnPlan } from '#lib/server/plan/own.ts'
import { loadPlan } from '#lib/server/plan/page.ts'
import { savePlan } from '#lib/server/plan/save.ts'
import { openWorkspace } from '#workspace'
import { sumOfAmounts } from '../../semantic/plan/index.ts'
import { openServices, SIGN_INS, type FakeServices } from '../portal/fake-services.ts'

const MONTH = '2026-04'
const choice = (search = '') => planState.read(new URLSearchParams(`month=${MONTH}&${search}`))
function who(role: string) {
  const found = SIGN_INS.find((one) => one.role === role)
  if (found === undefined) throw new Error(`Nobody is ${role}.`)
  const { name, ...linked } = found
  return { reader: { ...linked, userId: role, canSeePersonal: false }, author: name }
}
const head = who('head')
const manager = who('manager')
const administrator = who('administrator')
/** The head of one department of the two. */
const headOfFirst = { ...head, reader: { ...head.reader, departmentIds: ['crm:d1'] } }

type Cell = readonly [person: string, value: string | null, version?: number]
function posted(cells: readonly Cell[], reason = ''): FormData {
  const form = new FormData()
  const written = cells.map(([person, value, version = 0]) => ({ person, value, version }))
  form.set('plan', JSON.stringify({ month: MONTH, reason, cells: written }))
  return form
}

let company: FakeServices
let services: FakeServices
let synced: unknown[]
const save = (cells: readonly Cell[], by = head, reason = '') => {
  const control = { ...services.control, requestSync: async (asked: unknown) => void synced.push(asked) }
  return savePlan({ ...services, control }, by, { choice: choice(), posted: posted(cells, reason) })
}
beforeAll(async () => {
  company = await openServices()
})
afterAll(() => company.close())
beforeEach(async () => {
  services = { ...company, workspace: await openWorkspace({ file: ':memory:' }) }
  synced = []
})
afterEach(() => services.workspace.close())

describe('a plan', () => {
  it('has everybody whom a head leads, each with the past and a proposal, and sums exactly to the total', async () => {
    const plan = await loadPlan(services, headOfFirst.reader, choice('total=123457'))
    expect(plan.rows.map(({ key }) => key)).toEqual(['crm:p3', 'crm:p2', 'crm:p4', 'crm:p1'])
    const proposals = plan.rows.flatMap(({ proposal }) => proposal?.value ?? [])
    expect(proposals).toHaveLength(4)
    expect(sumOfAmounts(proposals)).toBe('123457')
    const all = await loadPlan(services, administrator.reader, choice())
    expect(all.rows).toHaveLength(7)
  })

  it('leaves out whom somebody left out, and gives less to who is away', async () => {
    const plain = await loadPlan(services, headOfFirst.reader, choice('total=100000'))
    const asked = 'total=100000&without=crm:p3&away=crm:p2~10'
    const plan = await loadPlan(services, headOfFirst.reader, choice(asked))
    const of = (from: typeof plan, key: string) => from.rows.find((row) => row.key === key)?.proposal?.value
    expect(of(plan, 'crm:p3')).toBeUndefined()
    expect(Number(of(plan, 'crm:p2'))).toBeLessThan(Number(of(plain, 'crm:p2')))
    expect(Number(of(plan, 'crm:p1'))).toBeGreaterThan(Number(of(plain, 'crm:p1')))
  })
})

describe('saving a plan', () => {
  it('sets targets with their author, an audit line each, and has the warehouse read them', async () => {
    expect(
      await save([
        ['crm:p1', '50000'],
        ['crm:p5', '40000.50'],
      ]),
    ).toBe(2)
    const set = await services.workspace.targets.current(MONTH)
    expect(set.map(({ person, value, author, version }) => [person, value, author, version]).sort()).toEqual([
      ['crm:p1', '50000', 'Oriol Camps', 1],
      ['crm:p5', '40000.50', 'Oriol Camps', 1],
    ])
    const log = await services.workspace.audit.list()
    expect(log.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      `target.set won_amount ${MONTH} crm:p5`,
      `target.set won_amount ${MONTH} crm:p1`,
    ])
    expect(synced).toEqual([{ sources: ['workspace'], userId: 'head' }])
    expect((await loadPlan(services, head.reader, choice())).isPending).toBe(true)
  })

  it('revises with a reason, keeps the original, and takes a target away', async () => {
    await save([['crm:p1', '50000']])
    await expect(save([['crm:p1', '60000', 1]])).rejects.toThrow('Say why')
    await save([['crm:p1', '60000', 1]], administrator, 'a new client')
    await save([['crm:p1', null, 2]], head, 'on leave')
    const plan = await loadPlan(services, head.reader, choice())
    const target = plan.rows.find(({ key }) => key === 'crm:p1')?.target
    expect(target?.value).toBeNull()
    expect(target?.versions.map((version) => [version.value, version.author, version.reason])).toEqual([
      ['50000', 'Oriol Camps', null],
      ['60000', 'Eva Mas', 'a new client'],
      [null, 'Oriol Camps', 'on leave'],
    ])
    expect((await services.workspace.audit.list()).map(({ action }) => action)).toEqual([
      'target.withdraw',
      'target.revise',
      'target.set',
    ])
  })

  it('keeps what was proposed with the target, and its person can read it', async () => {
    const proposed = (await loadPlan(services, head.reader, choice())).rows.find(
      ({ key }) => key === 'crm:p1',
    )
    await save([
      ['crm:p1', '77777'],
      ['crm:p2', '11111'],
    ])
    const own = await loadOwnPlan(services, manager.reader, choice())
    expect(own.targets).toMatchObject([{ metric: 'won_amount', target: { value: '77777', version: 1 } }])
    const told = own.targets[0]?.target.versions[0]?.explanation
    expect(told?.parts).toEqual(proposed?.proposal?.parts)
    expect(JSON.stringify(own)).not.toContain('11111')
  })

  it.each([
    ['people of other departments', [['crm:p5', '1']], 'You may not set a target for crm:p5'],
    ['somebody who is nobody', [['crm:p99', '1']], 'You may not set a target for crm:p99'],
    ['a number below zero', [['crm:p1', '-1']], 'not below zero'],
    ['what is no number', [['crm:p1', 'much']], 'A target is a number'],
    ['a version that is not the newest', [['crm:p1', '1', 3]], 'meanwhile'],
  ] as const)('refuses %s, and sets nothing', async (_, cells, words) => {
    await expect(save([['crm:p2', '5'], ...cells], headOfFirst)).rejects.toThrow(words)
    expect(await services.workspace.targets.versions()).toEqual([])
    expect(synced).toEqual([])
  })

  it('refuses a closed month until it is opened again', async () => {
    const closing = { month: MONTH, version: 'v', results: 1, author: 'Eva Mas' }
    await services.workspace.closings.close(closing)
    await expect(save([['crm:p1', '1']])).rejects.toThrow('is closed')
    await services.workspace.closings.reopen(MONTH, 'Eva Mas')
    expect(await save([['crm:p1', '1']])).toBe(1)
  })

  it('does nothing where nothing is different', async () => {
    await save([['crm:p1', '50000']])
    expect(await save([['crm:p1', '50000', 1]])).toBe(0)
    expect(synced).toHaveLength(1)
  })
})

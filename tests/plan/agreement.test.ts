import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { planState } from '#lib/plan/state.ts'
import { answerPlan } from '#lib/server/plan/answer.ts'
import { loadHome } from '#lib/server/home/index.ts'
import { loadOwnPlan, unansweredMonths } from '#lib/server/plan/own.ts'
import { loadPlan } from '#lib/server/plan/page.ts'
import { savePlan } from '#lib/server/plan/save.ts'
import { decideAnswer, takeStep } from '#lib/server/plan/steps.ts'
import { openWorkspace } from '#workspace'
import { openServices, SIGN_INS, type FakeServices } from '../portal/fake-services.ts'

const MONTH = '2026-04'
const FIRST = 'crm:d1'
const choice = planState.read(new URLSearchParams(`month=${MONTH}`))

function who(role: string) {
  const found = SIGN_INS.find((one) => one.role === role)
  if (found === undefined) throw new Error(`Nobody is ${role}.`)
  const { name, ...linked } = found
  return { reader: { ...linked, userId: role, canSeePersonal: false }, author: name, locale: 'en-GB' }
}
const head = who('head')
const manager = who('manager')
const headOfSecond = { ...head, reader: { ...head.reader, departmentIds: ['crm:d2'] } }

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

let company: FakeServices
let services: FakeServices
let synced: unknown[]
const step = (name: string, { by = head, reason = '', department = FIRST } = {}) =>
  takeStep(services, by, { choice, posted: formOf({ month: MONTH, department, step: name, reason }) })
const save = (cells: readonly (readonly [person: string, value: string | null, version: number])[]) => {
  const written = cells.map(([person, value, version]) => ({ person, value, version }))
  const plan = JSON.stringify({ month: MONTH, reason: '', cells: written })
  return savePlan(services, head, { choice, posted: formOf({ plan }) })
}
const decide = (person: string, decision: string, reason = '') =>
  decideAnswer(services, head, {
    choice,
    posted: formOf({ month: MONTH, department: FIRST, person, version: '1', decision, reason }),
  })
const own = async () => (await loadOwnPlan(services, manager.reader, choice)).targets[0]?.sent ?? null
const answer = async (fields: Readonly<Record<string, string>>) => {
  const sent = await own()
  const given = { plan: sent?.planId ?? '', version: String(sent?.version ?? 0), metric: 'won_amount' }
  return answerPlan(services, manager, formOf({ ...given, ...fields }))
}
const agreement = async () =>
  (await loadPlan(services, head.reader, choice)).agreements.find(({ department }) => department === FIRST)

beforeAll(async () => {
  company = await openServices()
})
afterAll(() => company.close())
beforeEach(async () => {
  synced = []
  const control = { ...company.control, requestSync: async (asked: unknown) => void synced.push(asked) }
  services = { ...company, control, workspace: await openWorkspace({ file: ':memory:' }) }
})
afterEach(() => services.workspace.close())

describe('the plan of a department', () => {
  it('waits on the person’s Home from being sent until it is answered', async () => {
    const waits = () => unansweredMonths(services, manager.reader.personId ?? '')
    await step('begin')
    await save([['crm:p1', '50000', 0]])
    expect(await waits()).toEqual([])
    await step('send')
    expect(await waits()).toEqual([MONTH])
    const { manager: home } = await loadHome({ ...services, now: () => new Date() }, manager.reader, {
      ...{ period: '', against: '', department: [] },
    })
    expect(home?.planMonths).toEqual([MONTH])
    await answer({ answer: 'agreed' })
    expect(await waits()).toEqual([])
  })

  it('is a draft that nobody else sees, then sent, answered, agreed and in force', async () => {
    await step('begin')
    expect(await save([['crm:p1', '50000', 0]])).toBe(1)
    expect(await own()).toBeNull()
    expect(await services.workspace.targets.versions()).toEqual([])
    await step('send')
    expect(await own()).toMatchObject({ value: '50000', state: 'sent', sent: { author: 'Oriol Camps' } })
    await answer({ answer: 'agreed' })
    expect(await agreement()).toMatchObject({ state: 'agreed', agreed: 1, numbers: 1 })
    expect(synced).toEqual([])
    await step('put_in_force')
    expect(await services.workspace.targets.current(MONTH)).toMatchObject([
      { person: 'crm:p1', value: '50000', author: 'Oriol Camps', version: 1 },
    ])
    expect(synced).toEqual([{ sources: ['workspace'], userId: 'head' }])
    expect(await own()).toBeNull()
    const told = (await services.workspace.audit.list()).map(({ userId, action }) => `${userId} ${action}`)
    expect(told.toReversed()).toEqual([
      'head plan.begin',
      'head plan.save',
      'head plan.send',
      'manager plan.agreed',
      'manager plan.agree',
      'head target.set',
      'head plan.put_in_force',
    ])
  })

  it('keeps with the target how its number was proposed', async () => {
    const { rows } = await loadPlan(services, head.reader, choice)
    const proposed = rows.find(({ key }) => key === 'crm:p1')?.proposal
    await step('begin')
    await save([['crm:p1', '50000', 0]])
    await step('send')
    expect((await own())?.explanation?.parts).toEqual(proposed?.parts)
    await step('put_in_force', { reason: 'the month begins' })
    const [target] = await services.workspace.targets.current(MONTH)
    expect(target).toMatchObject({ reason: 'the month begins', explanation: { parts: proposed?.parts } })
  })

  it('takes the number that a person asks for, as written in their language', async () => {
    await step('begin')
    await save([['crm:p1', '50000', 0]])
    await step('send')
    await expect(answer({ answer: 'asked', value: 'less', reason: 'so' })).rejects.toThrow('is a number')
    await expect(answer({ answer: 'asked', value: '42,000', reason: ' ' })).rejects.toThrow('Say why')
    await answer({ answer: 'asked', value: '42,000', reason: 'two weeks away' })
    expect(await agreement()).toMatchObject({ state: 'sent', agreed: 0, asking: 1 })
    await expect(decide('crm:p1', 'hold')).rejects.toThrow('Say why')
    await decide('crm:p1', 'accept')
    expect(await agreement()).toMatchObject({ state: 'agreed', agreed: 1 })
    expect(await own()).toMatchObject({ value: '42000', version: 2, reason: 'two weeks away' })
  })

  it('begins with the targets in force, which stay until it is in force itself', async () => {
    await save([
      ['crm:p1', '10', 0],
      ['crm:p2', '20', 0],
    ])
    await step('begin')
    await save([['crm:p1', '15', 1]])
    const { rows } = await loadPlan(services, head.reader, choice)
    const row = rows.find(({ key }) => key === 'crm:p1')
    expect(row).toMatchObject({ target: { value: '10' }, planned: { value: '15', version: 2 } })
    await step('send')
    await step('put_in_force', { reason: 'late' })
    const targets = await services.workspace.targets.current(MONTH)
    expect(targets.map(({ person, value, version }) => [person, value, version]).sort()).toEqual([
      ['crm:p1', '15', 2],
      ['crm:p2', '20', 1],
    ])
  })

  it('counts the own number of who sends it as agreed', async () => {
    const leading = { ...head, reader: { ...head.reader, personId: 'crm:p1' } }
    await step('begin')
    await save([
      ['crm:p1', '10', 0],
      ['crm:p2', '20', 0],
    ])
    await step('send', { by: leading })
    expect(await agreement()).toMatchObject({ state: 'sent', agreed: 1, numbers: 2 })
  })

  it('leaves what is saved for other departments in force at once', async () => {
    await step('begin')
    await save([
      ['crm:p1', '10', 0],
      ['crm:p5', '20', 0],
    ])
    expect(await services.workspace.targets.current(MONTH)).toMatchObject([{ person: 'crm:p5', value: '20' }])
    expect(await agreement()).toMatchObject({ state: 'draft', numbers: 1 })
  })
})

describe('refused', () => {
  it('is the plan of a department that somebody does not lead', async () => {
    await expect(step('begin', { by: headOfSecond })).rejects.toThrow('no plan for the department crm:d1')
    await step('begin')
    await expect(step('discard', { by: headOfSecond })).rejects.toThrow('no plan for the department crm:d1')
  })

  it('is a step before its time, and a number of what was sent', async () => {
    await expect(step('send')).rejects.toThrow('Begin a draft first')
    await step('begin')
    await expect(step('send')).rejects.toThrow('Nobody has a number')
    await save([['crm:p1', '10', 0]])
    await expect(step('put_in_force')).rejects.toThrow('only one that is sent or agreed')
    await step('send')
    await expect(save([['crm:p1', '11', 1]])).rejects.toThrow('was sent. Take it back')
    await expect(step('put_in_force')).rejects.toThrow('1 of 1 have not agreed')
    expect(await services.workspace.targets.versions()).toEqual([])
  })

  it('is an answer to the plan of somebody else, and to one that was taken back', async () => {
    await step('begin')
    await save([['crm:p2', '10', 0]])
    await step('send')
    expect(await own()).toBeNull()
    const { planId } = (await agreement()) ?? {}
    const said = formOf({ plan: planId ?? '', version: '1', metric: 'won_amount', answer: 'agreed' })
    await expect(answerPlan(services, manager, said)).rejects.toThrow('was taken back')
  })

  it('is everything in a closed month', async () => {
    await step('begin')
    await save([['crm:p1', '10', 0]])
    await step('send')
    await services.workspace.closings.close({ month: MONTH, version: 'v', results: 1, author: 'Eva Mas' })
    await expect(step('put_in_force', { reason: 'so' })).rejects.toThrow('is closed')
    await expect(answer({ answer: 'agreed' })).rejects.toThrow('is closed')
  })
})

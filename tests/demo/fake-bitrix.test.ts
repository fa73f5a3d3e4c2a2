import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startFakeBitrix, type DemoSummary, type FakeBitrix, type FakeBitrixOptions } from '#demo'
import { createMiniature, type Row } from './company.ts'

let company: DemoSummary
let crm: FakeBitrix

beforeAll(async () => {
  company = await createMiniature()
})
afterEach(() => crm.close())

const start = async (options: Partial<FakeBitrixOptions> = {}) => {
  crm = await startFakeBitrix({ dataDir: company.crmDir, ...options })
}

type Reply = { readonly status: number; readonly body: { readonly [key: string]: any } } // eslint-disable-line @typescript-eslint/no-explicit-any -- answers are asserted field by field

const post = async (path: string, parameters: object): Promise<Reply> => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${crm.url}/rest/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(parameters),
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}
const call = (method: string, parameters: object = {}) => post(`1/demo/${method}`, parameters)
const ids = (rows: readonly Row[]) => rows.map((row) => Number(row['id'] ?? row['ID']))
const refresh = async (token: string) => {
  const query = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: 'demo.app',
    client_secret: 'demo-secret',
    refresh_token: token,
  })
  const response = await fetch(`${crm.url}/oauth/token/?${query.toString()}`)
  return { status: response.status, body: JSON.parse(await response.text()) }
}

describe('lists', () => {
  test('come in pages of 50 by position, with the total and where the next starts', async () => {
    await start()
    const first = await call('crm.item.list', { entityTypeId: 2 })
    expect(first.body).toMatchObject({ next: 50, total: 420 })
    expect(first.body['result'].items).toHaveLength(50)
    const last = await call('crm.item.list', { entityTypeId: 2, start: 400 })
    expect(last.body['result'].items).toHaveLength(20)
    expect(last.body['next']).toBeUndefined()
    expect(last.body['time']).toMatchObject({ date_start: expect.stringMatching(/[+-]\d\d:\d\d$/) })
  })

  test('come by id without being counted when start is -1', async () => {
    await start()
    const page = await call('crm.item.list', {
      entityTypeId: 2,
      filter: { '>id': 100 },
      order: { id: 'ASC' },
      start: -1,
    })
    expect(page.body).toMatchObject({ total: 0 })
    expect(page.body['next']).toBeUndefined()
    expect(Math.min(...ids(page.body['result'].items))).toBe(101)
  })

  test('take conditions whose operator stands before the field', async () => {
    await start()
    const count = async (filter: object) =>
      (await call('crm.item.list', { entityTypeId: 2, filter })).body['total']
    const won = await count({ stageSemanticId: 'S' })
    expect(won + (await count({ '!stageSemanticId': 'S' }))).toBe(420)
    expect(await count({ '@stageId': ['WON', 'C1:WON'] })).toBe(won)
    expect(await count({ '%title': 'test deal' })).toBeGreaterThan(0)
    const late = await count({ '>=createdTime': '2026-06-01T00:00:00+02:00' })
    expect(late + (await count({ '<createdTime': '2026-06-01T00:00:00+02:00' }))).toBe(420)
    const newest = await call('crm.item.list', { entityTypeId: 2, order: { id: 'DESC' } })
    expect(ids(newest.body['result'].items)[0]).toBeGreaterThan(400)
  })

  test('show a change and hide a deleted record at once', async () => {
    await start()
    crm.portal.upsert('deals', 2, { title: 'Renamed' })
    crm.portal.remove('deals', 3)
    const page = await call('crm.item.list', { entityTypeId: 2, filter: { '>id': 1 }, start: -1 })
    expect(page.body['result'].items[0]).toMatchObject({ id: 2, title: 'Renamed' })
    expect(ids(page.body['result'].items)).not.toContain(3)
  })

  test('exist for every kind of record, under the name the service documents', async () => {
    await start()
    for (const method of [
      'user.get',
      'department.get',
      'crm.status.list',
      'crm.activity.list',
      'voximplant.statistic.get',
      'crm.currency.list',
    ])
      expect((await call(method)).body['result'].length, method).toBeGreaterThan(1)
    expect((await call('crm.category.list', { entityTypeId: 2 })).body['result'].categories).toHaveLength(2)
    expect((await call('crm.stagehistory.list', { entityTypeId: 2 })).body['result'].items).toHaveLength(50)
    expect((await call('crm.item.fields', { entityTypeId: 2 })).body['result'].fields).toHaveProperty(
      'opportunity',
    )
    expect(await call('crm.item.list', { entityTypeId: 5 })).toMatchObject({
      status: 400,
      body: { error: 'ENTITY_TYPE_NOT_SUPPORTED' },
    })
  })
})

describe('people who moved', () => {
  test('stand in their earlier departments after rewind, and in the present ones after forward', async () => {
    await start()
    const departments = async () => {
      const { body } = await call('user.get')
      const users: Row[] = body['result']
      return users
        .filter((user) => ['16', '24'].includes(String(user['ID'])))
        .map((user) => user['UF_DEPARTMENT'])
    }
    crm.portal.rewind()
    expect(await departments()).toEqual([[4], [2]])
    crm.portal.forward()
    expect(await departments()).toEqual([[2], [3]])
    expect(crm.portal.record('users', 24)?.['TIMESTAMP_X']).toBe('2025-05-29T21:00:00+02:00')
  })
})

describe('batch', () => {
  const page = (after: string) =>
    `crm.stagehistory.list?entityTypeId=2&filter[>ID]=${after}&order[ID]=ASC&start=-1`

  test('runs calls in order, and later ones use what earlier ones found', async () => {
    await start()
    const cmd = { a: page('0'), b: page('$result[a][items][49][ID]') }
    const { body } = await call('batch', { cmd })
    expect(ids(body['result'].result.b.items)[0]).toBe(51)
    expect(crm.counts).toEqual({ calls: 1, pages: 2 })
  })

  test('starts over where a reference leads nowhere', async () => {
    await start()
    const { body } = await call('batch', { cmd: { a: page('1530'), b: page('$result[a][items][49][ID]') } })
    expect(body['result'].result.a.items.length).toBeLessThan(50)
    expect(ids(body['result'].result.b.items)[0]).toBe(1)
  })

  test('reports a failed call beside the others, and stops there when told to', async () => {
    await start()
    const cmd = { a: 'user.get', b: 'no.such', c: 'user.get' }
    const going = await call('batch', { cmd })
    expect(Object.keys(going.body['result'].result)).toEqual(['a', 'c'])
    expect(going.body['result'].result_error.b.error).toBe('ERROR_METHOD_NOT_FOUND')
    expect(Object.keys((await call('batch', { cmd, halt: 1 })).body['result'].result)).toEqual(['a'])
  })
})

describe('limits and access', () => {
  test('refuses calls while the bucket is full, and takes them again as it drains', async () => {
    let now = Date.parse('2026-11-21T10:00:00Z')
    await start({
      now: () => now,
      limits: { callsPerSecond: 2, burst: 3, operatingSeconds: 480, secondsPerPage: 0 },
    })
    const statuses = []
    for (let index = 0; index < 4; index += 1) statuses.push((await call('user.get')).status)
    expect(statuses).toEqual([200, 200, 200, 503])
    now += 500
    expect((await call('user.get')).status).toBe(200)
  })

  test('blocks a method that has worked too long until its window ends', async () => {
    let now = Date.parse('2026-11-21T10:00:00Z')
    await start({
      now: () => now,
      limits: { callsPerSecond: 100, burst: 100, operatingSeconds: 1, secondsPerPage: 0.9 },
    })
    await call('user.get')
    await call('user.get')
    expect(await call('user.get')).toMatchObject({ status: 429, body: { error: 'OPERATION_TIME_LIMIT' } })
    expect((await call('department.get')).status).toBe(200)
    now += 600_000
    expect((await call('user.get')).status).toBe(200)
  })

  test('lets in a webhook and a fresh token only', async () => {
    await start()
    expect((await post('1/wrong/user.get', {})).status).toBe(401)
    expect((await post('user.get', {})).body['error']).toBe('NO_AUTH_FOUND')
    const { body } = await refresh('demo-refresh-0')
    expect((await post('user.get', { auth: body.access_token })).status).toBe(200)
    crm.tokens.expire()
    expect(await post('user.get', { auth: body.access_token })).toMatchObject({
      status: 401,
      body: { error: 'expired_token' },
    })
  })

  test('takes each refresh token once', async () => {
    await start()
    const first = await refresh('demo-refresh-0')
    expect((await refresh('demo-refresh-0')).body.error).toBe('invalid_grant')
    expect((await refresh(first.body.refresh_token)).status).toBe(200)
  })
})

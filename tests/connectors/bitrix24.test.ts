import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { DemoSummary } from '#demo'
import { createMiniature } from '../demo/company.ts'
import { startRemote, type BitrixRemote, type BitrixRemoteOptions } from './bitrix24-remote.ts'
import { connectorConformance, streamOf } from './conformance.ts'
import { createLanding, land } from './landing.ts'

let company: DemoSummary
let remote: BitrixRemote

beforeAll(async () => {
  company = await createMiniature()
})

const start = async (options: BitrixRemoteOptions) => {
  remote = await startRemote(company, options)
  return remote.session()
}
const landStream = async (session: Awaited<ReturnType<typeof start>>, name: string) => {
  const landing = createLanding()
  await land(session, streamOf(session, name), { into: landing })
  return landing
}

describe('bitrix24 by a webhook', () => connectorConformance(() => startRemote(company, { auth: 'webhook' })))
describe('bitrix24 by rotating tokens', () =>
  connectorConformance(() => startRemote(company, { auth: 'oauth' })))

describe('bitrix24', () => {
  afterEach(() => remote.close())

  test('goes on when the access token expires in the middle, and stores the new pair first', async () => {
    const session = await start({ auth: 'oauth' })
    remote.crm.faults.expireTokenEvery = 3
    const landing = await landStream(session, 'calls')
    expect(landing.rows.size).toBe(2100)
    expect(remote.crm.tokens.refreshes).toBeGreaterThan(1)
    expect([...remote.secrets.values()].join()).toContain(`demo-refresh-${remote.crm.tokens.refreshes}`)
  })

  test('renews once when many calls find the token expired together', async () => {
    const session = await start({ auth: 'oauth' })
    await landStream(session, 'users')
    remote.crm.tokens.expire()
    await Promise.all(
      ['users', 'departments', 'pipelines', 'stages'].map((name) => landStream(session, name)),
    )
    expect(remote.crm.tokens.refreshes).toBe(2)
  })

  test('goes on with the stored tokens after a restart, though the configured one is used up', async () => {
    const session = await start({ auth: 'oauth' })
    await landStream(session, 'users')
    remote.crm.tokens.expire()
    expect((await landStream(await remote.session(), 'users')).rows.size).toBe(21)
  })

  test('reads all rows of a deal that has more than a page, and forgets within a day those that are gone', async () => {
    const session = await start({ auth: 'webhook' })
    const { portal } = remote.crm
    const ownerId = portal.table('deals').idAt(0)
    for (let id = 900_001; id <= 900_120; id++)
      portal.upsert('product_rows', id, {
        ownerId,
        ownerType: 'D',
        productName: 'Cable',
        price: 2,
        quantity: 3,
      })
    const landing = await landStream(session, 'product_rows')
    expect([...landing.rows.values()].filter((row) => row['name'] === 'Cable')).toHaveLength(120)
    expect([...landing.rows.keys()].sort()).toEqual([...remote.keys('product_rows')].sort())
    portal.remove('product_rows', 900_060)
    remote.wait(24)
    await land(session, streamOf(session, 'product_rows'), { into: landing })
    expect([...landing.deleted]).toEqual(['900060'])
  })

  test('asks for nothing that the settings leave out, and calls that no lack', async () => {
    await start({ auth: 'webhook' })
    const source = { ...remote.context.source, lines: false, tasks: false, payments: false }
    const { bitrix24 } = await import('../../ingest/connectors/bitrix24/index.ts')
    const session = await bitrix24.open({ ...remote.context, source } as typeof remote.context)
    for (const name of ['product_rows', 'products', 'product_sections', 'tasks', 'order_payments'])
      expect(await landStream(session, name)).toMatchObject({ read: 0, flags: [] })
    expect(remote.crm.counts.calls).toBe(0)
  })

  test('says what to do when the refresh token is used up', async () => {
    const session = await start({ auth: 'oauth' })
    await landStream(session, 'users')
    remote.secrets.clear()
    await expect(landStream(session, 'users')).rejects.toThrow('put the new refreshToken into embut.yaml')
  })

  test('says which source refused its webhook', async () => {
    await start({ auth: 'webhook' })
    const source = { ...remote.context.source, auth: { webhook: '1/wrong' } }
    const { bitrix24 } = await import('../../ingest/connectors/bitrix24/index.ts')
    const session = await bitrix24.open({ ...remote.context, source } as typeof remote.context)
    await expect(landStream(session, 'users')).rejects.toThrow('Source crm: Invalid request credentials')
  })

  test('keeps to the documented limits of calls and of working time', async () => {
    const limits = { callsPerSecond: 2, burst: 4, operatingSeconds: 1, secondsPerPage: 0.06 }
    const session = await start({ auth: 'webhook', limits })
    for (const name of ['deals', 'stage_history', 'calls'])
      expect((await landStream(session, name)).rows.size).toBe(remote.keys(name).length)
    expect(remote.waits).toContain(120_000)
  })

  test('reads the first pages one by one and then 50 to a call, the recent days apart', async () => {
    const session = await start({ auth: 'webhook' })
    await landStream(session, 'calls')
    expect(remote.crm.counts.calls).toBe(2 + 3)
  })

  test('takes only records changed since the configured day', async () => {
    const session = await start({ auth: 'webhook', since: '2026-06-01' })
    for (const [name, column] of [
      ['deals', 'updated_time'],
      ['calls', 'call_start_date'],
    ] as const) {
      const landing = await landStream(session, name)
      expect(landing.rows.size).toBeGreaterThan(0)
      expect(landing.rows.size).toBeLessThan(remote.keys(name).length)
      for (const row of landing.rows.values())
        expect(Number(row[column])).toBeGreaterThanOrEqual(Date.parse('2026-06-01'))
    }
  })

  test('stops at a page that repeats for ever', async () => {
    const session = await start({ auth: 'webhook' })
    const looping: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      const body = (await response.text()).replaceAll(/"ID":"\d+"/g, '"ID":"7"')
      return new Response(body, { status: response.status })
    }
    const { bitrix24 } = await import('../../ingest/connectors/bitrix24/index.ts')
    const stuck = await bitrix24.open({ ...remote.context, fetch: looping })
    await expect(landStream(stuck, 'calls')).rejects.toThrow('repeats the page of calls')
    expect((await landStream(session, 'users')).rows.size).toBe(21)
  })

  test('writes times in UTC, none where the service writes an empty map, and references without zeros', async () => {
    const session = await start({ auth: 'webhook' })
    remote.crm.portal.upsert('deals', 1, {
      companyId: 0,
      createdTime: '2026-07-01T02:00:00+02:00',
      opportunity: 19999.99,
    })
    const row = (await landStream(session, 'deals')).rows.get('1') ?? {}
    expect(row).toMatchObject({
      created_time: Date.parse('2026-07-01T00:00:00Z'),
      company_id: null,
      opportunity: '19999.99',
    })
    const users = (await landStream(session, 'users')).rows
    expect(users.get('2')).toMatchObject({ timestamp_x: null, department_ids: '[2]', _extra: null })
  })
})

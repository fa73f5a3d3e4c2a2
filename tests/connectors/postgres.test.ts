import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NO_POSTGRES, startPostgres } from './servers.ts'
import type { TestServer } from './servers.ts'
import { COMPANY, makeSourceProject } from './source-project.ts'
import type { SourceProject } from './source-project.ts'

let server: TestServer
let project: SourceProject

/** A project with this list of tables. */
function open(tables: string, company = COMPANY): SourceProject {
  project = makeSourceProject(`connector: postgres\nurl: ${server.url}\ntables:${tables}`, company)
  return project
}

const ORDERS = `
  - { table: orders, entity: deals, updatedAt: updated_at,
      columns: { deal_id: id, title: name, amount: amount, created_at: created, updated_at: updated_at } }`

describe.skipIf(NO_POSTGRES !== null)(`PostgreSQL (${NO_POSTGRES ?? 'on loopback'})`, () => {
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())
  beforeEach(async () => {
    await server.run(`drop schema public cascade; create schema public;
      create table orders(id bigint primary key, name text, amount numeric, created timestamp, updated_at timestamptz)`)
  })
  afterEach(() => project.dispose())

  test('every value comes exactly as it stands: long numbers, decimals, text, times with and without a zone', async () => {
    await server.run(`insert into orders values
      (9007199254740993, E'He said "so",\\nand left', 12345678901234.5678, '2026-07-01 12:00:00.123456', '2026-07-01 12:00:00.123456+03'),
      (9007199254740992, '', null, 'infinity', '-infinity')`)
    open(ORDERS, COMPANY.replace('timezone: UTC', 'timezone: Europe/Madrid'))
    const { failures, loads } = await project.sync()
    expect(failures).toEqual([])
    expect(loads[0]).toMatchObject({ rowsRead: 2, rowsInserted: 2, rowsQuarantined: 0 })
    expect(await project.deals('deal_id, title, amount, created_at, updated_at')).toEqual([
      { deal_id: '9007199254740992', title: null, amount: null, created_at: null, updated_at: null },
      {
        deal_id: '9007199254740993',
        title: 'He said "so",\nand left',
        amount: '12345678901234.5678',
        created_at: '2026-07-01 10:00:00.123456',
        updated_at: '2026-07-01 09:00:00.123456',
      },
    ])
  })
})

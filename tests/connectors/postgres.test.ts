import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NO_POSTGRES, startPostgres } from '#demo'
import type { DatabaseServer } from '#demo'
import { COMPANY, makeSourceProject } from './source-project.ts'
import type { SourceProject } from './source-project.ts'

let server: DatabaseServer
let project: SourceProject

const COLUMNS =
  'columns: { deal_id: id, title: name, amount: amount, created_at: created, updated_at: updated_at }'
const open = (table: string, company = COMPANY) => {
  project = makeSourceProject(
    `connector: postgres\nurl: ${server.url}\npageRows: 10\ntables:\n  - { table: orders, entity: deals, ${table}${COLUMNS} }`,
    company,
  )
}

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
    open('', COMPANY.replace('timezone: UTC', 'timezone: Europe/Madrid'))
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

  test('reads money, intervals, booleans, uuids and what a domain or an enum holds', async () => {
    await server.run(`create type direction as enum ('in', 'out'); create domain seconds as interval;
      create table calls(id uuid primary key, at timestamptz, talk seconds, answered boolean, way direction, cost money);
      insert into calls values ('00000000-0000-0000-0000-00000000000a', '2026-01-01 10:00+00', '1 hour 2 seconds', true, 'in', '1234.50')`)
    project = makeSourceProject(`connector: postgres\nurl: ${server.url}\ntables:
  - { table: public.calls, entity: calls, columns: { call_id: id, started_at: at, talk_seconds: talk, is_answered: answered, direction: way, wait_seconds: cost } }`)
    expect((await project.sync()).failures).toEqual([])
    expect(
      await project.rows(
        'select call_id, started_at, talk_seconds, is_answered, direction, wait_seconds from all_files.calls',
      ),
    ).toEqual([
      {
        call_id: '00000000-0000-0000-0000-00000000000a',
        started_at: '2026-01-01 10:00:00',
        talk_seconds: '3602.0000',
        is_answered: true,
        direction: 'in',
        wait_seconds: '1234.5000',
      },
    ])
  })

  test('xmin tells changed rows, also of a transaction that began before the last reading and ended after it', async () => {
    await server.run(
      `insert into orders(id, name) select n, 'Deal ' || n from generate_series(1, 30) as s(n)`,
    )
    open('changes: xmin, ')
    expect((await project.sync()).loads[0]).toMatchObject({ rowsRead: 30, rowsInserted: 30 })
    await server.run('begin')
    await server.run(`update orders set name = 'late' where id = 7`)
    expect((await project.sync()).loads[0]).toMatchObject({ rowsRead: 0 })
    await server.run('commit')
    expect((await project.sync()).loads[0]).toMatchObject({ rowsRead: 1, rowsUpdated: 1 })
    await server.run(`update orders set name = 'all'`)
    await server.run('vacuum freeze orders')
    expect((await project.sync()).loads[0]).toMatchObject({ rowsRead: 30, rowsUpdated: 30 })
  })
})

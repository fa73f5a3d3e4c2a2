import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { NO_MARIADB, startMariadb } from '#demo'
import type { DatabaseServer } from '#demo'
import { COMPANY, makeSourceProject } from './source-project.ts'
import type { SourceProject } from './source-project.ts'

let server: DatabaseServer
let project: SourceProject

describe.skipIf(NO_MARIADB !== null)(`MariaDB (${NO_MARIADB ?? 'on loopback'})`, () => {
  beforeAll(async () => {
    server = await startMariadb()
  })
  afterAll(() => server.stop())
  afterEach(() => project.dispose())

  test('every value comes exactly as it stands: unsigned and long numbers, zero dates, both kinds of time, latin1', async () => {
    await server.run(`
      create table orders(id bigint unsigned primary key, name varchar(50) character set latin1, amount decimal(20,4),
        created datetime(6), due date, stamped timestamp(6) null) engine=InnoDB;
      insert into orders values
        (18446744073709551615, 'Größe, "B"\\\\n', 9999999999.1234, '2026-07-01 12:00:00.123456', '2026-07-02', '2026-07-01 12:00:00.5'),
        (18446744073709551614, '', null, '0000-00-00 00:00:00', '0000-00-00', null),
        (9007199254740993, 'a\nb', -0.0001, '2026-01-15 12:00:00', '1999-12-31', '0000-00-00 00:00:00')`)
    project = makeSourceProject(
      `connector: mysql\nurl: ${server.url}\npageRows: 1\ntables:
  - { table: orders, entity: deals, columns: { deal_id: id, title: name, amount: amount, created_at: created,
      expected_close_on: due, updated_at: stamped } }`,
      COMPANY.replace('timezone: UTC', 'timezone: Europe/Madrid'),
    )
    const { failures, loads } = await project.sync()
    expect(failures).toEqual([])
    expect(loads[0]).toMatchObject({ rowsRead: 3, rowsInserted: 3, rowsQuarantined: 0 })
    expect(
      await project.deals('deal_id, title, amount, created_at, expected_close_on as due, updated_at'),
    ).toEqual([
      {
        deal_id: '18446744073709551614',
        title: null,
        amount: null,
        created_at: null,
        due: null,
        updated_at: null,
      },
      {
        deal_id: '18446744073709551615',
        title: 'Größe, "B"\\n',
        amount: '9999999999.1234',
        created_at: '2026-07-01 10:00:00.123456',
        due: '2026-07-02',
        updated_at: '2026-07-01 03:00:00.5',
      },
      {
        deal_id: '9007199254740993',
        title: 'a\nb',
        amount: '-0.0001',
        created_at: '2026-01-15 11:00:00',
        due: '1999-12-31',
        updated_at: null,
      },
    ])
  })

  test('reads bits, flags, times of day, binary keys and JSON', async () => {
    await server.run(`
      create table calls(id binary(4) primary key, at timestamp, talk time, answered bit(1), flag tinyint(1), data json);
      insert into calls values (x'000A0D22', '2026-01-01 10:00:00', '123:00:01', b'1', 0, '{"a": 1}'), (x'FF00FF00', '2026-01-01 10:00:00', '00:00:02', b'0', 1, null)`)
    const table = `- { table: calls, entity: calls, columns: { call_id: id, started_at: at, topic: data,
      talk_seconds: { column: talk, type: duration }, is_answered: answered } }`
    project = makeSourceProject(`connector: mysql\nurl: ${server.url}\npageRows: 1\ntables:\n  ${table}`)
    expect((await project.sync()).failures).toEqual([])
    expect(
      await project.rows(
        'select call_id, started_at, talk_seconds, is_answered, topic from all_files.calls order by call_id',
      ),
    ).toEqual([
      {
        call_id: '000A0D22',
        started_at: '2026-01-01 01:00:00',
        talk_seconds: '442801.0000',
        is_answered: true,
        topic: '{"a": 1}',
      },
      {
        call_id: 'FF00FF00',
        started_at: '2026-01-01 01:00:00',
        talk_seconds: '2.0000',
        is_answered: false,
        topic: null,
      },
    ])
  })
})

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NO_MARIADB, NO_POSTGRES, startMariadb, startPostgres } from '#demo'
import type { DatabaseServer } from '#demo'
import { makeSourceProject } from './source-project.ts'
import type { SourceProject } from './source-project.ts'

const DATABASES = [
  {
    connector: 'postgres',
    skip: NO_POSTGRES,
    start: startPostgres,
    empty: 'drop schema public cascade; create schema public;',
    time: 'timestamp',
    text: 'text',
    series: (count: number) => `select n, 'Deal ' || n, n + 0.25 from generate_series(1, ${count}) as s(n)`,
    missing: /orderz is not there.*Did you mean orders/,
    writes: `create function writes() returns integer language sql volatile security definer
      as 'insert into orders(id) values (99) returning 1'`,
    readOnly: /read-only transaction/,
  },
  {
    connector: 'mysql',
    skip: NO_MARIADB,
    start: startMariadb,
    empty: 'drop database crm; create database crm character set utf8mb4; use crm;',
    time: 'datetime(6)',
    text: 'longtext character set utf8mb4',
    series: (count: number) => `select seq, concat('Deal ', seq), seq + 0.25 from seq_1_to_${count}`,
    missing: /orderz is not there.*Did you mean orders/,
    writes: `create function writes() returns int begin insert into orders(id) values (99); return 1; end;
      grant execute on crm.* to reader@'127.0.0.1'`,
    readOnly: /READ ONLY transaction/,
  },
] as const

describe.each(DATABASES)(
  '$connector',
  ({ connector, skip, start, empty, time, text, series, missing, writes, readOnly }) => {
    let server: DatabaseServer
    let project: SourceProject
    beforeAll(async () => {
      if (skip === null) server = await start()
    })
    afterAll(() => server?.stop())
    beforeEach(async ({ skip: skipTest }) => {
      if (skip !== null) skipTest(skip)
      await server.run(`${empty}
      create table orders(id bigint primary key, name varchar(80), amount numeric(20,4), updated_at ${time});`)
    })
    afterEach(() => project?.dispose())

    const COLUMNS = 'columns: { deal_id: id, title: name, amount: amount, updated_at: updated_at }'
    const source = (table: string, settings = '') =>
      `connector: ${connector}\nurl: ${server.url}\n${settings}tables:\n  - { ${table}, entity: deals, ${COLUMNS} }`
    const open = (table: string, settings?: string) => {
      project = makeSourceProject(source(table, settings))
      return project
    }
    const insert = (rows: string) => server.run(`insert into orders values ${rows}`)
    const read = async (options = {}) => {
      const { failures, loads } = await project.sync(options)
      expect(failures).toEqual([])
      return loads.map(({ rowsRead, rowsInserted, rowsUpdated, rowsDeleted, rowsQuarantined }) => [
        rowsRead,
        rowsInserted,
        rowsUpdated,
        rowsDeleted,
        rowsQuarantined,
      ])
    }
    const inDays = (days: number) => ({ now: () => new Date(Date.now() + days * 86_400_000) })

    test('after the first reading only rows changed since are read, those of the last minutes twice', async () => {
      await insert(`(1, 'A', 1, '2026-01-01 10:00:00'), (2, 'B', 2, '2026-01-02 10:00:00')`)
      open('table: orders, updatedAt: updated_at')
      expect(await read()).toEqual([[2, 2, 0, 0, 0]])
      expect(await read()).toEqual([[1, 0, 0, 0, 0]])
      await insert(`(3, 'C', 3, '2026-01-02 09:55:00')`)
      await server.run(
        `update orders set name = 'B2', updated_at = '2026-01-03 10:00:00.000001' where id = 2`,
      )
      expect(await read()).toEqual([[2, 1, 1, 0, 0]])
      expect(await project.deals('deal_id, title')).toEqual([
        { deal_id: '1', title: 'A' },
        { deal_id: '2', title: 'B2' },
        { deal_id: '3', title: 'C' },
      ])
    })

    test('pages follow each other by key, and rows of one moment are not lost between two pages', async () => {
      await server.run(`insert into orders(id, name, amount) ${series(25)}`)
      await server.run(`update orders set updated_at = '2026-01-01 00:00:00'`)
      open('table: orders, updatedAt: updated_at', 'pageRows: 10\n')
      expect(await read()).toEqual([[25, 25, 0, 0, 0]])
      await server.run(`update orders set name = 'moved', updated_at = '2026-02-01 00:00:00'`)
      expect(await read()).toEqual([[25, 0, 25, 0, 0]])
    })

    test('a row that is gone is found deleted by the next check of keys, not before', async () => {
      await insert(`(1, 'A', 1, '2026-01-01'), (2, 'B', 2, '2026-01-01')`)
      open('table: orders, updatedAt: updated_at')
      await read()
      await server.run('delete from orders where id = 1')
      expect(await read()).toEqual([[1, 0, 0, 0, 0]])
      expect(await read(inDays(1.1))).toEqual([[1, 0, 0, 1, 0]])
      expect(await project.deals('deal_id')).toEqual([{ deal_id: '2' }])
    })

    test('a table without updatedAt is read whole each time, and what is gone is deleted at once', async () => {
      await server.run(`insert into orders(id, name, amount) ${series(25)}`)
      open('table: orders', 'pageRows: 10\n')
      expect(await read()).toEqual([[25, 25, 0, 0, 0]])
      await server.run(`delete from orders where id > 20; update orders set name = 'x' where id = 3`)
      expect(await read()).toEqual([[20, 0, 1, 5, 0]])
    })

    test('a source that is cleaned keeps its old rows here: deletes: never', async () => {
      await insert(`(1, 'A', 1, '2026-01-01'), (2, 'B', 2, '2026-01-01')`)
      open('table: orders, deletes: never')
      await read()
      await server.run('delete from orders where id = 1')
      expect(await read()).toEqual([[1, 0, 0, 0, 0]])
    })

    test('a date ahead of today does not hide what changes after it was seen', async () => {
      await insert(`(1, 'A', 1, '2026-01-01'), (2, 'Typo', 2, '2226-01-01')`)
      open('table: orders, updatedAt: updated_at')
      await read()
      await insert(`(3, 'C', 3, '2026-01-02')`)
      expect(await read()).toEqual([[3, 1, 0, 0, 0]])
    })

    test('rows without updatedAt come with the daily check', async () => {
      await insert(`(1, 'A', 1, '2026-01-01')`)
      open('table: orders, updatedAt: updated_at')
      await read()
      await insert(`(2, 'No date', 2, null)`)
      expect(await read()).toEqual([[1, 0, 0, 0, 0]])
      expect(await read(inDays(1.1))).toEqual([[2, 1, 0, 0, 0]])
    })

    test('an interrupted first reading goes on after its last page', async () => {
      await server.run(`insert into orders(id, name, amount) ${series(25)}`)
      await server.run(`update orders set updated_at = '2026-01-01'`)
      open('table: orders, updatedAt: updated_at', 'pageRows: 10\n')
      let pages = 0
      const broken = project.sync({
        logger: { ...SILENT, info: () => {} },
        progress: ({ bytes }) => {
          if (bytes > 0 && ++pages === 2) throw new Error('killed')
        },
      })
      await broken.catch(() => undefined)
      await read()
      expect(await project.rows('select count(*) as n, sum(amount) as total from all_files.deals')).toEqual([
        { n: '25', total: '331.2500' },
      ])
    })

    test('rows of many megabytes land whole beside short ones', async () => {
      await server.run(
        `create table notes(id integer primary key, name ${text});
         insert into notes values (1, 'short'), (2, repeat('"', 5000000)), (3, 'ü,'), (4, repeat('ü,', 3000000)), (5, '')`,
      )
      project = makeSourceProject(
        `connector: ${connector}\nurl: ${server.url}\npageRows: 2\ntables:
  - { table: notes, entity: deals, columns: { deal_id: id, title: name } }`,
      )
      expect(await read()).toEqual([[5, 5, 0, 0, 0]])
      expect(
        await project.deals('deal_id, length(title)::integer as length, left(title, 2) as title'),
      ).toEqual([
        { deal_id: '1', length: 5, title: 'sh' },
        { deal_id: '2', length: 5_000_000, title: '""' },
        { deal_id: '3', length: 2, title: 'ü,' },
        { deal_id: '4', length: 6_000_000, title: 'ü,' },
        { deal_id: '5', length: null, title: null },
      ])
    })

    test('a value that does not fit sends its row to quarantine with all it holds', async () => {
      await server.run(`create table notes(id integer primary key, name varchar(20), amount varchar(20))`)
      await server.run(`insert into notes values (1, 'good', '1.5'), (2, 'bad', 'a lot')`)
      project = makeSourceProject(
        `connector: ${connector}\nurl: ${server.url}\ntables:
  - { table: notes, entity: deals, columns: { deal_id: id, title: name, amount: amount } }`,
      )
      expect(await read()).toEqual([[2, 1, 0, 0, 1]])
      expect(
        await project.rows(
          `select column_name, "value", reason, "row"::varchar as "row", file from raw_embut.quarantine`,
        ),
      ).toEqual([
        {
          column_name: 'amount',
          value: 'a lot',
          reason: 'Not a number',
          row: '{"id":"2","name":"bad","amount":"a lot","deal_id":"2"}',
          file: null,
        },
      ])
      await server.run(`update notes set amount = '7' where id = 2`)
      await read()
      expect(await project.rows('select resolved_at is null as open from raw_embut.quarantine')).toEqual([
        { open: false },
      ])
    })

    test('a query is mapped like a table, and finds its changes by the table it names', async () => {
      await insert(`(1, 'A', 1, '2026-01-01'), (2, 'B', 2, '2026-01-02')`)
      await server.run(`create table items(order_id bigint, price numeric(10,2));
      insert into items values (1, 5), (1, 6), (2, 7)`)
      open(`query: 'select id, name, sum(price) as amount, updated_at from orders join items on order_id = id
        where {changed} group by id, name, updated_at', key: id, updatedAt: updated_at, updatedIn: orders`)
      expect(await read()).toEqual([[2, 2, 0, 0, 0]])
      await server.run(
        `insert into items values (1, 9); update orders set updated_at = '2026-01-05' where id = 1`,
      )
      // The newest row of the last time comes again.
      expect(await read()).toEqual([[2, 0, 1, 0, 0]])
      expect(await project.deals('deal_id, amount')).toEqual([
        { deal_id: '1', amount: '20.0000' },
        { deal_id: '2', amount: '7.0000' },
      ])
    })

    test('a mapping that changed reads all again', async () => {
      await insert(`(1, 'A', 1, '2026-01-01'), (2, 'B', 2, '2026-01-09')`)
      open('table: orders, updatedAt: updated_at')
      await read()
      project.configure(
        source('table: orders, updatedAt: updated_at').replace('title: name', 'title: amount'),
      )
      expect(await read()).toEqual([[2, 0, 2, 0, 0]])
    })

    test('what is wrong is said with what is near it', async () => {
      const messageOf = async (table: string) => {
        open(table)
        const { failures } = await project.sync()
        project.dispose()
        return failures[0]?.message
      }
      expect(await messageOf('table: orderz')).toMatch(missing)
      expect(await messageOf('table: orders, updatedAt: changed')).toMatch(/no column changed, its updatedAt/)
      expect(await messageOf('table: orders, updatedAt: name')).toMatch(/updatedAt name holds text/)
      await server.run('create table keyless(id integer, name varchar(9), amount integer, updated_at date)')
      expect(await messageOf('table: keyless')).toMatch(/no primary key.*key: id/)
      project = makeSourceProject(source('table: orders').replace('title: name', 'title: nam'))
      expect((await project.sync()).failures[0]?.message).toMatch(/no column "nam" \(did you mean "name"\?\)/)
    })

    test('a wrong password and a server that is not there are told without the password', async () => {
      project = makeSourceProject(source('table: orders').replace(':secret@', ':wrong!@'))
      const [refused] = (await project.sync()).failures
      expect(refused?.message).toMatch(/refused: .*Mend the user, password or database in url/)
      expect(refused?.message).not.toContain('wrong!')
      project.configure(source('table: orders').replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1'))
      const [absent] = (await project.sync()).failures
      expect(absent?.message).toMatch(/could not be read: .*ECONNREFUSED/)
      project.configure(source('table: orders', 'tls: verify\n'))
      const [plain] = (await project.sync()).failures
      expect(plain?.message).toMatch(/does not offer TLS.*tls: off|certificate that can't be checked/)
    })

    test('nothing can be written through a source, whatever its query says', async () => {
      await insert(`(1, 'A', 1, '2026-01-01')`)
      await server.run(writes)
      open(`query: 'select id, name, writes() as amount, updated_at from orders', key: id`)
      expect((await project.sync()).failures[0]?.message).toMatch(readOnly)
    })
  },
)

const SILENT = { debug: () => {}, warn: () => {}, error: () => {} }

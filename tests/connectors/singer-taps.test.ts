import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { NO_MARIADB, startMariadb } from '#demo'
import type { DatabaseServer } from '#demo'
import { makeSourceProject } from './source-project.ts'
import type { SourceProject } from './source-project.ts'

// Kept between runs: a tap is a dozen packages.
const TAPS = resolve(import.meta.dirname, '.taps')
const PYTHON = ['python3.13', 'python3.12', 'python3.11', 'python3'].find(isThere)

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['-m', 'venv', '--help'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** The program of a tap from PyPI, installed in an environment of its own when it isn't there yet. */
function installed(wanted: string, program: string): string {
  const venv = join(TAPS, wanted)
  const path = join(venv, 'bin', program)
  if (existsSync(path)) return path
  mkdirSync(TAPS, { recursive: true })
  execFileSync(PYTHON ?? '', ['-m', 'venv', '--clear', venv])
  execFileSync(join(venv, 'bin/pip'), ['install', '-q', '--disable-pip-version-check', wanted], {
    stdio: 'ignore',
  })
  return path
}

let project: SourceProject
afterEach(() => project.dispose())

const read = async () => {
  const { failures, loads } = await project.sync()
  expect(failures).toEqual([])
  return loads
}

describe.skipIf(PYTHON === undefined)('real taps from PyPI', () => {
  describe.skipIf(NO_MARIADB !== null)('pipelinewise-tap-mysql, made with singer-python', () => {
    let server: DatabaseServer
    beforeAll(async () => {
      server = await startMariadb()
    })
    afterAll(() => server.stop())

    test('reads a table whole, then what its replication key tells; a full table drops what is gone', async () => {
      const command = installed('pipelinewise-tap-mysql==1.6.0', 'tap-mysql')
      await server.run(`create table orders(id bigint primary key, title varchar(50), total decimal(20,4), changed datetime);
        insert into orders values (1, 'Größe', 12345678901234.5678, '2026-02-10 10:00:00'), (2, 'B', 2, '2026-02-11 10:00:00');
        create table stages(id int primary key, name varchar(50)); insert into stages values (1, 'New'), (2, 'Won')`)
      const { hostname, port } = new URL(server.url)
      project = makeSourceProject(`connector: singer
command: ${command}
config: { host: ${hostname}, port: '${port}', user: reader, password: secret, database: crm }
catalogOption: properties
streams:
  - { stream: orders, replication: { method: INCREMENTAL, key: changed }, entity: deals,
      columns: { deal_id: id, title: title, amount: total, updated_at: changed } }
  - { stream: stages, replication: { method: FULL_TABLE }, entity: stages, columns: { stage_id: id, stage: name } }`)
      expect(await read()).toMatchObject([
        { stream: 'deals', rowsInserted: 2 },
        { stream: 'stages', rowsInserted: 2 },
      ])
      expect(await project.deals('deal_id, title, updated_at')).toEqual([
        { deal_id: '1', title: 'Größe', updated_at: '2026-02-10 10:00:00' },
        { deal_id: '2', title: 'B', updated_at: '2026-02-11 10:00:00' },
      ])
      await server.run(
        `insert into orders values (3, 'C', 3, '2026-02-12 10:00:00'); delete from stages where id = 1`,
      )
      expect(await read()).toMatchObject([
        { stream: 'deals', rowsRead: 2, rowsInserted: 1, rowsDeleted: 0 },
        { stream: 'stages', rowsRead: 1, rowsDeleted: 1 },
      ])
    })
  })

  test.skipIf(process.env['EMBUT_LONG'] !== '1')(
    "tap-jsonl, made with Meltano's SDK: its stream lands as it comes, and a line more is a row more",
    async () => {
      const command = installed('tap-jsonl==0.3.1', 'tap-jsonl')
      project = makeSourceProject('connector: singer\ncommand: x')
      const data = join(project.folder, 'orders.jsonl')
      writeFileSync(data, '{"id": 1, "title": "A"}\n{"id": 2, "title": "B"}\n')
      project.configure(`connector: singer
command: ${command}
config: { path: ${data}, stream_name: orders, primary_keys: [id] }`)
      expect(await read()).toMatchObject([{ stream: 'tap_orders', rowsRead: 2, rowsInserted: 2 }])
      writeFileSync(data, '{"id": 3, "title": "C"}\n', { flag: 'a' })
      expect(await read()).toMatchObject([{ stream: 'tap_orders', rowsInserted: 1, rowsUpdated: 0 }])
      expect(
        await project.rows(`select record_id, record->>'title' as title from raw_crm.tap_orders order by 1`),
      ).toEqual([
        { record_id: '1', title: 'A' },
        { record_id: '2', title: 'B' },
        { record_id: '3', title: 'C' },
      ])
    },
  )
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ensureRawCatalog, withWarehouse } from '#warehouse'
import { rememberBuild } from '../../warehouse/publish/remembered.ts'

let folder: string
let raw: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'embut-remembered-'))
  raw = join(folder, 'raw.duckdb')
  await withWarehouse(raw, {}, (connection) => ensureRawCatalog(connection, []))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

type Built = { readonly day: string; readonly clients: number; readonly chance: number }

/** A built file whose newest day is `day`, with `clients` in one segment and a chance for one client. */
async function built(name: string, { day, clients, chance }: Built): Promise<string> {
  const file = join(folder, `${name}.duckdb`)
  await withWarehouse(file, {}, async (connection) => {
    await connection.run(
      `create table fct_segment_sizes as select 's' as segment_id, 'm' as owner_id, 'd' as department_id,
         size.clients as clients_count, 1 as audience_count, 0 as control_count, 0 as without_consent_count,
         0 as without_contact_count, size.day = date '${day}' as is_latest, size.day as size_on
       from (values (date '2020-01-01', 99), (date '${day}', ${clients})) as size(day, clients)`,
    )
    await connection.run(
      `create table fct_client_value as select 'c' as client_id, ${chance} as probability_alive,
         1 - ${chance} as churn_risk, 10.0 as expected_value`,
    )
  })
  return file
}

const remembered = (sql: string) => withWarehouse(raw, {}, (connection) => connection.query(sql))
const sizes = () =>
  remembered('select size_on::varchar as day, clients_count as n from raw_embut.segment_sizes order by day')

test('the size of a day stays as its last build counted it, whatever later builds count', async () => {
  await rememberBuild(raw, await built('a', { day: '2026-01-01', clients: 5, chance: 0.5 }), false)
  await rememberBuild(raw, await built('b', { day: '2026-01-01', clients: 6, chance: 0.5 }), false)
  await rememberBuild(raw, await built('c', { day: '2026-01-02', clients: 7, chance: 0.5 }), false)
  expect(await sizes()).toEqual([
    { day: '2026-01-01', n: 6 },
    { day: '2026-01-02', n: 7 },
  ])
})

test('values of clients are those of the last slow build', async () => {
  await rememberBuild(raw, await built('a', { day: '2026-01-01', clients: 5, chance: 0.5 }), true)
  await rememberBuild(raw, await built('b', { day: '2026-01-01', clients: 5, chance: 0.25 }), true)
  await rememberBuild(raw, await built('c', { day: '2026-01-01', clients: 5, chance: 0.75 }), false)
  expect(await remembered('select client_id, probability_alive from raw_embut.client_values')).toEqual([
    { client_id: 'c', probability_alive: 0.25 },
  ])
})

test('a project without segments leaves nothing to remember', async () => {
  const file = join(folder, 'plain.duckdb')
  await withWarehouse(file, {}, (connection) => connection.run('create table fct_deals as select 1 as id'))
  await rememberBuild(raw, file, true)
  expect(await sizes()).toEqual([])
})

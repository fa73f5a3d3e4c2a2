import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withWarehouse } from '#warehouse'
import type { Row } from '#warehouse'
import { COMPANY } from './company.ts'
import { dbtBuild } from './dbt-build.ts'
import { writeRaw } from './raw-fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'embut-models-'))
const files = {
  raw: join(folder, 'raw.duckdb'),
  marts: join(folder, 'marts.duckdb'),
  work: join(folder, 'work.duckdb'),
  target: join(folder, 'target'),
}
const rows = (sql: string): Promise<readonly Row[]> =>
  withWarehouse(files.marts, { readOnly: true }, (connection) => connection.query(sql))

beforeAll(async () => {
  await writeRaw(files.raw, COMPANY)
  await dbtBuild(files)
}, 240_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('marts', () => {
  test('exist', async () => {
    expect(await rows('select count(*)::integer as n from fct_deals')).toEqual([{ n: 12 }])
  })
})

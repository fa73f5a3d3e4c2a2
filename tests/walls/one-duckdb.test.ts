import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const ROOT = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)
const lockfile = z.object({ packages: z.record(z.string(), z.unknown()) })

describe('one DuckDB version everywhere', () => {
  it('opens in Node a file that the Python of dbt wrote, at the same version', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'embut-duckdb-'))
    const file = join(folder, 'from-python.duckdb')
    const script = `import duckdb; c = duckdb.connect(${JSON.stringify(file)}); c.sql("create table t as select version() v"); c.close()`
    await run(join(ROOT, '.venv/bin/python'), ['-c', script])
    const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' })
    const connection = await instance.connect()
    const read = await connection.runAndReadAll('select v as python, version() as node from t')
    const rows = read.getRowObjectsJson()
    expect(rows[0]?.['python']).toBe(rows[0]?.['node'])
    connection.closeSync()
    instance.closeSync()
    rmSync(folder, { recursive: true })
  })

  it('has one copy of DuckDB and one stand-in for the native package of Cube in the lockfile', () => {
    const { packages } = lockfile.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')))
    const copies = (name: string) =>
      Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`))
    expect(copies('@duckdb/node-api')).toEqual(['node_modules/@duckdb/node-api'])
    expect(copies('@cubejs-backend/native')).toEqual(['node_modules/@cubejs-backend/native'])
  })
})

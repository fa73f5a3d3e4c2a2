import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { QueryError } from '#config'
import { openWarehouse, withWarehouse } from '#warehouse'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embut-instance-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('two handles on one file share an instance: neither loses what the other commits', async () => {
  const file = join(folder, 'a.duckdb')
  const [left, right] = await Promise.all([openWarehouse(file), openWarehouse(join(folder, '.', 'a.duckdb'))])
  const [one, two] = await Promise.all([left.connect(), right.connect()])
  await one.run('create table t(n integer)')
  await Promise.all([one.run('insert into t values (1)'), two.run('insert into t values (2)')])
  left.close()
  await two.run('insert into t values (3)')
  right.close()
  const rows = await withWarehouse(file, { readOnly: true }, (each) =>
    each.query('select n from t order by n'),
  )
  expect(rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
})

test('a file that another process holds is said to be in use', async () => {
  const file = join(folder, 'b.duckdb')
  const script = `const { openWarehouse } = await import('#warehouse')
    const held = await openWarehouse(process.argv[1]); await held.connect(); console.log('held'); setInterval(() => held, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, file], { cwd: process.cwd() })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  await expect(openWarehouse(file)).rejects.toThrow(/in use by another process/)
  const waiting = openWarehouse(file, { waitMs: 20_000 })
  child.kill('SIGKILL')
  ;(await waiting).close()
})

test('a failing statement carries its SQL', async () => {
  const failure = await withWarehouse(':memory:', {}, (each) => each.query('select nothing')).catch(
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(QueryError)
  expect(failure).toMatchObject({ sql: 'select nothing' })
})

test('streams a result in batches, and big numbers and decimals exactly', async () => {
  await withWarehouse(':memory:', {}, async (each) => {
    let rows = 0
    for await (const batch of each.stream('select i from range(5000) t(i)')) rows += batch.length
    expect(rows).toBe(5000)
    expect(await each.query(`select 9007199254740993 as big, 0.1::decimal(18,4) as money`)).toEqual([
      { big: '9007199254740993', money: '0.1000' },
    ])
  })
})

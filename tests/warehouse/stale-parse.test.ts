import { chmodSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDbtProject } from './dbt-project.ts'
import type { DbtProject } from './dbt-project.ts'

const DBT = resolve(import.meta.dirname, '../../.venv/bin/dbt')
// Stumbles over an earlier parse as dbt does over a unit test that an update of many files has moved.
const STUMBLING = `#!/bin/sh
for argument; do
  [ "$before" = --target-path ] && target=$argument
  before=$argument
done
if [ -e "$target/partial_parse.msgpack" ]; then
  echo 'dbt found two unit_tests with one name' >&2
  exit 2
fi
exec '${DBT}' "$@"
`

let project: DbtProject

beforeAll(async () => {
  project = await makeDbtProject()
  rmSync(join(project.root, '.venv'))
  project.write('.venv/bin/dbt', STUMBLING)
  chmodSync(join(project.root, '.venv/bin/dbt'), 0o755)
})
afterAll(() => project.dispose())

test('a build that can not go on from an earlier parse parses everything', async () => {
  await project.build()
  const { file } = await project.build()
  expect(await project.rows(file, 'select count(*) as n from fct_deals')).toEqual([{ n: '2' }])
})

test('a model that can never be parsed is refused with what dbt says of it', async () => {
  project.write('models/broken.sql', `select * from {{ ref('nowhere') }}`)
  await expect(project.build()).rejects.toThrow(/nowhere/)
})

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { buildAndPublish, publishedFolder, withWarehouse } from '#warehouse'
import type { BuildOptions, Connection, Published, Row } from '#warehouse'

const VENV = resolve(import.meta.dirname, '../../.venv')

const FILES = {
  'dbt_project.yml': `name: mini
version: '1.0.0'
config-version: 2
profile: mini
model-paths: [models]
macro-paths: [warehouse/macros]
flags: { send_anonymous_usage_stats: false }
`,
  'warehouse/profiles.yml': `mini:
  target: build
  outputs:
    build:
      type: duckdb
      path: "{{ env_var('EMBUT_BUILD_FILE') }}"
      schema: main
      threads: 1
      attach:
        - { path: "{{ env_var('EMBUT_RAW_FILE') }}", alias: raw, read_only: true }
`,
  'models/stg_deals.sql': `{{ config(materialized='view') }} select * from raw.main.deals`,
  'models/fct_deals.sql': `{{ config(materialized='table') }}
select deal_id, amount, _load_id from {{ ref('stg_deals') }}`,
  'models/marts.yml': `models:
  - name: fct_deals
    columns:
      - name: deal_id
        data_tests: [not_null]
`,
}

/** A dbt project of two models over a raw warehouse of one table, in a temporary folder. */
export type DbtProject = {
  readonly root: string
  readonly published: string
  readonly config: BuildOptions['config']
  write(name: string, text: string): void
  raw(sql: string): Promise<number>
  build(options?: Partial<BuildOptions>): Promise<Published>
  rows(file: string, sql: string): Promise<readonly Row[]>
  read<T>(file: string, work: (connection: Connection) => Promise<T>): Promise<T>
  dispose(): void
}

export async function makeDbtProject(): Promise<DbtProject> {
  const root = mkdtempSync(join(tmpdir(), 'embut-publish-'))
  const dataDir = join(root, 'data')
  mkdirSync(dataDir)
  symlinkSync(VENV, join(root, '.venv'))
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  for (const [name, text] of Object.entries(FILES)) write(name, text)
  const raw = (sql: string) =>
    withWarehouse(join(dataDir, 'raw.duckdb'), {}, (connection) => connection.run(sql))
  await raw(`create schema raw_embut; create table raw_embut.settings(name varchar, value varchar);
    insert into raw_embut.settings values ('warehouse_id', 'w1');
    create table deals(deal_id varchar, amount decimal(18,2), _load_id bigint);
    insert into deals values ('1', 10, 1), ('2', 20, 1)`)
  const config = { dataDir, sources: [], publish: { keep: 3, keepBytes: 1e9 } }
  return {
    root,
    write,
    raw,
    config,
    published: publishedFolder(dataDir),
    build: (options) =>
      buildAndPublish({ config, projectRoot: root, withRawLock: (work) => work(), ...options }),
    rows: (file, sql) => withWarehouse(file, { readOnly: true }, (connection) => connection.query(sql)),
    read: (file, work) => withWarehouse(file, { readOnly: true }, work),
    dispose: () => rmSync(root, { recursive: true, force: true }),
  }
}

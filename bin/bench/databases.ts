import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { loadConfig } from '#config'
import { NO_MARIADB, NO_POSTGRES, startMariadb, startPostgres, type DatabaseServer } from '#demo'
import { connectorsOf, syncSources } from '#ingest'
import { openWorkspace, workspaceOptions } from '#workspace'
import { sideBySide, time, type Result } from './measure.ts'

const ROWS = 1_000_000
const REPEATS = 3
const CHANGED = 100

/** A real server that the set-up installed, with a table of deals, and how its plain driver reads it. */
export type Database = {
  readonly connector: 'postgres' | 'mysql'
  readonly missing: string | null
  readonly start: () => Promise<DatabaseServer>
  readonly fill: (rows: number) => string
  readonly readStraight: (url: string) => Promise<void>
}

const POSTGRES: Database = {
  connector: 'postgres',
  missing: NO_POSTGRES,
  start: startPostgres,
  fill: (rows) => `create table deals as select n as id, 'Deal ' || n as title, 'Stage ' || n % 7 as stage,
      'Owner ' || n % 40 as owner, 'Company ' || n % 20000 as company, (n * 7919::bigint % 100000) / 100.0 as amount,
      timestamp '2024-01-01' + n * interval '1 minute' as created_at,
      timestamp '2024-01-01' + n * interval '1 minute' as updated_at
    from generate_series(1, ${rows}) as s(n);
    alter table deals add primary key (id); create index on deals(updated_at)`,
  readStraight: async (url) => {
    const client = new pg.Client(url)
    await client.connect()
    for (let after = 0; after < ROWS; after += 100_000) {
      await client.query({
        text: 'select * from deals where id > $1 order by id limit 100000',
        values: [after],
      })
    }
    await client.end()
  },
}

const MARIADB: Database = {
  connector: 'mysql',
  missing: NO_MARIADB,
  start: startMariadb,
  fill: (
    rows,
  ) => `create table deals(id bigint primary key, title varchar(40), stage varchar(20), owner varchar(20),
      company varchar(30), amount decimal(12,2), created_at datetime, updated_at datetime, index(updated_at));
    insert into deals select seq, concat('Deal ', seq), concat('Stage ', seq % 7), concat('Owner ', seq % 40),
      concat('Company ', seq % 20000), (seq * 7919 % 100000) / 100, '2024-01-01' + interval seq minute, '2024-01-01' + interval seq minute
    from seq_1_to_${rows}`,
  readStraight: async (url) => {
    const client = await mysql.createConnection({ uri: url })
    for (let after = 0; after < ROWS; after += 100_000) {
      await client.query('select * from deals where id > ? order by id limit 100000', [after])
    }
    await client.end()
  },
}

export const DATABASES = [POSTGRES, MARIADB] as const

/**
 * Landing a million rows of a real database (typed, merged, with history and ledger) beside reading the same rows with
 * the plain driver, in the same pages; and finding 100 changed rows among a million beside finding them among 100,000.
 */
export async function benchDatabases(folder: string): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const database of DATABASES) {
    if (database.missing !== null) continue
    const server = await database.start()
    try {
      await server.run(database.fill(ROWS))
      results.push(await firstReading(database, server, folder), await fewChanged(database, server, folder))
    } finally {
      await server.stop()
    }
  }
  return results
}

async function firstReading(database: Database, server: DatabaseServer, folder: string): Promise<Result> {
  const { ours, reference } = await sideBySide(
    { warmUp: 1, repeats: REPEATS },
    async (turn) => {
      const state = join(folder, `${database.connector}-${turn}`)
      await land(database, server, state)
      rmSync(state, { recursive: true })
    },
    () => database.readStraight(server.url),
  )
  const perSecond = (milliseconds: number) => `${Math.round(ROWS / milliseconds)} k rows/s`
  const ratio = reference.median / ours.median
  return {
    name: `${database.connector} ingest, 1 M rows`,
    ours: perSecond(ours.median),
    reference: `driver ${perSecond(reference.median)}`,
    ratio: `${ratio.toFixed(2)} ×`,
    goal: '≥ 0.5 ×',
    isMet: ratio >= 0.5,
  }
}

async function fewChanged(database: Database, server: DatabaseServer, folder: string): Promise<Result> {
  const large = await changedIn(database, server, join(folder, `${database.connector}-large`))
  await server.run('delete from deals where id > 100000')
  const small = await changedIn(database, server, join(folder, `${database.connector}-small`))
  const ratio = large / small
  return {
    name: `${database.connector}, ${CHANGED} changed of 1 M`,
    ours: `${large.toFixed(0)} ms`,
    reference: `of 100 k ${small.toFixed(0)} ms`,
    ratio: `${ratio.toFixed(2)} ×`,
    goal: '≤ 1.5 ×',
    isMet: ratio <= 1.5,
  }
}

/** Milliseconds of the quickest of some syncs that each find rows changed since the one before. */
async function changedIn(database: Database, server: DatabaseServer, state: string): Promise<number> {
  await land(database, server, state)
  const times: number[] = []
  for (let turn = 1; turn <= REPEATS; turn++) {
    await server.run(
      `update deals set stage = 'Moved ${turn}', updated_at = '2026-02-0${turn}' where id <= ${CHANGED}`,
    )
    times.push(await time(() => land(database, server, state)))
  }
  rmSync(state, { recursive: true })
  return Math.min(...times)
}

async function land(database: Database, server: DatabaseServer, state: string): Promise<void> {
  mkdirSync(state, { recursive: true })
  const file = join(state, 'embut.yaml')
  const company = '{ name: Bench, timezone: UTC, currency: EUR, locale: en-GB, country: GB }'
  writeFileSync(file, `company: ${company}\n${configOfDatabase(database, server)}`)
  const config = loadConfig(file, {})
  const workspace = await openWorkspace(workspaceOptions(config, {}))
  // The company's calendar is no part of what is measured.
  const connectors = connectorsOf(workspace).filter(({ kind }) => kind !== 'workspace')
  const { failures } = await syncSources({ config, workspace, connectors })
  await workspace.close()
  if (failures.length > 0) throw new Error(failures.map((failure) => failure.message).join('; '))
}

/** The `sources` of a company that reads the table. */
export function configOfDatabase({ connector }: Database, { url }: DatabaseServer): string {
  return `sources:
  bench:
    connector: ${connector}
    url: ${url}
    tables:
      - table: deals
        entity: deals
        updatedAt: updated_at
        columns: { deal_id: id, title: title, stage: stage, owner: owner, company: company, amount: amount,
          created_at: created_at, updated_at: updated_at }
`
}

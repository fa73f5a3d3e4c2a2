import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { readLedger, withWarehouse } from '#warehouse'
import { openWorkspace, workspaceOptions } from '#workspace'
import { loadConfig } from '#config'
import { COMPANY } from './project.ts'

const KILLS = Number(process.env['EMBUT_KILLS'] ?? 6)
const SEED = Number(process.env['EMBUT_SEED'] ?? Date.now() % 1_000_000)
const TIMEOUT_MS = 60_000 + KILLS * 30_000
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const YAML = `${COMPANY}
sources:
  crm:
    connector: bitrix24
    url: https://example.invalid
    auth: { webhook: none }
  shop:
    connector: files
    folder: data
    files:
      - { match: '*.csv', entity: contacts, columns: { contact_id: id, name: name, phone: phone } }
`

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'embut-kill-'))
  folders.push(folder)
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'embut.yaml'), YAML)
  return folder
}

/** Puts the sources in one of two states: in the second, records changed, vanished and came. */
function setVersion(folder: string, version: 1 | 2): void {
  writeFileSync(join(folder, 'version'), String(version))
  const ids = Array.from({ length: 300 }, (_, id) => id).filter((id) => version === 1 || id % 7 !== 0)
  const phone = (id: number) => `+3461234${String(5000 + id + version)}`
  for (const part of [0, 1, 2]) {
    const lines = ids
      .filter((id) => id % 3 === part)
      .map((id) => `${part}-${id},Name ${id * version},${phone(id)}`)
    writeFileSync(
      join(folder, 'data', `part-${part}.csv`),
      ['id,name,phone', ...lines, ',nobody,', ''].join('\n'),
    )
  }
}

/** Runs a sync in a process of its own; kills it hard after `killAfterMs` (from when it is ready), if given. */
async function sync(folder: string, delayMs: number, killAfterMs?: number): Promise<boolean> {
  return (await timedSync(folder, delayMs, killAfterMs)).isWhole
}

/** `ms` counts from when the process is ready. */
async function timedSync(
  folder: string,
  delayMs: number,
  killAfterMs?: number,
): Promise<{ readonly isWhole: boolean; readonly ms: number }> {
  const script = join(import.meta.dirname, 'sync-child.ts')
  const args = [script, join(folder, 'embut.yaml'), join(folder, 'version'), String(delayMs)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const errors: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended])
  const began = performance.now()
  if (killAfterMs !== undefined) {
    await Promise.race([sleep(killAfterMs), ended])
    child.kill('SIGKILL')
    return { isWhole: (await ended) === 0, ms: performance.now() - began }
  }
  expect(await ended, Buffer.concat(errors).toString()).toBe(0)
  return { isWhole: true, ms: performance.now() - began }
}

/** Every raw table, by name: its rows without when and by which load they came. */
async function tables(folder: string): Promise<Readonly<Record<string, unknown>>> {
  return withWarehouse(join(folder, '.embut', 'raw.duckdb'), { readOnly: true }, async (connection) => {
    const found = await connection.query(
      `select schema_name || '.' || table_name as name from duckdb_tables()
       where schema_name like 'raw_%' and table_name not in ('loads', 'settings', 'cursors') order by name`,
    )
    const entries = found.map(async ({ name }) => {
      const rows = await connection.query(
        `select * exclude (stamp) from (select columns(c -> c not in ('_load_id', '_loaded_at', 'load_id', 'resolved_at')),
           1 as stamp from ${String(name)}) order by all`,
      )
      return [String(name), rows] as const
    })
    return Object.fromEntries(await Promise.all(entries))
  })
}

/** Small, seeded and good enough to choose moments. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state / 0x7fffffff
  }
}

test(
  `a sync killed at random points ends with the rows of an undisturbed one (seed ${SEED})`,
  async () => {
    const undisturbed = makeFolder()
    setVersion(undisturbed, 1)
    const { ms: wholeMs } = await timedSync(undisturbed, 10)
    setVersion(undisturbed, 2)
    await sync(undisturbed, 0)

    const random = randomOf(SEED)
    const killed = makeFolder()
    let hits = 0
    for (const version of [1, 2] as const) {
      setVersion(killed, version)
      for (let kill = 0; kill < KILLS / 2; kill++)
        if (!(await sync(killed, 10, random() * wholeMs * 0.7))) hits += 1
      await sync(killed, 0)
    }
    expect(await tables(killed)).toEqual(await tables(undisturbed))
    expect(hits).toBeGreaterThan(0)

    const config = loadConfig(join(killed, 'embut.yaml'), {})
    const ledger = await withWarehouse(join(config.dataDir, 'raw.duckdb'), { readOnly: true }, (each) =>
      readLedger(each),
    )
    const workspace = await openWorkspace(workspaceOptions(config, {}))
    const mirrored = await workspace.loads.list({ limit: 1000 })
    await workspace.close()
    expect(mirrored.map(({ loadId }) => loadId).sort()).toEqual(ledger.map(({ loadId }) => loadId).sort())
  },
  TIMEOUT_MS,
)

test('a sync whose warehouse was lost reads everything again', async () => {
  const folder = makeFolder()
  setVersion(folder, 1)
  await sync(folder, 0)
  const before = await tables(folder)
  rmSync(join(folder, '.embut', 'raw.duckdb'))
  await sync(folder, 0)
  expect(await tables(folder)).toEqual(before)
})

test('two syncs at once do not both run', async () => {
  const folder = makeFolder()
  setVersion(folder, 1)
  await Promise.all([sync(folder, 5), sync(folder, 5)])
  const sizes = await withWarehouse(join(folder, '.embut', 'raw.duckdb'), { readOnly: true }, (connection) =>
    connection.query(`select count(*) as n from all_bitrix24.leads__history`),
  )
  expect(sizes).toEqual([{ n: '601' }])
})

import { createServer } from 'node:http'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadConfig } from '#config'
import { withWarehouse } from '#warehouse'
import { openWorkspace, workspaceOptions } from '#workspace'
import { runCli } from './run-cli.ts'

let folder: string
let config: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embut-upkeep-'))
  await mkdir(join(folder, 'data'))
  config = await writeConfig('')
  await writeContacts(['Ana', 'Berta'])
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function writeConfig(more: string): Promise<string> {
  const file = join(folder, 'embut.yaml')
  await writeFile(
    file,
    `company: { name: Test, timezone: UTC, currency: EUR, locale: en-GB, country: ES }
sources:
  sheet:
    connector: files
    folder: data
    files: [{ match: '*.csv', entity: contacts, columns: { contact_id: id, name: name } }]
${more}`,
  )
  return file
}

async function writeContacts(names: readonly string[]): Promise<void> {
  const lines = names.map((name, index) => `${index + 1},${name}`)
  await writeFile(join(folder, 'data/contacts.csv'), ['id,name', ...lines, ''].join('\n'))
}

async function run(...args: string[]): Promise<string> {
  const { code, out, err } = await runCli([...args, '--config', config])
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
  return out
}

async function contacts(): Promise<string[]> {
  const rows = await withWarehouse(join(folder, '.embut/raw.duckdb'), { readOnly: true }, (connection) =>
    connection.query('select name from raw_sheet.contacts where not _deleted order by name'),
  )
  return rows.map((row) => String(row['name']))
}

async function addUser(email: string): Promise<void> {
  const workspace = await openWorkspace(workspaceOptions(loadConfig(config)))
  await workspace.users.create({ name: email, email, password: 'correct horse', role: 'analyst' })
  await workspace.close()
}

async function hasUser(email: string): Promise<boolean> {
  const workspace = await openWorkspace(workspaceOptions(loadConfig(config)))
  const found = await workspace.users.findByEmail(email)
  await workspace.close()
  return found !== null
}

test(
  'a backup brings back raw data, spool and workspace, and keeps what it replaces',
  { timeout: 120_000 },
  async () => {
    await run('sync')
    await addUser('before@test.example')
    await mkdir(join(folder, '.embut/spool/site'), { recursive: true })
    await writeFile(join(folder, '.embut/spool/site/posted'), 'a lead')
    await writeFile(join(folder, '.embut/key'), 'the key of secrets')
    await run('backup', join(folder, 'backups'))
    const [name = ''] = await readdir(join(folder, 'backups'))
    const backup = join(folder, 'backups', name)
    expect(await readdir(backup)).toEqual(['embut.yaml', 'raw.duckdb', 'spool', 'workspace.sqlite'])

    await writeContacts(['Ana', 'Berta', 'Carla'])
    await run('sync')
    await addUser('after@test.example')
    expect(await contacts()).toEqual(['Ana', 'Berta', 'Carla'])

    expect(await run('restore', backup)).toContain('Restored into')
    expect(await contacts()).toEqual(['Ana', 'Berta'])
    expect([await hasUser('before@test.example'), await hasUser('after@test.example')]).toEqual([true, false])
    expect(await readdir(join(folder, '.embut'))).toEqual(expect.arrayContaining(['key', 'spool']))
    expect((await readdir(folder)).filter((each) => each.startsWith('.embut.before-'))).toHaveLength(1)
    await run('sync')
    expect(await contacts()).toEqual(['Ana', 'Berta', 'Carla'])
  },
)

test('a folder that is no backup is refused and nothing is moved', { timeout: 60_000 }, async () => {
  await run('sync')
  const { code, err } = await runCli(['restore', join(folder, 'data'), '--config', config])
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^✖ .*data is no backup/) })
  expect(await contacts()).toEqual(['Ana', 'Berta'])
})

test('the doctor names each thing that is wrong and what to do', { timeout: 60_000 }, async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await writeConfig(`  gone:
    connector: files
    folder: nowhere
    files: [{ match: '*.csv', entity: deals, columns: { deal_id: id } }]
server: { port: ${port} }
`)
  const sick = await runCli(['doctor', '--config', config])
  expect(sick.code).toBe(1)
  expect(sick.out).toMatch(/✖ Source gone: the folder .*nowhere is not there: create it/)
  expect(sick.out).toContain(`✖ Port ${port} is free: something listens there`)
  expect(sick.out).toContain('✔ Source sheet')
  await new Promise((resolve) => server.close(resolve))
  await writeConfig(`server: { port: ${port} }\n`)
  const { code, out } = await runCli(['doctor', '--config', config])
  expect({ code, out }).toEqual({ code: 0, out: expect.not.stringContaining('✖') })
})

import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { parseConfig } from '#config'
import { openWorkspace, workspaceOptions } from '#workspace'

const folder = mkdtempSync(join(tmpdir(), 'embut-open-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('makes the file for its owner only, with every commit on disk before it counts', async () => {
  const file = join(folder, 'new', 'workspace.sqlite')
  const workspace = await openWorkspace({ file })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const { sql } = await import('kysely')
  const pragma = async (name: string) => (await sql`pragma ${sql.raw(name)}`.execute(workspace.db)).rows[0]
  expect(await pragma('journal_mode')).toEqual({ journal_mode: 'wal' })
  expect(await pragma('synchronous')).toEqual({ synchronous: 2 })
  expect(await pragma('foreign_keys')).toEqual({ foreign_keys: 1 })
  await workspace.close()
})

it('keeps the key in a file for its owner only, made once', async () => {
  const file = join(folder, 'key', 'workspace.sqlite')
  const workspace = await openWorkspace({ file, env: {} })
  expect(existsSync(join(folder, 'key', 'key'))).toBe(false)
  await workspace.secrets.set('a', 'one')
  expect(statSync(join(folder, 'key', 'key')).mode & 0o777).toBe(0o600)
  const again = await openWorkspace({ file, env: {} })
  expect(await again.secrets.get('a')).toBe('one')
  expect(again.secrets.derive('sign-in')).toBe(workspace.secrets.derive('sign-in'))
  expect(again.secrets.derive('sign-in')).not.toBe(workspace.secrets.derive('other'))
  await Promise.all([workspace.close(), again.close()])
})

it('takes the key from EMBUT_KEY and says so when it is another one', async () => {
  const file = join(folder, 'env', 'workspace.sqlite')
  const open = (key: string) => openWorkspace({ file, env: { EMBUT_KEY: key } })
  const first = await open(randomBytes(32).toString('base64'))
  await first.secrets.set('a', 'one')
  expect(existsSync(join(folder, 'env', 'key'))).toBe(false)
  const other = await open(randomBytes(32).toString('hex'))
  await expect(other.secrets.get('a')).rejects.toThrow('kept under another key')
  const short = await open('dG9vIHNob3J0')
  await expect(short.secrets.get('a')).rejects.toThrow('holds 9 bytes, but a key has 32')
  await expect(short.secrets.get('a')).rejects.not.toThrow('dG9vIHNob3J0')
  await Promise.all([first.close(), other.close(), short.close()])
})

it('waits without blocking when the same process has it open twice', async () => {
  const options = { file: join(folder, 'twice', 'workspace.sqlite') }
  const [one, other] = await Promise.all([openWorkspace(options), openWorkspace(options)])
  const slow = one.db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('settings').execute()
    await new Promise((resolve) => setTimeout(resolve, 200))
  })
  await Promise.all([slow, other.settings.set('a', 1)])
  expect(await one.settings.get('a')).toBe(1)
  await Promise.all([one.close(), other.close()])
})

it('copies itself whole while it is in use', async () => {
  const workspace = await openWorkspace({ file: join(folder, 'backup', 'workspace.sqlite') })
  await workspace.settings.set('a', 1)
  const copy = join(folder, 'copies', 'workspace.sqlite')
  await workspace.backup(copy)
  await workspace.backup(copy)
  await workspace.settings.set('a', 2)
  const restored = await openWorkspace({ file: copy })
  expect(await restored.settings.get('a')).toBe(1)
  expect(statSync(copy).mode & 0o777).toBe(0o600)
  await Promise.all([workspace.close(), restored.close()])
})

it('says in one sentence that it cannot be opened', async () => {
  const notADatabase = join(folder, 'text.sqlite')
  writeFileSync(notADatabase, 'just text, long enough to be read as a header of a database file, and more')
  await expect(openWorkspace({ file: notADatabase })).rejects.toThrow(
    /^Cannot open the workspace file .*not a database/,
  )
  expect(readFileSync(notADatabase, 'utf8')).toContain('just text')
  const below = join(notADatabase, 'workspace.sqlite')
  await expect(openWorkspace({ file: below })).rejects.toThrow('Cannot open the workspace file')
})

it('never shows the password of a PostgreSQL that does not answer', async () => {
  const opening = openWorkspace({ url: 'postgres://anna:hunter2@127.0.0.1:1/embut' })
  await expect(opening).rejects.toThrow('Cannot open the workspace in PostgreSQL at 127.0.0.1:1/embut')
  await expect(opening).rejects.not.toThrow('hunter2')
})

it('lies in the data folder unless the configuration names a database', () => {
  const company = 'company: { name: A, timezone: UTC, currency: EUR }\n'
  const own = parseConfig(company, '/p/embut.yaml', {})
  expect(workspaceOptions(own, {})).toMatchObject({ file: '/p/.embut/workspace.sqlite' })
  const shared = parseConfig(`${company}workspace: { url: postgres://h/d }`, '/p/embut.yaml', {})
  expect(workspaceOptions(shared, {})).toMatchObject({ url: 'postgres://h/d', dataDir: '/p/.embut' })
})

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadConfig } from '#config'
import { openWorkspace, workspaceOptions } from '#workspace'

const DOWN = '\u001B[B'
const CLEAR = '\u0015'
const CTRL_C = '\u0003'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embut-init-'))
  await mkdir(join(folder, 'data'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

type Step = {
  /** Words of the question that is waited for. */
  readonly when: string
  readonly type: string
}

/** Runs `embut init` in a terminal of its own (`script` gives it one) and answers its questions in order. */
async function answer(
  steps: readonly Step[],
): Promise<{ readonly code: number | null; readonly said: string }> {
  const command = `${process.execPath} bin/cli.ts init --config ${join(folder, 'embut.yaml')}`
  const child = spawn('script', ['-qefc', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] })
  let said = ''
  let unanswered = ''
  const left = [...steps]
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    unanswered += chunk.toString()
    const [next] = left
    if (next === undefined || !unanswered.includes(next.when)) return
    left.shift()
    unanswered = ''
    child.stdin.write(next.type)
  })
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  expect(left, said).toEqual([])
  return { code, said }
}

const COMPANY: readonly Step[] = [
  { when: 'Company name', type: 'Acme\r' },
  { when: 'Time zone', type: `${CLEAR}Mars/Phobos\r` },
  { when: 'A zone such as Europe/Madrid', type: `${CLEAR}Europe/Madrid\r` },
  { when: 'Currency', type: '\r' },
  { when: 'Language', type: 'es-ES\r' },
  { when: 'Country', type: 'es\r' },
]

test('the answers become a configuration and the first administrator', { timeout: 60_000 }, async () => {
  const { code, said } = await answer([
    ...COMPANY,
    { when: 'Connect a source', type: 'y\r' },
    { when: 'Kind', type: `${DOWN}\r` },
    { when: 'short name', type: '\r' },
    { when: 'Folder', type: 'nowhere\r' },
    { when: 'is not there', type: `${CLEAR}data\r` },
    { when: 'Another source', type: 'n\r' },
    { when: 'Your name', type: 'Ana\r' },
    { when: 'Your e-mail', type: 'ana@acme.example\r' },
    { when: 'A password', type: 'short\r' },
    { when: 'At least', type: `${CLEAR}correct horse\r` },
  ])
  expect({ code, said }).toMatchObject({ code: 0 })
  const config = loadConfig(join(folder, 'embut.yaml'))
  expect(config.company).toMatchObject({ name: 'Acme', timezone: 'Europe/Madrid', country: 'ES' })
  expect(config.sources.map(({ name, connector }) => ({ name, connector }))).toContainEqual({
    name: 'files',
    connector: 'files',
  })
  const workspace = await openWorkspace(workspaceOptions(config))
  expect(await workspace.users.findByEmail('ana@acme.example')).toMatchObject({ role: 'administrator' })
  await workspace.close()
  expect(await readFile(join(folder, 'embut.yaml'), 'utf8')).not.toContain('correct horse')
  expect(said).not.toContain('correct horse')
})

test('Ctrl-C leaves nothing behind and says so in one line', { timeout: 60_000 }, async () => {
  const { code, said } = await answer([
    { when: 'Company name', type: 'Acme\r' },
    { when: 'Time zone', type: CTRL_C },
  ])
  expect(code).toBe(130)
  expect(said).toContain('Stopped.')
  expect(said).not.toContain('defect')
  expect(existsSync(join(folder, 'embut.yaml'))).toBe(false)
})

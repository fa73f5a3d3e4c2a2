import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { demoSignIns, type DemoSignIn } from '#demo'
import { signInAs } from '../../bin/demo-check.ts'

/** The moment at which the company is looked at: the last working day of the demo's 36 months. */
export const NOW = new Date('2026-11-20T12:00:00Z')

export type Place = {
  readonly url: string
  readonly configFile: string
  readonly dataDir: string
  /** The published DuckDB file. */
  readonly file: string
  readonly version: string
}
export type Living = { readonly cores: number; readonly databases: number }
export type Company = Place & {
  /** How many of each service live in the serving process. */
  living(): Promise<Living>
  /** Files below the company's folder that the serving process holds open, one entry per descriptor. */
  openFiles(): Promise<string[]>
  close(): Promise<void>
}

/** The miniature demo company, from its sources to the built portal, served by a process of its own. */
export async function openCompany(): Promise<Company> {
  const kept = process.env['EMBUT_E2E_COMPANY']
  const dir = kept ?? (await mkdtemp(join(tmpdir(), 'embut-e2e-')))
  const child = spawn(process.execPath, ['tests/e2e/company-process.ts', dir], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', TZ: 'UTC' },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const answer = async <T>(): Promise<T> => {
    const { value, done } = await lines.next()
    if (done === true) throw new Error(`The company's process ended with ${child.exitCode}.`)
    return JSON.parse(value) as T
  }
  const place = await answer<Place>()
  const living = (): Promise<Living> => {
    child.stdin.write('living\n')
    return answer<Living>()
  }
  const close = async (): Promise<void> => {
    child.stdin.end()
    await ended
    if (kept === undefined) await rm(dir, { recursive: true, force: true })
  }
  return { ...place, living, openFiles: () => openFiles(child.pid ?? 0, dir), close }
}

async function openFiles(pid: number, dir: string): Promise<string[]> {
  const folder = `/proc/${pid}/fd`
  const files = await Promise.all(
    (await readdir(folder)).map((id) => readlink(join(folder, id)).catch(() => '')),
  )
  return files.filter((file) => file.startsWith(dir)).sort()
}

export function signInOf(role: DemoSignIn['role']): DemoSignIn {
  const found = demoSignIns.find((each) => each.role === role)
  if (found === undefined) throw new Error(`The demo has no ${role}.`)
  return found
}

/** Posts JSON to the portal as a role of the demo; the session is opened once by the caller. */
export function poster(url: string, cookie: string) {
  return (path: string, body: unknown): Promise<Response> =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, cookie },
      body: JSON.stringify(body),
    })
}

const sessions = new Map<string, Promise<string>>()

/** `poster` with the session of a role, signed in once: an address may sign in twenty times a minute. */
export async function postAs(url: string, role: DemoSignIn['role']) {
  const key = `${url} ${role}`
  const session = sessions.get(key) ?? signInAs(url, signInOf(role))
  sessions.set(key, session)
  return poster(url, await session)
}

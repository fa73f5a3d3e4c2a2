import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { WorkspaceOptions } from '#workspace'

/** A place for workspaces: `fresh` names an empty one; `skip` says why there is none on this machine. */
export type TestDatabase = {
  readonly kind: 'sqlite' | 'postgres'
  readonly skip: string | null
  readonly start: () => void
  readonly fresh: () => Promise<WorkspaceOptions>
  readonly stop: () => void
}

/** Both databases that a workspace can live in. */
export function testDatabases(): TestDatabase[] {
  return [sqlite(), postgres()]
}

function sqlite(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'embut-workspace-'))
  let made = 0
  return {
    kind: 'sqlite',
    skip: null,
    start: () => undefined,
    fresh: () => Promise.resolve({ file: join(folder, String((made += 1)), 'workspace.sqlite') }),
    stop: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function postgres(): TestDatabase {
  const programs = findPrograms()
  const folder = mkdtempSync(join(tmpdir(), 'embut-pg-'))
  const data = join(folder, 'data')
  let made = 0
  const run = (program: string, ...args: string[]) => asPostgres(join(programs ?? '', program), args)
  return {
    kind: 'postgres',
    skip: programs === null ? 'PostgreSQL is not installed (apt install postgresql)' : null,
    start: () => {
      if (process.getuid?.() === 0) execFileSync('chown', ['postgres', folder])
      chmodSync(folder, 0o700)
      run('initdb', '-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync')
      const settings = `-k ${folder} -c listen_addresses= -c fsync=off -c max_connections=300`
      run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start')
    },
    fresh: async () => {
      const name = `workspace_${(made += 1)}`
      const client = new pg.Client({ host: folder, user: 'postgres', database: 'postgres' })
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      return { url: `postgres://postgres@localhost/${name}?host=${folder}`, dataDir: join(folder, 'state') }
    },
    stop: () => {
      if (existsSync(data)) run('pg_ctl', '-D', data, '-m', 'immediate', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function findPrograms(): string | null {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return null
  const versions = readdirSync(root).toSorted((a, b) => Number(b) - Number(a))
  return (
    versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb'))) ??
    null
  )
}

// The server refuses to run as root.
function asPostgres(program: string, args: readonly string[]): void {
  const isRoot = process.getuid?.() === 0
  const [command, ...rest] = isRoot
    ? ['runuser', '-u', 'postgres', '--', program, ...args]
    : [program, ...args]
  execFileSync(command, rest, { stdio: 'ignore', cwd: '/' })
}

import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import mysql from 'mysql2/promise'
import pg from 'pg'

/** A database server for a test or a benchmark alone, on loopback, with a data folder of its own. */
export type DatabaseServer = {
  readonly url: string
  /** Runs statements as its owner. */
  run(sql: string): Promise<void>
  stop(): Promise<void>
}

const POSTGRES_ROOT = '/usr/lib/postgresql'
const MARIADB = ['/usr/sbin/mariadbd', '/usr/sbin/mysqld', '/usr/libexec/mysqld'].find(existsSync)

/** Why a server can't be started here, or null. */
export const NO_POSTGRES =
  postgresPrograms() === null ? 'PostgreSQL is not installed (Debian: apt install postgresql-15)' : null
export const NO_MARIADB =
  MARIADB === undefined ? 'MariaDB is not installed (Debian: apt install mariadb-server)' : null

export async function startPostgres(): Promise<DatabaseServer> {
  const programs = postgresPrograms() ?? ''
  const folder = ownedFolder('postgres')
  const data = join(folder, 'data')
  const port = await freePort()
  const run = (program: string, ...args: string[]) => {
    const [command, ...rest] = [...asUser('postgres'), join(programs, program), ...args]
    execFileSync(command ?? '', rest, { stdio: 'ignore', cwd: '/' })
  }
  const auth = ['--auth-local=trust', '--auth-host=scram-sha-256']
  run('initdb', '-D', data, ...auth, '-U', 'owner', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8')
  const settings = `-k ${folder} -p ${port} -c listen_addresses=127.0.0.1 -c fsync=off -c timezone=Asia/Tokyo`
  run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start')
  const client = new pg.Client({ host: folder, port, user: 'owner', database: 'postgres' })
  await client.connect()
  await client.query(`create role reader login password 'secret'; grant pg_read_all_data to reader`)
  return {
    url: `postgres://reader:secret@127.0.0.1:${port}/postgres`,
    run: async (sql) => void (await client.query(sql)),
    stop: async () => {
      await client.end()
      run('pg_ctl', '-D', data, '-m', 'immediate', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function startMariadb(): Promise<DatabaseServer> {
  const folder = ownedFolder('mysql')
  const data = join(folder, 'data')
  const port = await freePort()
  const [install, ...args] = [
    ...asUser('mysql'),
    'mariadb-install-db',
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ]
  execFileSync(install ?? '', args, { stdio: 'ignore', cwd: '/' })
  const server = spawnMariadb(folder, data, port)
  const client = await connectWhenReady(port)
  await client.query('create database crm character set utf8mb4; use crm')
  await client.query(
    `create user reader@'127.0.0.1' identified by 'secret'; grant select on *.* to reader@'127.0.0.1'`,
  )
  return {
    url: `mysql://reader:secret@127.0.0.1:${port}/crm`,
    run: async (sql) => void (await client.query(sql)),
    stop: async () => {
      await client.end()
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function spawnMariadb(folder: string, data: string, port: number): ChildProcess {
  const options = [
    '--no-defaults',
    `--datadir=${data}`,
    `--socket=${join(folder, 'socket')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--default-time-zone=+09:00',
    '--sql-mode=',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-buffer-pool-size=64M',
    ...(process.getuid?.() === 0 ? ['--user=mysql'] : []),
  ]
  return spawn(MARIADB ?? '', options, { stdio: 'ignore', cwd: '/' })
}

async function connectWhenReady(port: number): Promise<mysql.Connection> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await mysql.createConnection({ host: '127.0.0.1', port, user: 'root', multipleStatements: true })
    } catch (error) {
      if (attempt === 150) throw error
      await sleep(200)
    }
  }
}

// Neither server runs as root.
function asUser(name: string): string[] {
  return process.getuid?.() === 0 ? ['runuser', '-u', name, '--'] : []
}

function ownedFolder(user: string): string {
  const folder = mkdtempSync(join(tmpdir(), `embut-${user}-`))
  if (process.getuid?.() === 0) execFileSync('chown', [user, folder])
  chmodSync(folder, 0o755)
  return folder
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

function postgresPrograms(): string | null {
  if (!existsSync(POSTGRES_ROOT)) return null
  const versions = readdirSync(POSTGRES_ROOT).toSorted((a, b) => Number(b) - Number(a))
  const folders = versions.map((version) => join(POSTGRES_ROOT, version, 'bin'))
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null
}

import { existsSync } from 'node:fs'
import { capture } from './process.mjs'
import { step } from './step.mjs'

const SERVERS = [
  { name: 'PostgreSQL', package: 'postgresql-15', places: ['/usr/lib/postgresql'] },
  {
    name: 'MariaDB',
    package: 'mariadb-server',
    places: ['/usr/sbin/mariadbd', '/usr/sbin/mysqld', '/usr/libexec/mysqld'],
  },
]

/**
 * The database servers that the connectors' tests start on loopback: Debian's, installed when root. Where they can't
 * be, the tests that need one are skipped and say so.
 */
export async function ensureDatabases() {
  const missing = SERVERS.filter(({ places }) => !places.some(existsSync))
  if (missing.length === 0) return
  if (process.getuid?.() === 0) await step('Database servers from Debian packages', () => install(missing))
  for (const { name, package: wanted, places } of missing) {
    if (places.some(existsSync)) continue
    process.stdout.write(`  ! ${name} is missing: its tests are skipped (Debian: apt install ${wanted}).\n`)
  }
}

async function install(missing) {
  await capture('apt-get', ['update', '-qq'])
  const packages = missing.map((server) => server.package)
  return capture('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}

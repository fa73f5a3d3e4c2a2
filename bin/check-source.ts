import { existsSync, globSync } from 'node:fs'
import { connect } from 'node:net'
import type { Config } from '#config'

type Source = Config['sources'][number]

const WAIT_MS = 10_000
const PORTS: Readonly<Record<string, number>> = {
  'postgres:': 5432,
  'postgresql:': 5432,
  'mysql:': 3306,
  'mariadb:': 3306,
}

/** What keeps a source from being read as far as it can be told without its credentials; undefined when nothing does. */
export async function checkSource(source: Source): Promise<string | undefined> {
  switch (source.connector) {
    case 'files':
      return checkFiles(
        source.folder,
        source.files.map((file) => file.match),
      )
    case 'postgres':
    case 'mysql':
      return checkDatabase(new URL(source.url))
    case 'singer':
      return checkProgram(source.command[0] ?? '')
    case 'webhook':
      return undefined
    case 'sheets':
      return checkAddress(new URL(source.sheets[0]?.url ?? '').origin)
    default:
      return checkAddress(source.url)
  }
}

async function checkAddress(url: string): Promise<string | undefined> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(WAIT_MS) }).catch((cause: unknown) => cause)
  return answer instanceof Response
    ? undefined
    : `${new URL(url).host} does not answer: check the address and the network`
}

function checkDatabase({ hostname, port, protocol, searchParams }: URL): Promise<string | undefined> {
  if (hostname === '' || searchParams.has('host')) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) || (PORTS[protocol] ?? 0), timeout: WAIT_MS })
    const settle = (problem: string | undefined) => {
      socket.destroy()
      resolve(problem)
    }
    const silent = `${hostname} does not answer: check the address and the network`
    socket.once('connect', () => settle(undefined))
    socket.once('timeout', () => settle(silent))
    socket.once('error', () => settle(silent))
  })
}

function checkProgram(program: string): string | undefined {
  if (!program.includes('/') || existsSync(program)) return undefined
  return `${program} is not there: install the tap, or mend command in embut.yaml`
}

function checkFiles(folder: string, patterns: readonly string[]): string | undefined {
  if (!existsSync(folder)) return `the folder ${folder} is not there: create it, or mend folder in embut.yaml`
  const empty = patterns.filter((pattern) => globSync(pattern, { cwd: folder }).length === 0)
  return empty.length === 0 ? undefined : `no file in ${folder} matches ${empty.join(', ')}`
}

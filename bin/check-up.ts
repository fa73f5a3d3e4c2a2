import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { reasonOf, type Config } from '#config'
import { withWarehouse } from '#warehouse'
import { checkSource } from './check-source.ts'
import { PROJECT_ROOT, withWorkspace } from './context.ts'

const run = promisify(execFile)
const NEEDED_BYTES = 2e9

/** One thing looked at; `problem` says what is wrong and what to do, undefined when it is well. */
export type Finding = { readonly name: string; readonly problem?: string | undefined }

/** Looks at everything that `build` and `serve` need, one finding after another. Never throws for what it finds. */
export async function* checkUp(config: Config): AsyncGenerator<Finding> {
  yield await look('Data folder can be written', () => checkFolder(config))
  yield await look('Disk space', () => checkDisk(config))
  yield await look('dbt', checkDbt)
  yield await look('One DuckDB version in Node and Python', checkDuckdb)
  yield await look('Portal is built', () => checkPortal())
  yield await look('Workspace', () => withWorkspace(config, async () => undefined))
  yield await look(`Port ${config.server.port} is free`, () => checkPort(config))
  for (const source of config.sources) yield await look(`Source ${source.name}`, () => checkSource(source))
}

async function look(
  name: string,
  check: () => Promise<string | undefined> | string | undefined,
): Promise<Finding> {
  try {
    return { name, problem: await check() }
  } catch (error) {
    return { name, problem: reasonOf(error) }
  }
}

function checkFolder(config: Config): undefined {
  mkdirSync(config.dataDir, { recursive: true })
  accessSync(config.dataDir, constants.R_OK | constants.W_OK)
}

function checkDisk(config: Config): string | undefined {
  const { bavail, bsize } = statfsSync(config.dataDir)
  const free = bavail * bsize
  return free < NEEDED_BYTES
    ? `only ${Math.round(free / 1e6)} MB are free; a build needs room for a copy`
    : undefined
}

async function checkDbt(): Promise<undefined> {
  await run(join(PROJECT_ROOT, '.venv/bin/dbt'), ['--version'])
}

async function checkDuckdb(): Promise<string | undefined> {
  const script = 'import duckdb; print("v" + duckdb.__version__)'
  const { stdout } = await run(join(PROJECT_ROOT, '.venv/bin/python'), ['-c', script])
  const [row] = await withWarehouse(':memory:', {}, (connection) =>
    connection.query('select version() as version'),
  )
  const own = String(row?.['version'])
  return own === stdout.trim()
    ? undefined
    : `Node has ${own}, Python has ${stdout.trim()}: run \`npm run setup\``
}

function checkPortal(): string | undefined {
  return existsSync(join(PROJECT_ROOT, 'portal/build/handler.js')) ? undefined : 'run `npm run setup`'
}

function checkPort(config: Config): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve('something listens there: stop it or set server.port'))
    probe.listen(config.server.port, config.server.host, () => probe.close(() => resolve(undefined)))
  })
}

import { spawn } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { UserError } from '#config'
import { SLOW_TAG } from './carry-over.ts'
import { noteProcess } from './orphan.ts'
import { borrowParse, dropParse, lendParse } from './parse-cache.ts'

/** How far dbt is: models, seeds and tests done of all. `name` is the node that just ended. */
export type DbtProgress = { readonly done: number; readonly total: number; readonly name: string }

export type DbtRun = {
  readonly projectRoot: string
  /** Folder for dbt's target and logs. */
  readonly stateFolder: string
  readonly buildFile: string
  readonly rawFile: string
  /** Where staging and intermediate tables go. */
  readonly workFile: string
  readonly vars: Readonly<Record<string, unknown>>
  /** False leaves the slow models out. */
  readonly withSlow: boolean
  readonly signal?: AbortSignal
  readonly progress?: (event: DbtProgress) => void
}

/** A model or test that did not succeed. `message` is dbt's, without its frame. */
export type DbtFailure = { readonly kind: string; readonly name: string; readonly message: string }

/** dbt's manifest, as far as a build needs it. */
export type Manifest = z.output<typeof manifestSchema>

const manifestSchema = z.object({
  nodes: z.record(
    z.string(),
    z.object({
      resource_type: z.string(),
      name: z.string(),
      alias: z.string().nullish(),
      schema: z.string().nullish(),
      database: z.string().nullish(),
      config: z
        .object({
          materialized: z.string().nullish(),
          tags: z.array(z.string()).optional(),
          meta: z.record(z.string(), z.unknown()).optional(),
          contract: z.object({ enforced: z.boolean() }).loose().optional(),
        })
        .loose()
        .optional(),
      columns: z
        .record(z.string(), z.object({ name: z.string(), data_type: z.string().nullish() }))
        .default({}),
      depends_on: z.object({ nodes: z.array(z.string()).default([]) }).optional(),
    }),
  ),
  sources: z.record(z.string(), z.object({ relation_name: z.string() }).loose()).default({}),
})

const eventSchema = z.object({
  info: z.object({ name: z.string(), level: z.string(), msg: z.string() }),
  data: z
    .object({
      index: z.number().optional(),
      total: z.number().optional(),
      num_models: z.number().optional(),
      exc: z.string().optional(),
      node_info: z.object({ node_name: z.string().default('') }).optional(),
    })
    .catch({}),
})

const resultsSchema = z.object({
  results: z.array(
    z.object({
      unique_id: z.string(),
      status: z.string(),
      message: z.string().nullish(),
      failures: z.number().nullish(),
    }),
  ),
})

/** Runs the models and their data tests. Throws UserError that names what failed and says why. */
export async function runDbtBuild(run: DbtRun): Promise<void> {
  await rm(resultsFile(run.stateFolder), { force: true })
  const left = run.withSlow ? [] : ['--exclude', `tag:${SLOW_TAG}`]
  const outcome = await runDbt(run, ['build', '--exclude-resource-type', 'unit_test', ...left])
  if (outcome.code === 0) return
  throw buildFailed(await readFailures(run.stateFolder), outcome.errors)
}

/** The manifest that dbt's last run left. */
export async function readManifest(stateFolder: string): Promise<Manifest> {
  return manifestSchema.parse(
    JSON.parse(await readFile(join(stateFolder, 'target', 'manifest.json'), 'utf8')),
  )
}

/** File with the id of the dbt process that runs, for the case that we are killed. */
export function dbtPidFile(stateFolder: string): string {
  return join(stateFolder, 'dbt.pid')
}

type Outcome = { readonly code: number; readonly errors: readonly string[] }

/**
 * Runs dbt; once more and parsing everything if it ended before any node. Going on from an earlier parse it stumbles, for
 * one, over a unit test that has moved to another file, as an update of Embut may bring.
 */
async function runDbt(run: DbtRun, command: readonly string[]): Promise<Outcome> {
  await borrowParse(run)
  const first = await runOnce(run, command)
  const isStale = first.code !== 0 && !hasRunNodes(run) && run.signal?.aborted !== true
  const outcome = isStale && (await dropParse(run)) ? await runOnce(run, command) : first
  if (outcome.code === 0) await lendParse(run)
  return outcome
}

function hasRunNodes({ stateFolder }: DbtRun): boolean {
  return existsSync(resultsFile(stateFolder))
}

function resultsFile(stateFolder: string): string {
  return join(stateFolder, 'target', 'run_results.json')
}

async function runOnce(run: DbtRun, command: readonly string[]): Promise<Outcome> {
  const { projectRoot, stateFolder, signal } = run
  const program = join(projectRoot, '.venv', 'bin', 'dbt')
  if (!existsSync(program)) {
    throw new UserError(`dbt is not installed in ${join(projectRoot, '.venv')}. Run \`npm run setup\`.`)
  }
  await mkdir(stateFolder, { recursive: true })
  // It runs in the company's own folder, so that its paths are the same for every company; see parse-cache.
  const child = spawn(program, [...command, ...argumentsOf(run)], {
    cwd: stateFolder,
    env: environmentOf(run),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal, killSignal: 'SIGKILL' as const }),
  })
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
  // Read from its first moment on: what a process says that ends at once is lost to whoever listens later.
  const errors: string[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()))
  const reading = readEvents(child.stdout, errors, run.progress)
  if (child.pid !== undefined) await noteProcess(dbtPidFile(stateFolder), child.pid)
  const code = await ended
  await reading
  await rm(dbtPidFile(stateFolder), { force: true })
  return { code, errors }
}

function argumentsOf({ projectRoot, stateFolder, vars }: DbtRun): readonly string[] {
  return [
    ...['--project-dir', projectRoot],
    ...['--profiles-dir', join(projectRoot, 'warehouse')],
    ...['--target-path', join(stateFolder, 'target')],
    ...['--log-path', join(stateFolder, 'logs')],
    ...['--log-format', 'json', '--log-level-file', 'info'],
    ...['--vars', JSON.stringify(vars)],
  ]
}

function environmentOf(run: DbtRun): NodeJS.ProcessEnv {
  const { projectRoot, stateFolder, buildFile, rawFile } = run
  return {
    ...process.env,
    EMBUT_WORK_FILE: relative(stateFolder, run.workFile),
    EMBUT_PROJECT: projectRoot,
    EMBUT_BUILD_FILE: relative(stateFolder, buildFile),
    EMBUT_RAW_FILE: relative(stateFolder, rawFile),
    DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
    PYTHONUNBUFFERED: '1',
    PYTHONPATH: join(projectRoot, 'warehouse', 'dbt'),
  }
}

async function readEvents(
  output: NodeJS.ReadableStream,
  errors: string[],
  progress: DbtRun['progress'],
): Promise<void> {
  for await (const line of createInterface({ input: output })) {
    const event = parseEvent(line)
    if (event === null) continue
    const { info, data } = event
    if (info.level === 'error') errors.push(data.exc ?? info.msg)
    // A test's event calls the total `num_models`.
    const total = data.total ?? data.num_models
    if (info.name.endsWith('Result') && data.index !== undefined && total !== undefined) {
      progress?.({ done: data.index, total, name: data.node_info?.node_name ?? '' })
    }
  }
}

function parseEvent(line: string): z.output<typeof eventSchema> | null {
  if (!line.startsWith('{')) return null
  return eventSchema.safeParse(JSON.parse(line)).data ?? null
}

async function readFailures(stateFolder: string): Promise<readonly DbtFailure[]> {
  const text = await readFile(resultsFile(stateFolder), 'utf8').catch(() => null)
  if (text === null) return []
  return resultsSchema
    .parse(JSON.parse(text))
    .results.filter(({ status }) => status === 'error' || status === 'fail')
    .map(({ unique_id: id, message, failures }) => {
      const [kind = 'node', , name = id] = id.split('.')
      const said =
        kind === 'test' && failures != null ? `${failures} rows do not hold` : (message ?? 'no message')
      return { kind, name, message: plain(said) }
    })
}

const SHOWN = 5

function buildFailed(failures: readonly DbtFailure[], errors: readonly string[]): UserError {
  const lines = failures.slice(0, SHOWN).map(({ kind, name, message }) => `  ${kind} ${name}: ${message}`)
  const more = failures.length > SHOWN ? [`  and ${failures.length - SHOWN} more`] : []
  const details = lines.length > 0 ? [...lines, ...more] : errors.slice(-3).map((each) => `  ${plain(each)}`)
  return new UserError(
    [
      'The build failed; readers keep the last published version.',
      ...details,
      'Mend this, then run `embut build` again.',
    ].join('\n'),
  )
}

/** dbt's messages come with indentation and empty lines. */
function plain(message: string): string {
  return message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')
}

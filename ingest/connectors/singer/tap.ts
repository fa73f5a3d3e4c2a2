import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { SourceError, UserError } from '#config'
import type { Logger } from '../../connector.ts'

/** A tap as embut.yaml names it. `config` is what the tap is told, secrets in it. */
export type Tap = {
  readonly source: string
  readonly command: readonly string[]
  readonly config: unknown
  readonly env: Readonly<Record<string, string>>
  readonly logger: Logger
}

export type TapInput = { readonly catalog: unknown; readonly state: unknown; readonly catalogOption: string }

/** What a tap left behind: its config, which taps rewrite when their tokens change. */
export type TapOutcome = { readonly config: unknown }

const LAST_WORDS = 5

/** The catalogue that the tap discovers. Throws SourceError with the tap's last words when it can't. */
export async function discover(tap: Tap): Promise<unknown> {
  const lines: string[] = []
  await runTap(tap, { args: ['--discover'], files: {} }, (line) => void lines.push(line))
  try {
    return JSON.parse(lines.join('\n'))
  } catch (cause) {
    throw new SourceError(`Source ${tap.source}: the tap's --discover gave no catalogue`, {
      source: tap.source,
      cause,
    })
  }
}

/** Runs the tap to its end and hands over each line as it comes. Throws SourceError when it ends with a failure. */
export function sync(tap: Tap, input: TapInput, onLine: (line: string) => void): Promise<TapOutcome> {
  const { catalog, state, catalogOption } = input
  const files = {
    ...(catalog === null ? {} : { [catalogOption]: catalog }),
    ...(state === null ? {} : { state }),
  }
  return runTap(tap, { args: [], files }, onLine)
}

type Run = { readonly args: readonly string[]; readonly files: Readonly<Record<string, unknown>> }

/** The files are for this user alone and gone afterwards: the config holds secrets. */
async function runTap(tap: Tap, { args, files }: Run, onLine: (line: string) => void): Promise<TapOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'embut-tap-'))
  try {
    const options: string[] = []
    for (const [option, content] of Object.entries({ config: tap.config, ...files })) {
      const path = join(folder, `${option}.json`)
      await writeFile(path, JSON.stringify(content ?? {}), { mode: 0o600 })
      options.push(`--${option}`, path)
    }
    await spawnTap(tap, [...options, ...args], onLine)
    return { config: JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function spawnTap(tap: Tap, args: readonly string[], onLine: (line: string) => void): Promise<void> {
  const [program = '', ...own] = tap.command
  const child = spawn(program, [...own, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...tap.env },
  })
  const words: string[] = []
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', (cause) => reject(notStarted(tap, program, cause)))
    child.on('close', (code) => resolve(code ?? 1))
  })
  createInterface({ input: child.stderr }).on('line', (line) => {
    tap.logger.debug({ source: tap.source, tap: line }, 'tap says')
    words.push(line)
    if (words.length > LAST_WORDS) words.shift()
  })
  const lines = readLines(child, onLine)
  const [code] = await Promise.all([ended, lines]).catch((error: unknown) => {
    child.kill()
    throw error
  })
  if (code === 0) return
  throw new SourceError(
    `Source ${tap.source}: the tap ended with code ${code}: ${hidden(tap, words.join(' | '))}`,
    {
      source: tap.source,
      retryable: true,
    },
  )
}

async function readLines(
  { stdout }: ReturnType<typeof spawn>,
  onLine: (line: string) => void,
): Promise<void> {
  if (stdout === null) return
  for await (const line of createInterface({ input: stdout, crlfDelay: Infinity })) {
    if (line.trim() !== '') onLine(line)
  }
}

function notStarted(tap: Tap, program: string, cause: Error): UserError {
  return new UserError(
    `Source ${tap.source}: ${program} can't be started (${cause.message}). Install the tap, best in an environment ` +
      'of its own, and write the whole path of its program in command.',
    { cause },
  )
}

/** A tap's words without what its config holds. */
function hidden({ config }: Tap, words: string): string {
  const secrets = textsIn(config).filter((text) => text.length >= 6)
  return secrets.reduce((text, secret) => text.replaceAll(secret, '…'), words)
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

import { spawn } from 'node:child_process'
import { Cron } from 'croner'

/** Work that `serve` does by itself, each in a process of its own so that the portal stays quick. */
export type Chore = {
  readonly name: string
  /** Arguments of the `embut` command, e.g. ['build']. */
  readonly args: readonly string[]
  /** Cron pattern in the company's zone, or an interval. */
  readonly every: { readonly minutes: number } | { readonly at: string }
}

export type KeeperOptions = {
  readonly chores: readonly Chore[]
  readonly timezone: string
  readonly cli: string
  readonly configFile: string
  readonly log: (line: string) => void
  /** Called after each chore that ended well, e.g. to swap to a new published file. */
  readonly afterSuccess: (name: string) => Promise<void>
}

/** Starts the chores; two runs of one chore never overlap. Returns what stops them and waits for a running one. */
export function startKeeper(options: KeeperOptions): { stop(): Promise<void> } {
  const running = new Map<string, { readonly done: Promise<void>; kill(): void }>()
  const start = (chore: Chore) => {
    if (running.has(chore.name)) return
    const run = runChore(chore, options)
    const done = run.done.finally(() => running.delete(chore.name))
    running.set(chore.name, { done, kill: run.kill })
  }
  const timers = options.chores.map((chore) => schedule(chore, options.timezone, () => start(chore)))
  const stop = async () => {
    for (const timer of timers) timer.stop()
    const left = [...running.values()]
    for (const run of left) run.kill()
    await Promise.all(left.map((run) => run.done))
  }
  return { stop }
}

function schedule(chore: Chore, timezone: string, start: () => void): { stop(): void } {
  if ('at' in chore.every) {
    const [hour, minute] = chore.every.at.split(':').map(Number)
    return new Cron(`${minute} ${hour} * * *`, { timezone }, start)
  }
  const timer = setInterval(start, chore.every.minutes * 60_000)
  return { stop: () => clearInterval(timer) }
}

function runChore(chore: Chore, options: KeeperOptions): { readonly done: Promise<void>; kill(): void } {
  const args = [options.cli, ...chore.args, '--config', options.configFile]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const problems: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => problems.push(chunk))
  const done = new Promise<number>((resolve) => {
    child.on('error', () => resolve(127))
    child.on('close', (code) => resolve(code ?? 1))
  }).then(async (code) => {
    if (code === 0) return options.afterSuccess(chore.name)
    options.log(`chore=${chore.name} code=${code} ${lastLine(Buffer.concat(problems).toString())}`)
  })
  return { done, kill: () => child.kill('SIGTERM') }
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? ''
}

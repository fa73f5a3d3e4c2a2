import { spawn } from 'node:child_process'
import { Cron } from 'croner'

/** Work that `serve` does by itself, each in a process of its own so that the portal stays quick. */
export type Chore = {
  readonly name: string
  /** Arguments of the `embut` command, e.g. ['build']. */
  readonly args: readonly string[]
  /** Time of day in the company's zone, an interval, or only when it is asked for. */
  readonly every: { readonly minutes: number } | { readonly at: string } | 'asked'
  /** Chores for which it is ended where it stands; it begins anew after them. */
  readonly givesWayTo?: readonly string[]
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

export type Keeper = {
  /** Runs a chore now, or joins its running one. Resolves to what went wrong, undefined when it ended well. */
  run(name: string): Promise<string | undefined>
  /**
   * The same with further arguments, but a running one is waited for first: it may have read what is meant before it
   * came.
   */
  runAnew(name: string, further?: readonly string[]): Promise<string | undefined>
  /** Ends the schedule and what runs. */
  stop(): Promise<void>
}

type Run = { readonly done: Promise<string | undefined>; kill(): void }

/** So often in a row a chore gives way; then it is left to end, for else a busy day would have none of it. */
const PATIENCE = 3

/** Starts the chores; two runs of one chore never overlap. */
export function startKeeper(options: KeeperOptions): Keeper {
  const running = new Map<string, Run>()
  const gaveWay = new Map<string, number>()
  const start = async (chore: Chore, further: readonly string[] = []): Promise<string | undefined> => {
    const current = running.get(chore.name)
    if (current !== undefined) return current.done
    const ended = endFor(chore)
    const run = runChore({ ...chore, args: [...chore.args, ...further] }, options)
    const done = run.done.finally(() => {
      running.delete(chore.name)
      if (!run.isKilled()) gaveWay.delete(chore.name)
    })
    running.set(chore.name, { done, kill: run.kill })
    const problem = await done
    if (!isStopped) for (const each of ended) void start(each)
    return problem
  }
  const endFor = (chore: Chore): readonly Chore[] => {
    const given = options.chores.filter(
      ({ name, givesWayTo }) =>
        givesWayTo?.includes(chore.name) === true && running.has(name) && (gaveWay.get(name) ?? 0) < PATIENCE,
    )
    for (const { name } of given) {
      gaveWay.set(name, (gaveWay.get(name) ?? 0) + 1)
      running.get(name)?.kill()
    }
    return given
  }
  let isStopped = false
  const timers = options.chores.map((chore) => schedule(chore, options.timezone, () => void start(chore)))
  const stop = async () => {
    isStopped = true
    for (const timer of timers) timer.stop()
    const left = [...running.values()]
    for (const run of left) run.kill()
    await Promise.all(left.map((run) => run.done))
  }
  const run = async (name: string, further?: readonly string[]) => {
    const chore = options.chores.find((each) => each.name === name)
    return chore === undefined ? `There is no chore ${name}` : start(chore, further)
  }
  const runAnew = async (name: string, further?: readonly string[]) => {
    await running.get(name)?.done
    return run(name, further)
  }
  return { run, runAnew, stop }
}

function schedule(chore: Chore, timezone: string, start: () => void): { stop(): void } {
  if (chore.every === 'asked') return { stop: () => undefined }
  if ('at' in chore.every) {
    const [hour, minute] = chore.every.at.split(':').map(Number)
    return new Cron(`${minute} ${hour} * * *`, { timezone }, start)
  }
  const timer = setInterval(start, chore.every.minutes * 60_000)
  return { stop: () => clearInterval(timer) }
}

function runChore(chore: Chore, options: KeeperOptions): Run & { isKilled(): boolean } {
  const args = [options.cli, ...chore.args, '--config', options.configFile]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const problems: Buffer[] = []
  let isKilled = false
  child.stderr.on('data', (chunk: Buffer) => problems.push(chunk))
  const done = new Promise<number>((resolve) => {
    child.on('error', () => resolve(127))
    child.on('close', (code) => resolve(code ?? 1))
  }).then((code) =>
    isKilled && code !== 0
      ? 'It was ended'
      : settle(chore, options, { code, problem: lastLine(Buffer.concat(problems).toString()) }),
  )
  const kill = () => {
    isKilled = true
    child.kill('SIGTERM')
  }
  return { done, kill, isKilled: () => isKilled }
}

async function settle(
  chore: Chore,
  options: KeeperOptions,
  { code, problem }: { readonly code: number; readonly problem: string },
): Promise<string | undefined> {
  if (code === 0) {
    await options.afterSuccess(chore.name)
    return undefined
  }
  options.log(`chore=${chore.name} code=${code} ${problem}`)
  return problem
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? ''
}

import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

export type CliRun = { readonly code: number | null; readonly out: string; readonly err: string }
export type CliOptions = {
  /** What stands on standard input. */
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs one `embut` command in a process of its own, to its end. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const child = spawn(process.execPath, ['bin/cli.ts', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, TZ: 'UTC', ...options.env },
  })
  child.stdin.end(options.input ?? '')
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, out, err }
}

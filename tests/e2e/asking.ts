import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { z } from 'zod'
import { signInAs } from '../../bin/demo-check.ts'
import { poster, signInOf } from './company.ts'

export type Answers = {
  /** The different numbers of deals that the portal told. */
  readonly figures: ReadonlySet<string>
  /** What it said instead of an answer, if ever. */
  readonly refused: readonly string[]
}

const answer = z.object({
  rows: z.array(z.object({ 'deals_report.count': z.string() })).length(1),
  passport: z.object({ version: z.string() }),
})

/** Serves a demo company's portal in a process of its own and asks it for the number of deals, again and again. */
export async function askOverAndOver(config: string, env: Readonly<Record<string, string>>) {
  const { url, child } = await startPortal(config, env)
  const post = poster(url, await signInAs(url, signInOf('administrator')))
  const figures = new Set<string>()
  const refused: string[] = []
  let version = ''
  let isOver = false
  const ask = async (): Promise<void> => {
    const response = await post('/api/query', { measures: ['deals_report.count'] })
    if (!response.ok) {
      refused.push(`${response.status} ${await response.text()}`)
      return
    }
    const { rows, passport } = answer.parse(await response.json())
    version = passport.version
    rows.forEach((row) => figures.add(row['deals_report.count']))
  }
  const asking = (async () => {
    for (; !isOver; await sleep(100)) await ask()
  })()
  asking.catch((error: unknown) => refused.push(String(error)))
  /** Asks until the portal answers from the version given, then stops it. */
  const until = async (wanted: string): Promise<Answers> => {
    await expect.poll(() => version, { timeout: 20_000 }).toBe(wanted)
    isOver = true
    await asking
    child.kill('SIGTERM')
    await once(child, 'exit')
    return { figures, refused }
  }
  return { until }
}

async function startPortal(config: string, env: Readonly<Record<string, string>>) {
  const child: ChildProcess = spawn(
    process.execPath,
    ['bin/cli.ts', 'serve', '--no-sync', '--port', '0', '--config', config],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...env, NODE_ENV: 'production', TZ: 'UTC' },
    },
  )
  if (child.stdout === null) throw new Error('The portal has no standard output.')
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Embut is at (\S+)/.exec(line)?.[1]
    if (url !== undefined) return { url, child }
  }
  throw new Error(`The portal ended with ${child.exitCode} before it listened.`)
}

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { RunningPortal } from './serve.ts'

/** The built portal in a process of its own, as people meet it. */
export async function startPortal(): Promise<RunningPortal> {
  if (!existsSync(join(process.env['EMBUT_PORTAL_BUILD'] ?? 'portal/build', 'handler.js'))) {
    throw new Error('The portal is not built: run `npm run setup`, or `npx vite build portal`.')
  }
  const child = spawn(process.execPath, ['tests/portal/serve-main.ts'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', TZ: 'UTC' },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const lines = createInterface({ input: child.stdout })
  const url = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve)
    child.once('exit', (code) => reject(new Error(`The portal ended with ${code} before it listened.`)))
  })
  const close = async (): Promise<void> => {
    child.stdin.end()
    await ended
  }
  return { url, close }
}

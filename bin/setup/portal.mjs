import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { projectNode } from './node.mjs'
import { capture } from './process.mjs'
import { fingerprint, isStamped, writeStamp } from './stamp.mjs'
import { step } from './step.mjs'

// Rooms whose pure code is bundled into the portal.
const INPUTS = ['portal', 'semantic', 'config', 'workspace', 'exports', 'package-lock.json', 'tsconfig.json']

/** Builds the portal when its sources changed since the last build. */
export async function buildPortal(root) {
  const handler = join(root, 'portal/build/handler.js')
  const stamp = join(root, 'portal/build/.embut-stamp')
  const wanted = fingerprint(root, INPUTS)
  if (existsSync(handler) && isStamped(stamp, wanted)) return
  await step('Portal build', async () => {
    const args = [join(root, 'node_modules/vite/bin/vite.js'), 'build', 'portal']
    const { code, output } = await capture(projectNode(root), args, { cwd: root })
    if (code !== 0)
      throw new SetupFailure(`The portal's build failed:\n${output.trim().split('\n').slice(-30).join('\n')}`)
  })
  writeStamp(stamp, wanted)
}

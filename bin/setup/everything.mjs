import { statfsSync } from 'node:fs'
import { SetupFailure } from './failure.mjs'
import { installPackages } from './node.mjs'
import { buildPortal } from './portal.mjs'
import { installDbt } from './python.mjs'

const OLDEST_NODE = 20
const NEEDED_BYTES = 3e9

/** Everything a fresh clone needs, in order; each step is skipped when its inputs did not change. */
export async function setUpEverything(root) {
  checkMachine(root)
  await installPackages(root)
  await installDbt(root)
  await buildPortal(root)
}

function checkMachine(root) {
  const major = Number(process.versions.node.split('.')[0])
  if (major < OLDEST_NODE) {
    throw new SetupFailure(`Node ${process.versions.node} is too old: install Node ${OLDEST_NODE} or newer.`)
  }
  const { bavail, bsize } = statfsSync(root)
  if (bavail * bsize < NEEDED_BYTES) {
    throw new SetupFailure(
      `Only ${Math.round((bavail * bsize) / 1e6)} MB of disk are free: Embut needs 3 GB to set up.`,
    )
  }
}
